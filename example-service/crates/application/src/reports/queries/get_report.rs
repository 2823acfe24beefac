//! Showing how far a report is.

use std::sync::Arc;

use async_trait::async_trait;
use domain::reports::ReportId;
use thiserror::Error;

use crate::authorization::{Actor, Refusal};
use crate::common::{Operation, UseCase};
use crate::ports::{ReportDetails, ReportReadStore, RepositoryError};

/// Asks how far a report is.
#[derive(Clone, Copy, Debug)]
pub struct GetReport {
    /// Who asks.
    pub actor: Actor,
    /// Which report.
    pub report: ReportId,
}

impl Operation for GetReport {
    type Output = ReportDetails;
    type Error = GetReportError;
}

/// Why a report is not shown.
#[derive(Debug, Error)]
pub enum GetReportError {
    /// There is no such report, or someone else has asked for it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Shows reports to those who asked for them.
pub struct GetReportQuery {
    reports: Arc<dyn ReportReadStore>,
}

impl GetReportQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(reports: Arc<dyn ReportReadStore>) -> Self {
        Self { reports }
    }
}

#[async_trait]
impl UseCase<GetReport> for GetReportQuery {
    async fn execute(&self, operation: GetReport) -> Result<ReportDetails, GetReportError> {
        let found = self.reports.find(operation.report).await?;
        let found = found.filter(|report| report.requester == operation.actor.user);
        Ok(found.ok_or(Refusal::NotFound)?)
    }
}
