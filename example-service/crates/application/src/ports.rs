//! What the use cases need and others supply.

mod ids;
mod order_read_store;
mod order_repository;
mod product_repository;
mod repository_error;
mod unit_of_work;

pub use ids::IdGenerator;
pub use order_read_store::{OrderReadStore, OrderSummary, OrderSummaryLine};
pub use order_repository::OrderRepository;
pub use product_repository::ProductRepository;
pub use repository_error::RepositoryError;
pub use unit_of_work::{UnitOfWork, UnitOfWorkFactory};
