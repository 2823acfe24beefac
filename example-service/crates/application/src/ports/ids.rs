//! Numbers for new things.

/// Gives out each number once.
pub trait IdGenerator: Send + Sync {
    /// A number that was not given out before.
    fn next_number(&self) -> u64;
}
