//! What goes on beside the requests.

mod jobs;
mod tasks;

pub use jobs::work;
pub use tasks::BackgroundTasks;
