//! Writing the file of a report.

use std::sync::Arc;

use async_trait::async_trait;
use domain::reports::ReportId;
use thiserror::Error;

use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{
    ReportFiles, ReportReadStore, ReportsUnitOfWorkFactory, RepositoryError, Unavailable,
};
use crate::reports::common::order_csv;

/// Asks to write the file of a report.
#[derive(Clone, Copy, Debug)]
pub struct BuildOrderReport {
    /// Which report.
    pub report: ReportId,
}

impl Operation for BuildOrderReport {
    type Output = ();
    type Error = BuildOrderReportError;
}

/// Why a report is not ready.
#[derive(Debug, Error)]
pub enum BuildOrderReportError {
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for BuildOrderReportError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Writes the files of reports that are there and not ready. Done twice, it is as if it was
/// done once.
pub struct BuildOrderReportInteractor {
    work: Arc<dyn ReportsUnitOfWorkFactory>,
    reports: Arc<dyn ReportReadStore>,
    files: Arc<dyn ReportFiles>,
    stamps: Stamps,
}

impl BuildOrderReportInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn ReportsUnitOfWorkFactory>,
        reports: Arc<dyn ReportReadStore>,
        files: Arc<dyn ReportFiles>,
        stamps: Stamps,
    ) -> Self {
        Self { work, reports, files, stamps }
    }
}

#[async_trait]
impl UseCase<BuildOrderReport> for BuildOrderReportInteractor {
    async fn execute(&self, operation: BuildOrderReport) -> Result<(), BuildOrderReportError> {
        let Some(details) = self.reports.find(operation.report).await? else {
            return Ok(());
        };
        let rows = self.reports.order_rows(details.requester, details.period).await?;
        self.files.write(details.id, order_csv(&rows).into_bytes()).await?;
        let mut work = self.work.begin().await?;
        let found = work.reports().find(details.id).await?;
        if let Some(mut report) = found
            && let Ok(finished) = report.finish()
        {
            work.reports().update(&report).await?;
            work.outbox().append(&self.stamps.message(&finished)).await?;
            work.commit().await?;
        }
        Ok(())
    }
}
