//! Products out of their rows.

use application::ports::{ProductDetails, RepositoryError};
use domain::accounts::UserId;
use domain::catalog::{Product, ProductDescription, ProductId, ProductName, ProductSnapshot};
use persistence_sql::{stored, stored_count, stored_money, stored_version};

use super::product_row::ProductRow;

pub(super) fn product(row: &ProductRow) -> Result<Product, RepositoryError> {
    let description = row.description.as_str();
    Ok(Product::rehydrate(ProductSnapshot {
        id: ProductId::new(row.id),
        seller: UserId::new(row.seller_id),
        name: stored("products.name", row.name.as_str(), ProductName::try_new)?,
        description: stored("products.description", description, ProductDescription::try_new)?,
        price: stored_money("products.price", row.price, &row.currency)?,
        stock: stored_count("products.stock", row.stock)?,
        is_archived: row.is_archived,
        created_at: row.created_at,
        version: stored_version("products.version", row.version)?,
    }))
}

pub(super) fn product_details(row: ProductRow) -> Result<ProductDetails, RepositoryError> {
    Ok(ProductDetails {
        id: ProductId::new(row.id),
        seller: UserId::new(row.seller_id),
        name: row.name,
        description: row.description,
        price: stored_money("products.price", row.price, &row.currency)?,
        stock: stored_count("products.stock", row.stock)?,
        created_at: row.created_at,
    })
}
