//! Understands one line of text at a time and answers with one.

mod controller;
mod request;

pub use controller::{Controller, UseCases};
