//! What goes wrong with reports.

use application::reports::commands::RequestOrderReportError;
use application::reports::queries::{GetReportError, GetReportFileError};

use crate::{Problem, ProblemType};

impl From<RequestOrderReportError> for Problem {
    fn from(error: RequestOrderReportError) -> Self {
        match error {
            RequestOrderReportError::Period(error) => Self::invalid_field("to", &error),
            RequestOrderReportError::Repository(error) => error.into(),
        }
    }
}

impl From<GetReportError> for Problem {
    fn from(error: GetReportError) -> Self {
        match error {
            GetReportError::Refused(refusal) => refusal.into(),
            GetReportError::Repository(error) => error.into(),
        }
    }
}

impl From<GetReportFileError> for Problem {
    fn from(error: GetReportFileError) -> Self {
        match error {
            GetReportFileError::Refused(refusal) => refusal.into(),
            GetReportFileError::NotReady => Self::new(ProblemType::NotReady, error.to_string()),
            GetReportFileError::Unavailable(error) => error.into(),
            GetReportFileError::Repository(error) => error.into(),
        }
    }
}
