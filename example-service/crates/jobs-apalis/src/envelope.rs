//! Jobs as apalis keeps them.

use apalis_core::task::Task;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::task_id::TaskId;
use application::ports::{JobId, QueuedJob, Unavailable};
use serde::{Deserialize, Serialize};
use ulid::Ulid;
use uuid::Uuid;

/// The queue of the marketplace; one database of apalis may hold more.
pub(crate) const QUEUE: &str = "marketplace";

/// What is in a task, as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Envelope {
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) argument: String,
}

impl Envelope {
    /// What is in these bytes; what is none of ours is a job of no kind, which can be shown
    /// and fails when it is run.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    pub(crate) fn into_job(self, id: JobId) -> QueuedJob {
        QueuedJob { id, kind: self.kind, argument: self.argument }
    }
}

/// The task of a job: the id is the same number, written as apalis writes ids.
pub(crate) fn task_of(job: &QueuedJob, attempts: u32) -> Result<Task<Vec<u8>>, Unavailable> {
    let envelope = Envelope { kind: job.kind.clone(), argument: job.argument.clone() };
    let bytes = serde_json::to_vec(&envelope).map_err(Unavailable::new)?;
    let task = TaskBuilder::new(bytes)
        .task_id(TaskId::from_ulid(Ulid::from(job.id.get().as_u128())))
        .max_attempts(attempts as usize);
    Ok(task.build())
}

/// How the id of a job is written. In this way, too, ids sort by time.
pub(crate) fn text_of(id: JobId) -> String {
    Ulid::from(id.get().as_u128()).to_string()
}

/// The job of this id.
pub(crate) fn id_of(text: &str) -> Result<JobId, Unavailable> {
    let id = Ulid::from_string(text).map_err(Unavailable::new)?;
    Ok(JobId::new(Uuid::from_u128(id.into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_back_and_sort_by_time() {
        let ids = [7, 1 << 80, u128::MAX].map(|id| JobId::new(Uuid::from_u128(id)));
        let texts = ids.map(text_of);
        assert!(texts.is_sorted(), "{texts:?}");
        for (id, text) in ids.into_iter().zip(texts) {
            assert_eq!(id_of(&text).expect("it is an id"), id);
        }
        assert!(id_of("none").is_err());
    }

    #[test]
    fn what_is_none_of_ours_is_of_no_kind() {
        for bytes in [&b"7"[..], b"\xff", b"{}"] {
            assert_eq!(Envelope::read(bytes), Envelope::default());
        }
        let read = Envelope::read(br#"{"kind":"make_tea","argument":"green"}"#);
        assert_eq!((read.kind.as_str(), read.argument.as_str()), ("make_tea", "green"));
    }
}
