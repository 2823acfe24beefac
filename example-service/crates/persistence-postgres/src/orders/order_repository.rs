//! Keeps orders in PostgreSQL.

use application::ports::{OrderRepository, RepositoryError};
use async_trait::async_trait;
use domain::orders::{Order, OrderId};
use persistence_sql::version_number;
use sqlx::PgConnection;

use super::order_mapper::order;
use super::order_row::{JoinedRow, SELECT_ORDER};
use crate::errors::{ensure_one, repository_error};

/// Keeps orders in PostgreSQL.
pub(crate) struct PostgresOrderRepository<'a> {
    connection: &'a mut PgConnection,
}

impl<'a> PostgresOrderRepository<'a> {
    pub(crate) fn new(connection: &'a mut PgConnection) -> Self {
        Self { connection }
    }

    /// All lines by one statement, whatever their number.
    async fn add_lines(&mut self, order: &Order) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO order_lines
                (order_id, position, product_id, seller_id, name, unit_price, quantity)
            SELECT $1, line.*
            FROM unnest($2::bigint[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[],
                $7::bigint[]) AS line";
        let lines = order.lines();
        let added = sqlx::query(statement)
            .bind(order.id().get())
            .bind((0_i64..).take(lines.len()).collect::<Vec<_>>())
            .bind(lines.iter().map(|line| line.product().get()).collect::<Vec<_>>())
            .bind(lines.iter().map(|line| line.seller().get()).collect::<Vec<_>>())
            .bind(lines.iter().map(|line| line.name().as_str()).collect::<Vec<_>>())
            .bind(lines.iter().map(|line| line.unit_price().minor()).collect::<Vec<_>>())
            .bind(lines.iter().map(|line| i64::from(line.quantity().get())).collect::<Vec<_>>())
            .execute(&mut *self.connection)
            .await;
        added.map(|_| ()).map_err(repository_error)
    }
}

#[async_trait]
impl OrderRepository for PostgresOrderRepository<'_> {
    async fn find(&mut self, id: OrderId) -> Result<Option<Order>, RepositoryError> {
        let rows = sqlx::query_as::<_, JoinedRow>(SELECT_ORDER)
            .bind(id.get())
            .fetch_all(&mut *self.connection)
            .await;
        order(rows.map_err(repository_error)?)
    }

    async fn add(&mut self, order: &Order) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO orders
                (id, buyer_id, total, currency, state, placed_at, version)
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let added = sqlx::query(statement)
            .bind(order.id().get())
            .bind(order.buyer().get())
            .bind(order.total().minor())
            .bind(order.total().currency().code())
            .bind(order.state().name())
            .bind(order.placed_at())
            .bind(version_number(order.version()))
            .execute(&mut *self.connection)
            .await;
        added.map_err(repository_error)?;
        self.add_lines(order).await
    }

    async fn update(&mut self, order: &Order) -> Result<(), RepositoryError> {
        let statement = "UPDATE orders SET state = $3, version = version + 1
            WHERE id = $1 AND version = $2";
        let updated = sqlx::query(statement)
            .bind(order.id().get())
            .bind(version_number(order.version()))
            .bind(order.state().name())
            .execute(&mut *self.connection)
            .await;
        ensure_one(&updated.map_err(repository_error)?)
    }
}
