//! Keeps orders in `SQLite`.

use application::ports::{OrderRepository, RepositoryError};
use async_trait::async_trait;
use domain::orders::{Order, OrderId};
use persistence_sql::version_number;
use sqlx::{QueryBuilder, SqliteConnection};

use super::order_mapper::order;
use super::order_row::{JoinedRow, SELECT_ORDER};
use crate::errors::{ensure_one, repository_error};
use crate::timestamp::Timestamp;

/// Keeps orders in `SQLite`.
pub(crate) struct SqliteOrderRepository<'a> {
    connection: &'a mut SqliteConnection,
}

impl<'a> SqliteOrderRepository<'a> {
    pub(crate) fn new(connection: &'a mut SqliteConnection) -> Self {
        Self { connection }
    }

    /// All lines by one statement, of which there is another for each number of lines: they
    /// are not kept prepared.
    async fn add_lines(&mut self, order: &Order) -> Result<(), RepositoryError> {
        let mut statement = QueryBuilder::new(
            "INSERT INTO order_lines
                (order_id, position, product_id, seller_id, name, unit_price, quantity) ",
        );
        statement.push_values((0_i64..).zip(order.lines()), |mut row, (position, line)| {
            row.push_bind(order.id().get())
                .push_bind(position)
                .push_bind(line.product().get())
                .push_bind(line.seller().get())
                .push_bind(line.name().as_str())
                .push_bind(line.unit_price().minor())
                .push_bind(i64::from(line.quantity().get()));
        });
        let added = statement.build().persistent(false).execute(&mut *self.connection).await;
        added.map(|_| ()).map_err(repository_error)
    }
}

#[async_trait]
impl OrderRepository for SqliteOrderRepository<'_> {
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
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let added = sqlx::query(statement)
            .bind(order.id().get())
            .bind(order.buyer().get())
            .bind(order.total().minor())
            .bind(order.total().currency().code())
            .bind(order.state().name())
            .bind(Timestamp(order.placed_at()))
            .bind(version_number(order.version()))
            .execute(&mut *self.connection)
            .await;
        added.map_err(repository_error)?;
        self.add_lines(order).await
    }

    async fn update(&mut self, order: &Order) -> Result<(), RepositoryError> {
        let statement = "UPDATE orders SET state = ?3, version = version + 1
            WHERE id = ?1 AND version = ?2";
        let updated = sqlx::query(statement)
            .bind(order.id().get())
            .bind(version_number(order.version()))
            .bind(order.state().name())
            .execute(&mut *self.connection)
            .await;
        ensure_one(&updated.map_err(repository_error)?)
    }
}
