//! Products.

mod handlers;
mod problems;
pub(crate) mod routes;
pub(crate) mod schemas;
