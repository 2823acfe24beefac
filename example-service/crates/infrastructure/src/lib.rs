//! What the use cases need that is neither a database nor a transport.

mod clock;
mod ids;

pub use clock::SystemClock;
pub use ids::UuidV7Generator;
