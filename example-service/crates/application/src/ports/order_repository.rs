//! Where orders are kept.

use domain::orders::{Order, OrderId};

use super::RepositoryError;

/// Keeps orders.
pub trait OrderRepository {
    /// The order of this id.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    fn find(&self, id: OrderId) -> Result<Option<Order>, RepositoryError>;

    /// Keeps `order`, in the place of the one that had its id.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    fn save(&mut self, order: Order) -> Result<(), RepositoryError>;
}
