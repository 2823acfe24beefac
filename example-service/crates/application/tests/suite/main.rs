//! The use cases, on a store in memory with a clock that stands still.

mod accounts;
mod administration;
mod catalog;
mod crashes;
mod jobs;
mod orders;
mod outbox;
mod recovery;
mod reports;
mod retries;
mod rollback;
mod seeding;
mod sessions;
mod world;
