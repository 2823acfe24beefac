//! Copies at hand: in the process, or in Redis for all processes; and what is read through them.

mod memory;
mod products;
mod redis;

pub use memory::MemoryCache;
pub use products::CachedProductReadStore;
pub use redis::RedisCache;
