//! What changes the catalog.

mod create_product;

pub use create_product::{CreateProduct, CreateProductError, CreateProductInteractor};
