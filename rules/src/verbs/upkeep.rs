//! What watches over the policy itself, so that nothing in it goes stale unseen.
//!
//! These rules have no verb that a file could write. [`crate::check`] finds what they
//! report; they are rules so that they can be explained and given another severity.

use std::sync::Arc;

use super::{Part, Rule, Verdict};
use crate::context::Context;
use crate::finding::Severity;
use crate::policy::{Origin, PolicyRule};

/// A rule about the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upkeep {
    /// A layer, set or rule that matches nothing.
    MatchesNothing,
    /// An exception that covers nothing.
    UnusedException,
    /// An exception whose last day has passed.
    ExpiredException,
    /// A comment that was meant to be an exception and is none.
    MalformedException,
}

impl Upkeep {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::MatchesNothing,
        Self::UnusedException,
        Self::ExpiredException,
        Self::MalformedException,
    ];

    /// The id of the rule.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::MatchesNothing => "matches-nothing",
            Self::UnusedException => "unused-exception",
            Self::ExpiredException => "expired-exception",
            Self::MalformedException => "malformed-exception",
        }
    }

    /// The rule.
    #[must_use]
    pub fn rule(self) -> PolicyRule {
        let (severity, because, fix) = match self {
            Self::MatchesNothing => (
                Severity::Error,
                "a rule that looks at nothing is green whatever the code does",
                "correct the name, remove it, or mark a layer that may be empty as `optional = true`",
            ),
            Self::UnusedException => (
                Severity::Warn,
                "what it once excused is gone, and it would excuse the next violation unseen",
                "remove the exception",
            ),
            Self::ExpiredException => (
                Severity::Error,
                "the date was a promise to be done by then",
                "mend what it excuses and remove it, or agree on another date",
            ),
            Self::MalformedException => (
                Severity::Error,
                "a comment that excuses nothing looks as if it did",
                "write `layers: allow(RULE): reason`, or remove the comment",
            ),
        };
        PolicyRule {
            severity,
            because: Some(because.to_owned()),
            fix: Some(fix.to_owned()),
            ..PolicyRule::new(Self::id(self).to_owned(), Arc::new(self), Origin::Upkeep)
        }
    }
}

impl Rule for Upkeep {
    fn id(&self) -> &'static str {
        Self::id(*self)
    }

    fn sentence(&self) -> String {
        match self {
            Self::MatchesNothing => "every layer, set and rule of the policy matches something",
            Self::UnusedException => "every exception covers something",
            Self::ExpiredException => "no exception has expired",
            Self::MalformedException => "every comment that is meant as an exception is one",
        }
        .to_owned()
    }

    fn operands(&self) -> Vec<Part<'_>> {
        Vec::new()
    }

    fn judge(&self, _: &Context<'_>) -> Verdict {
        Verdict::default()
    }
}
