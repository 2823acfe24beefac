//! Where orders are kept.

use async_trait::async_trait;
use domain::orders::{Order, OrderId};

use super::RepositoryError;

/// Keeps orders.
#[async_trait]
pub trait OrderRepository: Send {
    /// The order of this id, with its lines in the order in which they were placed.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find(&mut self, id: OrderId) -> Result<Option<Order>, RepositoryError>;

    /// Keeps a new order.
    ///
    /// # Errors
    ///
    /// `Duplicate` of `Id`.
    async fn add(&mut self, order: &Order) -> Result<(), RepositoryError>;

    /// Keeps the state of an order, and counts its version up in the store: lines never
    /// change. An order that was loaded is updated once in a unit of work.
    ///
    /// # Errors
    ///
    /// `Conflict` when the store does not hold the version that was loaded.
    async fn update(&mut self, order: &Order) -> Result<(), RepositoryError>;
}
