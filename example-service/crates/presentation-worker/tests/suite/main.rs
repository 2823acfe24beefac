//! A worker on stores in memory, with fakes around it.

mod jobs;
mod relays;
mod schedules;
mod world;
