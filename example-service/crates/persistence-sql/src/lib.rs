//! What stores in SQL databases have in common, whatever the database: how constraints are
//! called and what it means to break them, how what is stored becomes values of the domain
//! again, how a search becomes a pattern, and how large a pool is.
//!
//! Statements, rows and migrations are those of each database, and stay with its adapter.

mod attributes;
mod constraints;
mod pool_settings;
mod ranges;
mod search;
mod stored;

pub use attributes::{attributes_from_json, attributes_to_json};
pub use constraints::{CHECKS, FOREIGN_KEYS, UNIQUE_CONSTRAINTS, duplicate_of};
pub use pool_settings::PoolSettings;
pub use ranges::{bounds_of, id_before, version_number};
pub use search::contains_pattern;
pub use stored::{
    StoredValueError, stored, stored_count, stored_digest, stored_money, stored_version,
};
