//! What is for sale.

mod product;

pub use product::{Product, ProductError, ProductId};
