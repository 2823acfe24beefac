//! What is for sale.

pub mod events;

mod product;
mod product_id;
mod product_text;

pub use product::{Product, ProductChanges, ProductError, ProductSnapshot};
pub use product_id::ProductId;
pub use product_text::{ProductDescription, ProductName, ProductTextError};
