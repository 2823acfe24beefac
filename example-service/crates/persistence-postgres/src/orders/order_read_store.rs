//! Shows orders out of PostgreSQL.

use application::ports::{OrderDetails, OrderReadStore, OrderSummary, RepositoryError};
use async_trait::async_trait;
use domain::accounts::UserId;
use domain::orders::OrderId;
use persistence_sql::id_before;

use super::order_mapper::{order_details, order_summary};
use super::order_row::{CountedRow, JoinedRow, SELECT_ORDER};
use crate::errors::repository_error;
use crate::store::PostgresStore;

#[async_trait]
impl OrderReadStore for PostgresStore {
    async fn find(&self, id: OrderId) -> Result<Option<OrderDetails>, RepositoryError> {
        let rows = sqlx::query_as::<_, JoinedRow>(SELECT_ORDER)
            .bind(id.get())
            .fetch_all(self.pool())
            .await;
        order_details(rows.map_err(repository_error)?)
    }

    async fn list_of_buyer(
        &self,
        buyer: UserId,
        after: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderSummary>, RepositoryError> {
        let statement = "SELECT id, buyer_id, total, currency, state, placed_at, version,
                (SELECT count(*) FROM order_lines WHERE order_id = orders.id) AS line_count
            FROM orders WHERE buyer_id = $1 AND id < $2
            ORDER BY id DESC LIMIT $3";
        let rows = sqlx::query_as::<_, CountedRow>(statement)
            .bind(buyer.get())
            .bind(id_before(after.map(OrderId::get)))
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await;
        rows.map_err(repository_error)?.iter().map(order_summary).collect()
    }
}
