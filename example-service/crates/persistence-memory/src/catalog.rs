//! Products.

mod product_read_store;
mod product_repository;

pub(crate) use product_repository::MemoryProductRepository;
