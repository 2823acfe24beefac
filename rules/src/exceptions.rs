//! What rules do not hold for, whoever says so: exceptions of the policy, comments in the
//! code, and the baseline. All of them are lines of one ledger.

pub mod baseline;
pub mod directive;
mod of_rule;

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::facts::Span;
use crate::finding::Location;

pub use of_rule::{ExceptionId, RuleExceptions};

use directive::{Directive, Malformed};

/// Where an exception is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ExceptionKind {
    /// An entry of `except` in the policy.
    Config,
    /// A comment, `layers: allow(…)`.
    Inline,
    /// An entry of the baseline.
    Baseline,
}

impl fmt::Display for ExceptionKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Config => "config",
            Self::Inline => "inline",
            Self::Baseline => "baseline",
        })
    }
}

/// A comment that is, or was meant to be, an exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionComment {
    /// Where the comment stands.
    pub location: Location,
    /// What it covers: findings that begin there, in the same file.
    pub covers: Span,
    /// Other files that it covers as a whole: those of modules that are declared there.
    pub files: Vec<String>,
    /// What it says.
    pub says: Result<Directive, Malformed>,
}

impl ExceptionComment {
    /// Whether a finding at `location` is covered.
    #[must_use]
    pub fn covers(&self, location: &Location) -> bool {
        let (start, covers) = (location.span.start, self.covers);
        (location.file == self.location.file && (covers.start..covers.end).contains(&start))
            || self.files.contains(&location.file)
    }
}

/// What one exception does for one rule: a line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Id of the rule.
    pub rule: String,
    /// Where it is written.
    pub kind: ExceptionKind,
    /// Where it stands.
    pub location: Location,
    /// What it covers, in the words it is written in.
    pub subject: String,
    /// Why; a baseline need not say.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The day it was recorded; only a baseline says.
    pub since: Option<Date>,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Whether that day has passed, so that it covers nothing.
    pub expired: bool,
    /// How many findings it covers, or would if it had not expired; `None` where its rule
    /// was not judged.
    pub findings: Option<usize>,
}

impl LedgerEntry {
    /// Whether it covers something, or would if it had not expired; `None` where that is
    /// not known because its rule was not judged.
    #[must_use]
    pub fn is_needed(&self) -> Option<bool> {
        self.findings.map(|findings| findings > 0)
    }

    /// What it is called in messages: kind, rule, owner.
    pub(crate) fn describe(&self) -> String {
        let noun = match self.kind {
            ExceptionKind::Config | ExceptionKind::Inline => "an exception of",
            ExceptionKind::Baseline => "an entry of the baseline for",
        };
        let owner = match &self.owner {
            Some(owner) => format!(", owned by {owner},"),
            None => String::new(),
        };
        format!("{noun} `{}`{owner}", self.rule)
    }

    /// The reason, as it ends a message.
    pub(crate) fn tail(&self) -> String {
        self.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default()
    }
}
