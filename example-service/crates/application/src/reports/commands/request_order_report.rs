//! Asking for a report.

use std::sync::Arc;

use async_trait::async_trait;
use domain::reports::{Report, ReportId, ReportPeriod, ReportPeriodError};
use thiserror::Error;
use time::Date;

use crate::authorization::Actor;
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{Job, ReportsUnitOfWorkFactory, RepositoryError};

/// Asks for a report of what someone has bought.
#[derive(Clone, Copy, Debug)]
pub struct RequestOrderReport {
    /// Who asks, and has bought.
    pub actor: Actor,
    /// The first day, in UTC.
    pub from: Date,
    /// The last day, in UTC.
    pub to: Date,
}

impl Operation for RequestOrderReport {
    type Output = ReportId;
    type Error = RequestOrderReportError;
}

/// Why there will be no report.
#[derive(Debug, Error)]
pub enum RequestOrderReportError {
    /// It cannot be about this time.
    #[error(transparent)]
    Period(#[from] ReportPeriodError),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for RequestOrderReportError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Takes requests for reports, which are built by a job.
pub struct RequestOrderReportInteractor {
    work: Arc<dyn ReportsUnitOfWorkFactory>,
    stamps: Stamps,
}

impl RequestOrderReportInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn ReportsUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<RequestOrderReport> for RequestOrderReportInteractor {
    async fn execute(
        &self,
        operation: RequestOrderReport,
    ) -> Result<ReportId, RequestOrderReportError> {
        let period = ReportPeriod::try_new(operation.from, operation.to)?;
        let (id, now) = (ReportId::new(self.stamps.next_id()), self.stamps.now());
        let (report, requested) = Report::request(id, operation.actor.user, period, now);
        let mut work = self.work.begin().await?;
        work.reports().add(&report).await?;
        work.outbox().append(&self.stamps.message(&requested)).await?;
        let job = Job::BuildOrderReport { report: id };
        work.jobs().enqueue(self.stamps.next_job(), &job).await?;
        work.commit().await?;
        Ok(id)
    }
}
