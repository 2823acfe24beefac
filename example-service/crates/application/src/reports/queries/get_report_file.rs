//! Handing out the file of a report.

use std::sync::Arc;

use async_trait::async_trait;
use domain::reports::{ReportId, ReportStatus};
use thiserror::Error;

use crate::authorization::{Actor, Refusal};
use crate::common::{Operation, UseCase};
use crate::ports::{ReportFiles, ReportReadStore, RepositoryError, Unavailable};

/// Asks for the file of a report.
#[derive(Clone, Copy, Debug)]
pub struct GetReportFile {
    /// Who asks.
    pub actor: Actor,
    /// Which report.
    pub report: ReportId,
}

impl Operation for GetReportFile {
    type Output = Vec<u8>;
    type Error = GetReportFileError;
}

/// Why a file is not handed out.
#[derive(Debug, Error)]
pub enum GetReportFileError {
    /// There is no such report, or someone else has asked for it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It is not written yet.
    #[error("the report is not ready yet")]
    NotReady,
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Hands out the files of reports to those who asked for them.
pub struct GetReportFileQuery {
    reports: Arc<dyn ReportReadStore>,
    files: Arc<dyn ReportFiles>,
}

impl GetReportFileQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(reports: Arc<dyn ReportReadStore>, files: Arc<dyn ReportFiles>) -> Self {
        Self { reports, files }
    }
}

#[async_trait]
impl UseCase<GetReportFile> for GetReportFileQuery {
    async fn execute(&self, operation: GetReportFile) -> Result<Vec<u8>, GetReportFileError> {
        let found = self.reports.find(operation.report).await?;
        let found = found.filter(|report| report.requester == operation.actor.user);
        let report = found.ok_or(Refusal::NotFound)?;
        if report.status != ReportStatus::Ready {
            return Err(GetReportFileError::NotReady);
        }
        let file = self.files.read(report.id).await?;
        file.ok_or(GetReportFileError::NotReady)
    }
}
