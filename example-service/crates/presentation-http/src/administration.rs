//! Other users, for administrators.

mod handlers;
mod problems;
pub(crate) mod routes;
mod schemas;
