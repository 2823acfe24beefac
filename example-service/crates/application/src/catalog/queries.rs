//! What shows the catalog.

mod get_product;
mod list_products;

pub use get_product::{GetProduct, GetProductError, GetProductQuery};
pub use list_products::{ListProducts, ListProductsError, ListProductsQuery};
