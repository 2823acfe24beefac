//! Runs jobs on apalis, which keeps them in the database of the marketplace.
//!
//! [`SqliteJobs`] and [`PostgresJobs`] are all of it: they take jobs, run them and show them.
//!
//! What apalis gives are its tables, and the statements by which workers enter, take jobs past
//! what others are taking, say that they are alive, and set free what those had in hand who
//! have not said so for a while. A second job of the same id breaks the primary key, which is
//! no error here. What is built around it, because apalis has something else:
//!
//! - The loop of a worker. That of apalis drives its statements only while it looks for more to
//!   do: told to stop with a job in hand, it may hold a transaction open until the job is done,
//!   in `SQLite` the only one that writes, and its heart stops, so that others take the job
//!   over.
//! - The end of a job. apalis writes it down after the job, by a channel, and drops it when the
//!   database fails. Here it is a statement that is tried again, and says whose job it has to
//!   be: who has lost it to another does not say how it came out.
//! - The wait before a job is tried again. apalis tries at once, or waits in memory. Here the
//!   time stands in the database.
//! - The death of a job whose workers die. apalis has it run again for ever.

mod board;
mod envelope;
mod hands;
mod postgres;
mod runner;
mod settings;
mod sqlite;
mod task_table;
mod timetable;

pub use postgres::PostgresJobs;
pub use settings::JobSettings;
pub use sqlite::SqliteJobs;
pub use timetable::{CronTimetable, ScheduleError};
