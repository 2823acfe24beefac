//! What the marketplace needs of the world outside, but for its database: time, chance,
//! secrets, copies at hand, limits, mails.
//!
//! Each module is one port of the application with its adapters.

pub mod cache;
pub mod clock;
pub mod delay;
pub mod events;
pub mod ids;
pub mod mail;
pub mod password;
pub mod rate_limit;
pub mod redis;
pub mod tokens;
