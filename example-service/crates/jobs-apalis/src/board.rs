//! Rows of jobs as they are shown.

use std::collections::BTreeMap;

use application::ports::{DeadJob, JobCount, JobState, Unavailable};
use time::OffsetDateTime;

use crate::envelope::{Envelope, id_of};

/// Which jobs are dead: those that nobody tries again.
macro_rules! is_dead {
    () => {
        "(status = 'Killed' OR (status = 'Failed' AND attempts >= max_attempts))"
    };
}
pub(crate) use is_dead;

/// How apalis calls a state, once those that are tried again are told from those that are not.
fn state(name: &str) -> Result<JobState, Unavailable> {
    Ok(match name {
        "Pending" => JobState::Waiting,
        "Queued" | "Running" => JobState::Running,
        "Retrying" => JobState::Retrying,
        "Done" => JobState::Done,
        "Failed" | "Killed" => JobState::Dead,
        _ => return Err(Unavailable::new(format!("a job is in the state `{name}`"))),
    })
}

/// Counts of kinds and states. Some states of apalis are one.
pub(crate) fn counted(rows: Vec<(String, String, i64)>) -> Result<Vec<JobCount>, Unavailable> {
    let mut counts = BTreeMap::new();
    for (kind, name, count) in rows {
        *counts.entry((kind, state(&name)?)).or_default() +=
            u64::try_from(count).map_err(Unavailable::new)?;
    }
    let counts = counts.into_iter();
    Ok(counts.map(|((kind, state), count)| JobCount { kind, state, count }).collect())
}

/// A job that is dead.
pub(crate) fn dead_job(
    id: &str,
    job: &[u8],
    attempts: i64,
    error: Option<String>,
    died_at: OffsetDateTime,
) -> Result<DeadJob, Unavailable> {
    let Envelope { kind, argument } = Envelope::read(job);
    let attempts = u32::try_from(attempts).map_err(Unavailable::new)?;
    let error = error.unwrap_or_else(|| "nobody knows why".to_owned());
    Ok(DeadJob { id: id_of(id)?, kind, argument, attempts, error, died_at })
}
