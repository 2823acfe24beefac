//! Where reports are kept.

use async_trait::async_trait;
use domain::reports::{Report, ReportId};

use super::RepositoryError;

/// Keeps reports, but not their files.
#[async_trait]
pub trait ReportRepository: Send {
    /// The report of this id.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find(&mut self, id: ReportId) -> Result<Option<Report>, RepositoryError>;

    /// Keeps a new report.
    ///
    /// # Errors
    ///
    /// `Duplicate` of `Id`.
    async fn add(&mut self, report: &Report) -> Result<(), RepositoryError>;

    /// Keeps the status of a report, and counts its version up in the store. A report that
    /// was loaded is updated once in a unit of work.
    ///
    /// # Errors
    ///
    /// `Conflict` when the store does not hold the version that was loaded.
    async fn update(&mut self, report: &Report) -> Result<(), RepositoryError>;
}
