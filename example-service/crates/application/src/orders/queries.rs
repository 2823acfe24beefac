//! What shows orders.

mod get_order;
mod list_my_orders;

pub use get_order::{GetOrder, GetOrderError, GetOrderQuery};
pub use list_my_orders::{ListMyOrders, ListMyOrdersError, ListMyOrdersQuery};
