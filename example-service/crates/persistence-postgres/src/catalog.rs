//! Products.

mod product_mapper;
mod product_read_store;
mod product_repository;
mod product_row;

pub(crate) use product_repository::PostgresProductRepository;
