//! What can be wrong with a baseline.

use std::io;

use camino::Utf8PathBuf;
use layers_rules::check::Problem;
use miette::Diagnostic;
use thiserror::Error;

use crate::config::{ConfigFile, PolicyProblem};

/// Why a baseline can be neither used nor written.
#[derive(Debug, Error, Diagnostic)]
pub enum BaselineError {
    /// The file that was asked for is not there.
    #[error("there is no baseline {path}")]
    #[diagnostic(help("`cargo layers baseline` writes one"))]
    Missing {
        /// Its path.
        path: Utf8PathBuf,
    },
    /// The file cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// Its path.
        path: Utf8PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file cannot be written.
    #[error("cannot write {path}")]
    Write {
        /// Its path.
        path: Utf8PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A merge has left its marks in the file.
    #[error("{path} holds the marks of a merge")]
    #[diagnostic(help(
        "take the lines of both sides, without the marks, and let `cargo layers baseline --prune` put them in order"
    ))]
    Unmerged {
        /// Its path, as it is shown.
        path: String,
    },
    /// Mistakes in the file.
    #[error("the baseline cannot be used")]
    Invalid {
        /// The mistakes.
        #[related]
        problems: Vec<PolicyProblem>,
    },
}

impl BaselineError {
    pub(super) fn invalid(file: &ConfigFile, problems: Vec<Problem>) -> Self {
        let problem = |problem| PolicyProblem::new(std::slice::from_ref(file), problem);
        Self::Invalid { problems: problems.into_iter().map(problem).collect() }
    }
}
