//! Orders, and the keys under which they were placed.

mod idempotency_key_repository;
mod idempotency_key_row;
mod order_mapper;
mod order_read_store;
mod order_repository;
mod order_row;

pub(crate) use idempotency_key_repository::PostgresIdempotencyKeyRepository;
pub(crate) use order_repository::PostgresOrderRepository;
