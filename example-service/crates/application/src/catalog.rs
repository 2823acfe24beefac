//! What can be done with what is for sale.

pub mod commands;
