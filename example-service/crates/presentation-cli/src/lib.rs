//! A way in by the line, for a first look: it shows what is for sale.

mod controller;

pub use controller::Controller;
