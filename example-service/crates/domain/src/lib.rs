//! What the marketplace is about. Nothing here knows how it is stored or shown.

pub mod catalog;
pub mod orders;
pub mod shared;
