//! Copies at hand: in the process, or in Redis for all processes.

mod memory;
mod redis;

pub use memory::MemoryCache;
pub use redis::RedisCache;
