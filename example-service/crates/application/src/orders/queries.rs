//! What shows orders.

mod get_order;

pub use get_order::{GetOrder, GetOrderQuery};
