//! Reports about orders.

mod handlers;
mod problems;
pub(crate) mod routes;
mod schemas;
