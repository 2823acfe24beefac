//! What the marketplace can do, and what it needs from outside for that.

pub mod catalog;
pub mod orders;
pub mod ports;
