//! What goes wrong with jobs.

use application::jobs::queries::ListJobsError;

use crate::Problem;

impl From<ListJobsError> for Problem {
    fn from(error: ListJobsError) -> Self {
        match error {
            ListJobsError::Refused(refusal) => refusal.into(),
            ListJobsError::Repository(error) => error.into(),
            ListJobsError::Unavailable(error) => error.into(),
        }
    }
}
