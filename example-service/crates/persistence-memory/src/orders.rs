//! Orders, and the keys under which they were placed.

mod idempotency_key_repository;
mod order_read_store;
mod order_repository;

pub(crate) use idempotency_key_repository::MemoryIdempotencyKeyRepository;
pub(crate) use order_repository::MemoryOrderRepository;
