//! How large a pool is, and how patient.

use std::time::Duration;

/// How large a pool of connections is, and how patient who waits for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolSettings {
    /// How many connections are kept open.
    pub size: u32,
    /// How many more are opened while all of those are busy.
    pub overflow: u32,
    /// How long to wait for a connection.
    pub acquire_timeout: Duration,
    /// After how long without use a connection beyond `size` is closed.
    pub idle_timeout: Duration,
    /// After how long a connection is replaced by another, so that none outlives a failover
    /// or grows without end.
    pub max_lifetime: Duration,
}

impl PoolSettings {
    /// The most connections that are open at once: at least one.
    #[must_use]
    pub fn most_connections(&self) -> u32 {
        self.size.saturating_add(self.overflow).max(1)
    }
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            size: 10,
            overflow: 20,
            acquire_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_mins(1),
            max_lifetime: Duration::from_mins(30),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_has_at_least_one_connection() {
        assert_eq!(PoolSettings::default().most_connections(), 30);
        let none = PoolSettings { size: 0, overflow: 0, ..PoolSettings::default() };
        assert_eq!(none.most_connections(), 1);
    }
}
