//! Where the files of reports are kept.

use async_trait::async_trait;
use domain::reports::ReportId;

use super::Unavailable;

/// Keeps the files of reports.
#[async_trait]
pub trait ReportFiles: Send + Sync {
    /// Keeps the file of a report, in the place of one that was there before.
    ///
    /// # Errors
    ///
    /// When it cannot be kept.
    async fn write(&self, report: ReportId, content: Vec<u8>) -> Result<(), Unavailable>;

    /// The file of a report.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    async fn read(&self, report: ReportId) -> Result<Option<Vec<u8>>, Unavailable>;
}
