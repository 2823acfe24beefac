//! What several contexts speak of.

mod money;
mod quantity;

pub use money::{Money, MoneyError};
pub use quantity::{Quantity, QuantityError};
