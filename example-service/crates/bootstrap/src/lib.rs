//! Puts the marketplace together.

mod composition_root;

pub use composition_root::marketplace;
