//! Shows products out of PostgreSQL.

use application::ports::{ProductDetails, ProductFilter, ProductReadStore, RepositoryError};
use async_trait::async_trait;
use domain::catalog::ProductId;
use persistence_sql::{contains_pattern, id_before};

use super::product_mapper::product_details;
use super::product_row::{ProductRow, select_products};
use crate::errors::repository_error;
use crate::store::PostgresStore;

#[async_trait]
impl ProductReadStore for PostgresStore {
    async fn find(&self, id: ProductId) -> Result<Option<ProductDetails>, RepositoryError> {
        let statement = select_products!("WHERE id = $1 AND NOT is_archived");
        let found = sqlx::query_as::<_, ProductRow>(statement)
            .bind(id.get())
            .fetch_optional(self.pool())
            .await;
        found.map_err(repository_error)?.map(product_details).transpose()
    }

    async fn list(&self, filter: &ProductFilter) -> Result<Vec<ProductDetails>, RepositoryError> {
        // In the collation "C" only ASCII letters have a case, as the port says.
        let statement = select_products!(
            r#"WHERE id < $1 AND NOT is_archived
                AND ($2::text IS NULL
                    OR name COLLATE "C" ILIKE $2 ESCAPE '\'
                    OR description COLLATE "C" ILIKE $2 ESCAPE '\')
            ORDER BY id DESC LIMIT $3"#
        );
        let rows = sqlx::query_as::<_, ProductRow>(statement)
            .bind(id_before(filter.after.map(ProductId::get)))
            .bind(filter.search.as_deref().map(contains_pattern))
            .bind(i64::from(filter.limit))
            .fetch_all(self.pool())
            .await;
        rows.map_err(repository_error)?.into_iter().map(product_details).collect()
    }
}
