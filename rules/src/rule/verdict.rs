//! What judging gives.

use crate::finding::{Label, Location, Severity, Step};
use crate::tree::NodeId;

/// What judging gave.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Everything that breaks the rule.
    pub violations: Vec<Violation>,
    /// Why the rule had nothing to judge, when it had nothing. A rule that looks at nothing is
    /// green whatever the code does, so this is reported.
    pub idle: Option<String>,
}

/// One thing that breaks a rule. What the questions of [`crate::view`] give is filled in: see
/// [`Item::violation`](crate::view::Item::violation) and
/// [`Dependency::violation`](crate::view::Dependency::violation).
#[derive(Clone, Debug)]
pub struct Violation {
    /// One sentence that names the concrete things and layers.
    pub message: String,
    /// Where it is.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// The hops that led there.
    pub chain: Vec<Step>,
    /// Who breaks the rule.
    pub from: NodeId,
    /// What it may not use, the thing itself first, then what it goes through.
    pub to: Vec<NodeId>,
    /// The path as written, or whatever else tells it from others of the same `from` and `to`.
    pub written: String,
    /// What kind of violation it is, for its identity.
    pub kind: &'static str,
    /// The most that it weighs, where the facts leave open whether it is one.
    pub ceiling: Option<Severity>,
}

impl Verdict {
    /// What both say, for a rule that demands several things: everything that either found
    /// wrong, and why one of them had nothing to judge.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.violations.extend(other.violations);
        self.idle = match (self.idle, other.idle) {
            (Some(one), Some(two)) => Some(format!("{one}, and {two}")),
            (one, two) => one.or(two),
        };
        self
    }
}

impl Violation {
    /// Says this at its place, in a few words.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Shows another place with it, and says there what that has to do with it.
    #[must_use]
    pub fn see(mut self, location: Location, text: impl Into<String>) -> Self {
        self.secondary.push(Label { location, text: text.into() });
        self
    }
}

impl FromIterator<Violation> for Verdict {
    /// A verdict on something that was looked at.
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Self {
        Self { violations: violations.into_iter().collect(), idle: None }
    }
}
