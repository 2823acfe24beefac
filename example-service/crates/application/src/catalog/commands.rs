//! What changes the catalog.

mod archive_product;
mod archive_products_of_seller;
mod create_product;
mod update_product;

pub use archive_product::{ArchiveProduct, ArchiveProductError, ArchiveProductInteractor};
pub use archive_products_of_seller::{
    ArchiveProductsOfSeller, ArchiveProductsOfSellerError, ArchiveProductsOfSellerInteractor,
};
pub use create_product::{CreateProduct, CreateProductError, CreateProductInteractor};
pub use update_product::{UpdateProduct, UpdateProductError, UpdateProductInteractor};
