//! Keeps products in PostgreSQL.

use application::ports::{ProductRepository, RepositoryError};
use async_trait::async_trait;
use domain::accounts::UserId;
use domain::catalog::{Product, ProductId};
use persistence_sql::version_number;
use sqlx::PgConnection;
use uuid::Uuid;

use super::product_mapper::product;
use super::product_row::{ProductRow, select_products};
use crate::errors::{ensure_all, ensure_one, repository_error};

/// Keeps products in PostgreSQL.
pub(crate) struct PostgresProductRepository<'a> {
    connection: &'a mut PgConnection,
}

impl<'a> PostgresProductRepository<'a> {
    pub(crate) fn new(connection: &'a mut PgConnection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl ProductRepository for PostgresProductRepository<'_> {
    async fn find(&mut self, id: ProductId) -> Result<Option<Product>, RepositoryError> {
        let found = sqlx::query_as::<_, ProductRow>(select_products!("WHERE id = $1"))
            .bind(id.get())
            .fetch_optional(&mut *self.connection)
            .await;
        found.map_err(repository_error)?.as_ref().map(product).transpose()
    }

    async fn find_all(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, RepositoryError> {
        // Who orders what others order waits for them here, instead of losing to them later.
        let statement = select_products!("WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE");
        let ids: Vec<Uuid> = ids.iter().map(|id| id.get()).collect();
        let rows = sqlx::query_as::<_, ProductRow>(statement)
            .bind(ids)
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
            select_products!("WHERE seller_id = $1 AND NOT is_archived ORDER BY id LIMIT $2");
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
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let added = sqlx::query(statement)
            .bind(product.id().get())
            .bind(product.seller().get())
            .bind(product.name().as_str())
            .bind(product.description().as_str())
            .bind(product.price().minor())
            .bind(product.price().currency().code())
            .bind(i64::from(product.stock()))
            .bind(product.is_archived())
            .bind(product.created_at())
            .bind(version_number(product.version()))
            .execute(&mut *self.connection)
            .await;
        added.map(|_| ()).map_err(repository_error)
    }

    async fn update(&mut self, product: &Product) -> Result<(), RepositoryError> {
        let statement = "UPDATE products
            SET name = $3, description = $4, price = $5, currency = $6, stock = $7,
                is_archived = $8, version = version + 1
            WHERE id = $1 AND version = $2";
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
            FROM UNNEST($1::UUID[], $2::BIGINT[], $3::BIGINT[]) AS changed (id, version, stock)
            WHERE products.id = changed.id AND products.version = changed.version";
        let (mut ids, mut versions, mut stocks) = (Vec::new(), Vec::new(), Vec::new());
        for product in products {
            ids.push(product.id().get());
            versions.push(version_number(product.version()));
            stocks.push(i64::from(product.stock()));
        }
        let updated = sqlx::query(statement)
            .bind(ids)
            .bind(versions)
            .bind(stocks)
            .execute(&mut *self.connection)
            .await;
        ensure_all(&updated.map_err(repository_error)?, products.len())
    }
}
