//! What reading a workspace can bring to light: findings that no rule of a policy makes.

use crate::finding::Finding;
use crate::policy::Policy;

/// A kind of such findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issue {
    /// A file, or a part of it, that is not the Rust of today.
    UnreadableSource,
    /// A module or a target without a file.
    MissingModule,
    /// A path that leads nowhere although nothing hides it.
    UnresolvedPath,
}

impl Issue {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::UnreadableSource, Self::MissingModule, Self::UnresolvedPath];

    /// The id that its findings have in place of a rule's.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::UnreadableSource => "unreadable-source",
            Self::MissingModule => "missing-module",
            Self::UnresolvedPath => "unresolved-path",
        }
    }

    /// What has to be so that there are none, as a sentence.
    #[must_use]
    pub fn demand(self) -> &'static str {
        match self {
            Self::UnreadableSource => "Every source file can be read, and is the Rust of today.",
            Self::MissingModule => "Every module and every target has a file.",
            Self::UnresolvedPath => "Every path leads to something.",
        }
    }
}

/// What reading a workspace has brought to light.
#[derive(Clone, Debug, Default)]
pub struct Issues {
    /// What was looked for. An exception of anything else may yet be needed.
    pub looked_for: Vec<Issue>,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl Issues {
    /// What reading has found, where unresolved paths do not count.
    #[must_use]
    pub fn of_reading(findings: Vec<Finding>) -> Self {
        Self { looked_for: vec![Issue::UnreadableSource, Issue::MissingModule], findings }
    }
}

/// Whether all findings of a rule are known when the enabled rules of `policy` have been
/// judged, and these issues looked for. Nobody but their tests knows those of rules in Rust.
#[must_use]
pub fn has_judged(policy: &Policy, looked_for: &[Issue], rule: &str) -> bool {
    policy.rule(rule).is_some_and(|rule| rule.enabled && !rule.verb.is_stand_in())
        || looked_for.iter().any(|issue| issue.id() == rule)
}
