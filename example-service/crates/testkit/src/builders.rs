//! Things that tests are about.

mod numbers;
mod orders;
mod products;
mod users;

pub use numbers::{START, fresh_id};
pub use orders::OrderBuilder;
pub use products::ProductBuilder;
pub use users::{SessionBuilder, UserBuilder, actor_of, digest_of};
