//! The marketplace when nobody asks: it does jobs, tells what has happened, and cleans up.
//!
//! A [`Worker`] becomes a command for one use case again and again: of each job that was
//! dispatched, of each moment in which something may have been asked for or have happened, and
//! of each time on a timetable. Nothing is decided here but when.

mod consumer;
mod relay;
mod schedule;
mod settings;
mod use_cases;
mod worker;

pub use settings::WorkerSettings;
pub use use_cases::{JobUseCases, RelayUseCases, Run, ScheduleUseCases, WorkerUseCases};
pub use worker::Worker;
