//! The own account: sign up, log in, change, delete.

mod handlers;
pub(crate) mod problems;
pub(crate) mod routes;
pub(crate) mod schemas;
