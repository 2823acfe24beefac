//! Jobs, as those see them who watch over the service.

mod handlers;
mod problems;
pub(crate) mod routes;
mod schemas;
