//! What goes wrong with jobs.

use application::jobs::commands::RetryJobError;
use application::jobs::queries::ListJobsError;

use crate::{Problem, ProblemType};

impl From<ListJobsError> for Problem {
    fn from(error: ListJobsError) -> Self {
        match error {
            ListJobsError::Refused(refusal) => refusal.into(),
            ListJobsError::Repository(error) => error.into(),
            ListJobsError::Unavailable(error) => error.into(),
        }
    }
}

impl From<RetryJobError> for Problem {
    fn from(error: RetryJobError) -> Self {
        match error {
            RetryJobError::Refused(refusal) => refusal.into(),
            RetryJobError::NotDead => Self::new(ProblemType::NotDead, error.to_string()),
            RetryJobError::Unavailable(error) => error.into(),
        }
    }
}
