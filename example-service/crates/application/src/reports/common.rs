//! What the use cases of reports share.

mod order_csv;

pub use order_csv::order_csv;
