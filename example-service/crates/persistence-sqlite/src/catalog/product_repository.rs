//! Keeps products in `SQLite`.

use application::ports::{ProductRepository, RepositoryError};
use async_trait::async_trait;
use domain::accounts::UserId;
use domain::catalog::{Product, ProductId};
use persistence_sql::version_number;
use sqlx::SqliteConnection;

use super::product_mapper::product;
use super::product_row::{ProductRow, select_products};
use crate::errors::{ensure_all, ensure_one, repository_error};
use crate::ids::{id_and_number_list, id_list};
use crate::timestamp::Timestamp;

/// Keeps products in `SQLite`.
pub(crate) struct SqliteProductRepository<'a> {
    connection: &'a mut SqliteConnection,
}

impl<'a> SqliteProductRepository<'a> {
    pub(crate) fn new(connection: &'a mut SqliteConnection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl ProductRepository for SqliteProductRepository<'_> {
    async fn find(&mut self, id: ProductId) -> Result<Option<Product>, RepositoryError> {
        let found = sqlx::query_as::<_, ProductRow>(select_products!("WHERE id = ?1"))
            .bind(id.get())
            .fetch_optional(&mut *self.connection)
            .await;
        found.map_err(repository_error)?.as_ref().map(product).transpose()
    }

    async fn find_all(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, RepositoryError> {
        // The unit of work holds the only lock there is, that on the whole file.
        let statement =
            select_products!("WHERE id IN (SELECT unhex(value) FROM json_each(?1)) ORDER BY id");
        let rows = sqlx::query_as::<_, ProductRow>(statement)
            .bind(id_list(ids.iter().map(|id| id.get())))
            .fetch_all(&mut *self.connection)
            .await;
        rows.map_err(repository_error)?.iter().map(product).collect()
    }

    async fn find_for_sale_by(
        &mut self,
        seller: UserId,
        limit: u32,
    ) -> Result<Vec<Product>, RepositoryError> {
        let statement =
            select_products!("WHERE seller_id = ?1 AND NOT is_archived ORDER BY id LIMIT ?2");
        let rows = sqlx::query_as::<_, ProductRow>(statement)
            .bind(seller.get())
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await;
        rows.map_err(repository_error)?.iter().map(product).collect()
    }

    async fn add(&mut self, product: &Product) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO products
                (id, seller_id, name, description, price, currency, stock, is_archived,
                 created_at, version)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let added = sqlx::query(statement)
            .bind(product.id().get())
            .bind(product.seller().get())
            .bind(product.name().as_str())
            .bind(product.description().as_str())
            .bind(product.price().minor())
            .bind(product.price().currency().code())
            .bind(i64::from(product.stock()))
            .bind(product.is_archived())
            .bind(Timestamp(product.created_at()))
            .bind(version_number(product.version()))
            .execute(&mut *self.connection)
            .await;
        added.map(|_| ()).map_err(repository_error)
    }

    async fn update(&mut self, product: &Product) -> Result<(), RepositoryError> {
        let statement = "UPDATE products
            SET name = ?3, description = ?4, price = ?5, currency = ?6, stock = ?7,
                is_archived = ?8, version = version + 1
            WHERE id = ?1 AND version = ?2";
        let updated = sqlx::query(statement)
            .bind(product.id().get())
            .bind(version_number(product.version()))
            .bind(product.name().as_str())
            .bind(product.description().as_str())
            .bind(product.price().minor())
            .bind(product.price().currency().code())
            .bind(i64::from(product.stock()))
            .bind(product.is_archived())
            .execute(&mut *self.connection)
            .await;
        ensure_one(&updated.map_err(repository_error)?)
    }

    async fn update_stock(&mut self, products: &[Product]) -> Result<(), RepositoryError> {
        let statement = "UPDATE products
            SET stock = changed.stock, version = products.version + 1
            FROM (
                SELECT unhex(value ->> 0) AS id, value ->> 1 AS version, value ->> 2 AS stock
                FROM json_each(?1)
            ) AS changed
            WHERE products.id = changed.id AND products.version = changed.version";
        let changed = products.iter().map(|product| {
            let version = version_number(product.version());
            (product.id().get(), version, i64::from(product.stock()))
        });
        let updated = sqlx::query(statement)
            .bind(id_and_number_list(changed))
            .execute(&mut *self.connection)
            .await;
        ensure_all(&updated.map_err(repository_error)?, products.len())
    }
}
