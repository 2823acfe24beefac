//! Limits: in the process, in Redis for all processes, and one in place of the other.
//!
//! All of them let a whole quota through at once and then one more each time that its share
//! of the window has passed (the generic cell rate algorithm): no more than two quotas fit
//! into any window, and nobody is locked out for a whole one.

mod fallback;
mod memory;
mod redis;

pub use fallback::FallbackRateLimiter;
pub use memory::MemoryRateLimiter;
pub use redis::RedisRateLimiter;
