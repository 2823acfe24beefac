//! How an architecture and its policy have changed between two states of a workspace.
//!
//! What has changed in the code is told by today's rules, laid over both states: which
//! dependencies between layers, crates and modules are new or gone, and which violations.
//! What has changed in the rules themselves is told apart, by which way it goes: a change
//! that lets more pass is [`Direction::Loosened`], so that no violation goes away unnoticed.

mod edges;
mod exemptions;
mod membership;
mod policies;
mod violations;

use crate::finding::Location;

pub use edges::{Edge, EdgeDrift, Edges, Level, edges};
pub use exemptions::Exemption;
pub use membership::memberships;
pub use policies::{Side, policies};
pub use violations::{ViolationDrift, recorded, violations};

/// Which way a change of a policy goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// More passes than before.
    Loosened,
    /// It cannot be told from the change alone.
    Changed,
    /// Less passes than before.
    Tightened,
}

/// Kinds of changes of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// There was no policy, or there is none that can be read.
    Policy,
    /// A pack or file that is extended.
    Extends,
    /// A layer.
    Layer,
    /// A rule.
    Rule,
    /// An exception in the policy.
    Exception,
    /// A comment in the code.
    Comment,
    /// An entry of the baseline.
    Baseline,
}

impl About {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Extends => "extends",
            Self::Layer => "layer",
            Self::Rule => "rule",
            Self::Exception => "exception",
            Self::Comment => "comment",
            Self::Baseline => "baseline",
        }
    }
}

/// A change of a policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Which way it goes.
    pub direction: Direction,
    /// What has changed.
    pub about: About,
    /// The name of the pack, layer or rule; empty where there is none.
    pub name: String,
    /// What is different, as a sentence without a capital and a full stop.
    pub what: String,
    /// Where that stands today; `None` for what is gone.
    pub location: Option<Location>,
}

#[cfg(test)]
mod tests;
