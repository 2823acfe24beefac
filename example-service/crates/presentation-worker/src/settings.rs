//! How a worker works.

use std::time::Duration;

/// How a worker works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerSettings {
    /// How often it looks for what was asked for and what has happened, once it has found
    /// nothing more.
    pub relay_interval: Duration,
    /// How much it hands on at once.
    pub relay_limit: u32,
}

impl WorkerSettings {
    /// Soon enough for someone who waits for a mail.
    pub const USUAL: Self = Self { relay_interval: Duration::from_millis(500), relay_limit: 100 };
}
