//! Hands out jobs out of memory.

use std::collections::BTreeMap;

use application::ports::{JobId, JobStore, QueuedJob, RepositoryError};
use async_trait::async_trait;
use time::OffsetDateTime;

use crate::state::EnqueuedJob;
use crate::store::MemoryStore;

#[async_trait]
impl JobStore for MemoryStore {
    async fn claim_jobs(
        &self,
        limit: u32,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
    ) -> Result<Vec<QueuedJob>, RepositoryError> {
        let mut state = self.lock();
        let is_free =
            |(_, row): &(&JobId, &mut EnqueuedJob)| row.claimed_until.is_none_or(|it| it <= now);
        let free = state.jobs.iter_mut().filter(is_free).take(limit as usize);
        let claimed = free.map(|(id, row)| {
            row.claimed_until = Some(lease_until);
            QueuedJob::new(*id, &row.job)
        });
        Ok(claimed.collect())
    }

    async fn acknowledge_jobs(&self, jobs: &[JobId]) -> Result<(), RepositoryError> {
        self.lock().jobs.retain(|id, _| !jobs.contains(id));
        Ok(())
    }

    async fn count_jobs(&self) -> Result<Vec<(String, u64)>, RepositoryError> {
        let mut counts = BTreeMap::new();
        for row in self.lock().jobs.values() {
            *counts.entry(row.job.kind().to_owned()).or_default() += 1;
        }
        Ok(counts.into_iter().collect())
    }
}
