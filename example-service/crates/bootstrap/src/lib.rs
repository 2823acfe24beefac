//! Where the marketplace becomes programs: settings, what is put together of them, and what
//! happens between start and stop.

pub mod background;
pub mod composition_root;
pub mod config;
pub mod failure;
pub mod health;
mod prepare;
pub mod server;
pub mod stop;
pub mod telemetry;
pub mod worker;
