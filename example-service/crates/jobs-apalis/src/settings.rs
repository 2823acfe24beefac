//! How jobs are run.

use std::time::Duration;

/// How jobs are run. All workers on one database should agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobSettings {
    /// How often a job is tried again after it has failed.
    pub retries: u32,
    /// How long to wait before it is tried again for the first time. Each time after that it is
    /// twice as long. `SQLite` counts whole seconds.
    pub first_delay: Duration,
    /// How long to wait at most before any time.
    pub longest_delay: Duration,
    /// How long a job may take. One that takes longer has failed.
    pub timeout: Duration,
    /// How often a worker that is free looks for jobs.
    pub poll_interval: Duration,
    /// How often a worker says that it is alive.
    pub heartbeat_interval: Duration,
    /// How often in a row it may miss that before others take over what it has in hand. Their
    /// product counts in whole seconds.
    pub missed_heartbeats: u32,
    /// How many jobs a worker does at once.
    pub concurrency: usize,
}

impl JobSettings {
    /// What does for mails and reports.
    pub const USUAL: Self = Self {
        retries: 3,
        first_delay: Duration::from_secs(10),
        longest_delay: Duration::from_mins(10),
        timeout: Duration::from_mins(5),
        poll_interval: Duration::from_millis(500),
        heartbeat_interval: Duration::from_secs(5),
        missed_heartbeats: 3,
        concurrency: 4,
    };

    /// How often a job is tried altogether.
    pub(crate) fn attempts(&self) -> u32 {
        self.retries.saturating_add(1)
    }

    /// After how many seconds without a heartbeat a worker is taken for dead.
    pub(crate) fn dead_after(&self) -> u64 {
        self.heartbeat_interval.saturating_mul(self.missed_heartbeats).as_secs().max(1)
    }

    /// How long to wait after a job has failed so often.
    pub(crate) fn delay_after(&self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1).min(31);
        self.first_delay.saturating_mul(1 << doublings).min(self.longest_delay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_longest() {
        let delays = [1, 2, 3, 7, 8, 4_000_000].map(|it| JobSettings::USUAL.delay_after(it));
        assert_eq!(delays.map(|delay| delay.as_secs()), [10, 20, 40, 600, 600, 600]);
    }
}
