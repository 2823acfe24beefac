//! Keeps reports in memory.

use application::ports::{ReportRepository, RepositoryError, UniqueConstraint};
use async_trait::async_trait;
use domain::reports::{Report, ReportId, ReportSnapshot};

use crate::staged::Staged;
use crate::state::{insert, of_version};

/// Keeps reports in memory.
pub(crate) struct MemoryReportRepository<'a> {
    staged: &'a mut Staged,
}

impl<'a> MemoryReportRepository<'a> {
    pub(crate) fn new(staged: &'a mut Staged) -> Self {
        Self { staged }
    }
}

#[async_trait]
impl ReportRepository for MemoryReportRepository<'_> {
    async fn find(&mut self, id: ReportId) -> Result<Option<Report>, RepositoryError> {
        Ok(self.staged.state().reports.get(&id).copied().map(Report::rehydrate))
    }

    async fn add(&mut self, report: &Report) -> Result<(), RepositoryError> {
        let row = report.snapshot();
        self.staged
            .change(move |state| insert(&mut state.reports, row.id, row, UniqueConstraint::Id))
    }

    async fn update(&mut self, report: &Report) -> Result<(), RepositoryError> {
        let loaded = report.version();
        let row = ReportSnapshot { version: loaded.next(), ..report.snapshot() };
        self.staged.change(move |state| {
            *of_version(&mut state.reports, &row.id, loaded, |row| row.version)? = row;
            Ok(())
        })
    }
}
