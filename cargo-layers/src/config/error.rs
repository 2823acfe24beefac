//! What can be wrong with a configuration, shown with the lines it is wrong in.

use std::io;
use std::ops::Range;

use camino::Utf8PathBuf;
use layers_rules::check::Problem;
use layers_rules::finding::Label;
use miette::{Diagnostic, LabeledSpan, NamedSource};
use thiserror::Error;

use super::ConfigFile;

/// Why there is no policy to judge by.
#[derive(Debug, Error, Diagnostic)]
pub enum ConfigError {
    /// Neither `layers.toml` nor `[workspace.metadata.layers]`.
    #[error("this workspace has no policy: there is no layers.toml in {root}")]
    #[diagnostic(help(
        "write one, as short as:\n\n    extends = [\"clean-architecture\"]\n\n    [layers]\n    domain         = \"my-domain\"\n    application    = \"my-application\"\n    infrastructure = [\"my-persistence\", \"my-mail\"]\n    presentation   = \"my-http\"\n\nor name one with --config"
    ))]
    Missing {
        /// The workspace root.
        root: Utf8PathBuf,
    },
    /// Both `layers.toml` and `[workspace.metadata.layers]`.
    #[error(
        "the policy is kept twice: in layers.toml and in [workspace.metadata.layers] of Cargo.toml, both in {root}"
    )]
    #[diagnostic(help("keep one of them, or name one with --config"))]
    Twice {
        /// The workspace root.
        root: Utf8PathBuf,
    },
    /// The file that was asked for is not there.
    #[error("there is no file {path}")]
    NoFile {
        /// Its path.
        path: Utf8PathBuf,
    },
    /// The Cargo.toml that was asked for holds no policy.
    #[error("{path} holds no [workspace.metadata.layers]")]
    NotInManifest {
        /// Its path.
        path: Utf8PathBuf,
    },
    /// A file cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// Its path.
        path: Utf8PathBuf,
        /// Why.
        source: io::Error,
    },
    /// One mistake or more in the files.
    #[error("the policy cannot be used: {}", count(.problems.len()))]
    Invalid {
        /// The mistakes.
        #[related]
        problems: Vec<PolicyProblem>,
    },
}

fn count(problems: usize) -> String {
    if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") }
}

impl ConfigError {
    /// Mistakes in `files`.
    #[must_use]
    pub fn invalid(files: &[ConfigFile], problems: Vec<Problem>) -> Self {
        let problems = problems.into_iter().map(|problem| PolicyProblem::new(files, problem));
        Self::Invalid { problems: problems.collect() }
    }
}

/// One mistake in a policy, with the file it is in.
#[derive(Debug, Error)]
#[error("{message}")]
pub struct PolicyProblem {
    message: String,
    help: Option<String>,
    source_code: Option<NamedSource<String>>,
    labels: Vec<LabeledSpan>,
    /// What is to be shown in further files.
    elsewhere: Vec<PolicyProblem>,
}

impl PolicyProblem {
    pub(crate) fn new(files: &[ConfigFile], problem: Problem) -> Self {
        let mut groups: Vec<(&str, Vec<&Label>)> = Vec::new();
        for label in &problem.labels {
            match groups.iter_mut().find(|(file, _)| *file == label.location.file) {
                Some((_, labels)) => labels.push(label),
                None => groups.push((&label.location.file, vec![label])),
            }
        }
        let mut shown =
            groups.into_iter().map(|(path, labels)| Self::in_file(files, path, &labels));
        let mut first = shown.next().unwrap_or_else(|| Self::in_file(files, "", &[]));
        first.message = problem.message;
        first.help = problem.help;
        first.elsewhere = shown.collect();
        first
    }

    /// Labels in one file. A file whose text is not at hand is told of in words.
    fn in_file(files: &[ConfigFile], path: &str, labels: &[&Label]) -> Self {
        let file = files.iter().find(|file| file.path == path);
        let texts: Vec<&str> = labels.iter().map(|label| label.text.as_str()).collect();
        Self {
            message: format!("in {path}: {}", texts.join(", ")),
            help: None,
            labels: match file {
                Some(file) => labels.iter().map(|label| labeled(&file.text, label)).collect(),
                None => Vec::new(),
            },
            source_code: file.map(|file| NamedSource::new(&file.path, file.text.clone())),
            elsewhere: Vec::new(),
        }
    }
}

fn labeled(text: &str, label: &Label) -> LabeledSpan {
    let range: Range<usize> = label.location.span.range();
    let end = range.end.min(text.len());
    LabeledSpan::new_with_span(Some(label.text.clone()), range.start.min(end)..end)
}

impl Diagnostic for PolicyProblem {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<_>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.source_code.as_ref().map(|source| source as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty()).then(|| Box::new(self.labels.iter().cloned()) as Box<_>)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        let elsewhere = self.elsewhere.iter().map(|problem| problem as &dyn Diagnostic);
        (!self.elsewhere.is_empty()).then(|| Box::new(elsewhere) as Box<_>)
    }
}
