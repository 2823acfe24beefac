//! What keeps an example from being judged.

use camino::Utf8PathBuf;
use layers_rules::policy::Problem;
use thiserror::Error;

use super::marks::MarkError;

/// An example that cannot be judged. Lines are those of its text, counted from 1.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ExampleError {
    /// There is nothing in it.
    #[error("there is nothing in it")]
    Empty,
    /// It has lines that name files, and text before the first of them.
    #[error("this stands before the first `//- PATH`, and so in no file")]
    TextBeforeFiles {
        /// The line of the text.
        line: usize,
    },
    /// Behind `//-` stands no path.
    #[error("`{written}` is no path of a file: write one as in `//- shop_http/src/lib.rs`")]
    NoPath {
        /// The line.
        line: usize,
        /// What stands there.
        written: String,
    },
    /// A line that stands for many does not say for how many.
    #[error(
        "`{written}` stands for no lines: write `//* 300: let row_<n> = <n>;`, for 10000 at most"
    )]
    NoCount {
        /// The line.
        line: usize,
        /// What stands there.
        written: String,
    },
    /// A file is given twice.
    #[error("`{path}` is given twice")]
    FileTwice {
        /// The line that names it again.
        line: usize,
        /// The file.
        path: Utf8PathBuf,
    },
    /// A source file is in no package.
    #[error("`{path}` belongs to no package: it stands in no `src` and beside no Cargo.toml")]
    NoPackage {
        /// The line that names it.
        line: usize,
        /// The file.
        path: Utf8PathBuf,
    },
    /// Two packages have one name.
    #[error("two packages are called `{name}`")]
    PackageTwice {
        /// That name.
        name: String,
    },
    /// A Cargo.toml makes no sense.
    #[error("`{path}` cannot be used: {message}")]
    Manifest {
        /// The line that it begins at.
        line: usize,
        /// The file.
        path: Utf8PathBuf,
        /// Why.
        message: String,
    },
    /// A mark is none.
    #[error("{source}")]
    Mark {
        /// The line.
        line: usize,
        /// What is wrong with it.
        source: MarkError,
    },
    /// Its own layers.toml makes no sense.
    #[error("its layers.toml cannot be used: {message}")]
    Layers {
        /// The line that it begins at.
        line: usize,
        /// Why.
        message: String,
    },
    /// Its rule and its layers do not go together.
    #[error("it cannot be judged: {message}")]
    Policy {
        /// Why.
        message: String,
    },
    /// A source file cannot be read, or a module has no file.
    #[error("{message}")]
    Source {
        /// The line, where the example has one.
        line: Option<usize>,
        /// What is wrong.
        message: String,
    },
}

impl ExampleError {
    /// The line of the example, where there is one to name.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::Empty | Self::PackageTwice { .. } | Self::Policy { .. } => None,
            Self::TextBeforeFiles { line }
            | Self::NoPath { line, .. }
            | Self::NoCount { line, .. }
            | Self::FileTwice { line, .. }
            | Self::NoPackage { line, .. }
            | Self::Manifest { line, .. }
            | Self::Mark { line, .. }
            | Self::Layers { line, .. } => Some(*line),
            Self::Source { line, .. } => *line,
        }
    }

    /// What is wrong with a policy, in one line.
    pub(super) fn policy(problems: Vec<Problem>) -> Self {
        let messages: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
        Self::Policy { message: messages.join("; ") }
    }
}
