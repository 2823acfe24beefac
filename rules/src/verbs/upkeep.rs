//! What watches over the policy itself, so that nothing in it goes stale unseen.
//!
//! These rules have no verb that a file could write. [`crate::check`] finds what they
//! report; they are rules so that they can be explained and given another severity.

use std::sync::Arc;

use super::{Part, Verb, Verdict};
use crate::context::Context;
use crate::finding::Severity;
use crate::policy::{Origin, Rule};

/// A rule about the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upkeep {
    /// A layer, set or rule that matches nothing.
    MatchesNothing,
    /// An exception that covers nothing.
    UnusedException,
    /// An exception whose last day has passed.
    ExpiredException,
}

impl Upkeep {
    /// All of them.
    pub const ALL: [Self; 3] =
        [Self::MatchesNothing, Self::UnusedException, Self::ExpiredException];

    /// The id of the rule.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::MatchesNothing => "matches-nothing",
            Self::UnusedException => "unused-exception",
            Self::ExpiredException => "expired-exception",
        }
    }

    /// The rule.
    #[must_use]
    pub fn rule(self) -> Rule {
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
        };
        Rule {
            id: self.id().to_owned(),
            severity,
            enabled: true,
            because: Some(because.to_owned()),
            fix: Some(fix.to_owned()),
            heuristic: None,
            examples: Vec::new(),
            origin: Origin::Upkeep,
            verb: Arc::new(self),
            except: Vec::new(),
            tests: false,
            optional: false,
        }
    }
}

impl Verb for Upkeep {
    fn name(&self) -> &'static str {
        self.id()
    }

    fn sentence(&self) -> String {
        match self {
            Self::MatchesNothing => "every layer, set and rule of the policy matches something",
            Self::UnusedException => "every exception covers something",
            Self::ExpiredException => "no exception has expired",
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
