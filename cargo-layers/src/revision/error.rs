//! Why an earlier state is not to be had.

use std::io;
use std::path::PathBuf;

use camino::Utf8PathBuf;
use miette::Diagnostic;
use thiserror::Error;

/// Why an earlier state is not to be had.
#[derive(Debug, Error, Diagnostic)]
pub enum RevisionError {
    /// The workspace is not under version control.
    #[error("`{folder}` is in no Git repository")]
    #[diagnostic(help("an earlier state can be compared with only where Git keeps one"))]
    NoRepository {
        /// Where the workspace is.
        folder: Utf8PathBuf,
    },

    /// No process could be made of `git`.
    #[error("`git` could not be started")]
    #[diagnostic(help("earlier states are read by Git: install it, or put it on the PATH"))]
    GitNotStarted(#[source] io::Error),

    /// There is no such commit here.
    #[error("there is no revision `{revision}` in this repository")]
    #[diagnostic(help("{help}"))]
    Unknown {
        /// What was asked for.
        revision: String,
        /// The way out.
        help: String,
    },

    /// Nothing shows where the two have parted.
    #[error("`{revision}` and HEAD have no commit in common")]
    #[diagnostic(help("{help}"))]
    NothingInCommon {
        /// What was asked for.
        revision: String,
        /// The way out.
        help: String,
    },

    /// Git could not read what it keeps.
    #[error("Git cannot read the commit `{commit}`: {reason}")]
    #[diagnostic(help(
        "in a partial clone its files may be missing, and nothing is downloaded here: fetch them, \
         say with `git fetch --refetch --filter=blob:limit=16m`"
    ))]
    Unreadable {
        /// The commit.
        commit: String,
        /// What Git says.
        reason: String,
    },

    /// The files could not be written.
    #[error("the earlier state could not be written into a temporary folder")]
    NotWritten(#[source] io::Error),

    /// The folder for temporary files has an odd name.
    #[error("the folder for temporary files, `{}`, is not Unicode", folder.display())]
    #[diagnostic(help("let TMPDIR name another one"))]
    NotUnicode {
        /// The folder.
        folder: PathBuf,
    },
}
