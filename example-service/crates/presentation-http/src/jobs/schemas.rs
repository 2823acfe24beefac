//! What is answered about jobs.

use application::common::KeysetPage;
use application::jobs::queries::JobBoard;
use application::ports::{DeadJob, JobCount, JobId, JobState};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// How far a job has come: `enqueued` until it is handed over to the workers, then `waiting`
/// for one that is free, `running`, perhaps `retrying`, and in the end `done` or `dead`.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JobStateSchema {
    Enqueued,
    Waiting,
    Running,
    Retrying,
    Done,
    Dead,
}

impl From<JobState> for JobStateSchema {
    fn from(state: JobState) -> Self {
        match state {
            JobState::Enqueued => Self::Enqueued,
            JobState::Waiting => Self::Waiting,
            JobState::Running => Self::Running,
            JobState::Retrying => Self::Retrying,
            JobState::Done => Self::Done,
            JobState::Dead => Self::Dead,
        }
    }
}

/// How many jobs there are of a kind that have come so far.
#[derive(Serialize, ToSchema)]
pub(crate) struct JobCountResponse {
    #[schema(example = "send_welcome_mail")]
    kind: String,
    state: JobStateSchema,
    #[schema(example = 1)]
    count: u64,
}

impl From<JobCount> for JobCountResponse {
    fn from(count: JobCount) -> Self {
        Self { kind: count.kind, state: count.state.into(), count: count.count }
    }
}

/// A job that has failed too often.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeadJobResponse {
    id: Uuid,
    #[schema(example = "send_welcome_mail")]
    kind: String,
    /// What it is about.
    argument: String,
    /// How often it was tried.
    #[schema(example = 4)]
    attempts: u32,
    /// Why it failed the last time.
    error: String,
    /// When it failed the last time.
    #[serde(with = "time::serde::rfc3339")]
    died_at: OffsetDateTime,
}

impl From<DeadJob> for DeadJobResponse {
    fn from(job: DeadJob) -> Self {
        let DeadJob { id, kind, argument, attempts, error, died_at } = job;
        Self { id: id.get(), kind, argument, attempts, error, died_at }
    }
}

/// A part of the dead jobs, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeadJobsResponse {
    items: Vec<DeadJobResponse>,
    /// The `cursor` of the next part, if there is one.
    next_cursor: Option<Uuid>,
}

impl From<KeysetPage<DeadJob, JobId>> for DeadJobsResponse {
    fn from(page: KeysetPage<DeadJob, JobId>) -> Self {
        let items = page.items.into_iter().map(DeadJobResponse::from).collect();
        Self { items, next_cursor: page.next.map(JobId::get) }
    }
}

/// How jobs are getting on.
#[derive(Serialize, ToSchema)]
pub(crate) struct JobsResponse {
    /// How many there are of each kind and state, where there are any.
    counts: Vec<JobCountResponse>,
    dead: DeadJobsResponse,
}

impl From<JobBoard> for JobsResponse {
    fn from(board: JobBoard) -> Self {
        let counts = board.counts.into_iter().map(JobCountResponse::from).collect();
        Self { counts, dead: board.dead.into() }
    }
}
