//! What is shown of queues of jobs.

mod list_jobs;

pub use list_jobs::{JobBoard, ListJobs, ListJobsError, ListJobsQuery};
