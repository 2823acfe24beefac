//! Keeps the files of reports in memory.

use application::ports::{ReportFiles, Unavailable};
use async_trait::async_trait;
use domain::reports::ReportId;

use crate::store::MemoryStore;

#[async_trait]
impl ReportFiles for MemoryStore {
    async fn write(&self, report: ReportId, content: Vec<u8>) -> Result<(), Unavailable> {
        self.lock().report_files.insert(report, content);
        Ok(())
    }

    async fn read(&self, report: ReportId) -> Result<Option<Vec<u8>>, Unavailable> {
        Ok(self.lock().report_files.get(&report).cloned())
    }
}
