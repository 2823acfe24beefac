//! Events and jobs.

mod job_queue;
mod job_store;
mod outbox;
mod outbox_store;

pub(crate) use job_queue::MemoryJobQueue;
pub(crate) use outbox::MemoryOutbox;
