//! Lost passwords, and the mails about them.

mod handlers;
mod problems;
pub(crate) mod routes;
mod schemas;
