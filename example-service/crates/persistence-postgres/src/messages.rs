//! Events and jobs.

mod job_queue;
mod job_row;
mod job_store;
mod outbox;
mod outbox_row;
mod outbox_store;

pub(crate) use job_queue::PostgresJobQueue;
pub(crate) use outbox::PostgresOutbox;
