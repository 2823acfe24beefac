//! What the marketplace takes from the machine it runs on.

mod ids;

pub use ids::CountingIds;
