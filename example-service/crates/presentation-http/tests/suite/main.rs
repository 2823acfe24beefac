//! The marketplace over HTTP, in process: on stores in memory, with a clock that stands still.

mod authorization;
mod bodies;
mod browsers;
mod failures;
mod flows;
mod limits;
mod logs;
mod measurements;
mod openapi;
mod use_cases;
mod world;
