//! What rules can demand, one file per verb.
//!
//! A verb compares the facts with what it demands and gives [`Violation`]s;
//! [`crate::check::check`] makes findings of them, takes away what exceptions cover, and
//! says where a rule speaks of nothing. [`Verb`] is open: a rule written in Rust
//! implements it just like the ones below.

mod acyclic;
mod contexts;
mod covered;
mod deprecated;
mod edges;
mod external;
mod facade;
mod forbid;
mod independent;
mod items;
mod may_use;
mod only;
mod orphans;
mod query;
mod reach;
mod require;
mod sides;
mod stable;
mod units;
mod upkeep;

use std::fmt::Debug;

use jiff::civil::Date;

pub use acyclic::Acyclic;
pub use contexts::Contexts;
pub use covered::Covered;
pub use deprecated::Deprecated;
pub use external::External;
pub use facade::Facade;
pub use forbid::Forbid;
pub use independent::Independent;
pub use items::{
    Amount, Flag, Implemented, Items, KIND_WORDS, NamedTarget, Parts, RECEIVER_WORDS, Returns,
    Selector, VisibilityWord,
};
pub use may_use::MayUse;
pub use only::Only;
pub use orphans::Orphans;
pub use query::{MessageTemplate, Query, TemplateError};
pub use require::Require;
pub use stable::Stable;
pub use units::Scope;
pub use upkeep::Upkeep;

use crate::context::Context;
use crate::facts::{Facts, Needs};
use crate::finding::{Label, Severity, Step};
use crate::planting::{Plant, Unprovable};
use crate::policy::{LayerId, Operand, Problem};
use crate::tree::NodeId;

/// What a rule demands.
pub trait Verb: Debug + Send + Sync {
    /// The word for it.
    fn name(&self) -> &'static str;

    /// The demand as a sentence, such as "`domain` may not use `infrastructure`": without a
    /// capital and a full stop, since it stands within others.
    fn sentence(&self) -> String;

    /// What it speaks of. A rule whose operands name nothing is reported.
    fn operands(&self) -> Vec<Part<'_>>;

    /// Whether it keeps all of the layer `from` from using anything of the layer `to`.
    fn separates(&self, _from: LayerId, _to: LayerId) -> bool {
        false
    }

    /// What outsiders may use only as this verb allows, so that rules about contexts leave
    /// such uses to it.
    fn gate(&self) -> Option<&Operand> {
        None
    }

    /// The question in SQL that it asks of all facts, whose answer must be among
    /// [`Facts::answers`].
    fn question(&self) -> Option<&str> {
        None
    }

    /// What keeps it from being judged by these facts.
    fn objections(&self, _facts: &Facts) -> Vec<Problem> {
        Vec::new()
    }

    /// Compares the facts with the demand.
    fn judge(&self, context: &Context<'_>) -> Verdict;

    /// The most that a violation can weigh on the day `today`.
    fn ceiling(&self, _today: Date) -> Severity {
        Severity::Error
    }

    /// What could be added to the workspace to break it, the likeliest first. Whatever is
    /// declared there has a name that begins with `name`.
    ///
    /// # Errors
    ///
    /// When nothing can be added that would.
    fn plant(&self, _context: &Context<'_>, _name: &str) -> Result<Vec<Plant>, Unprovable> {
        Err(Unprovable(format!(
            "nothing is known that could be planted to break `{}`",
            self.name()
        )))
    }

    /// What it asks for beside the facts that are always there.
    fn needs(&self) -> Needs {
        Needs::default()
    }
}

/// An operand and its part in a rule.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The key it is written under.
    pub key: &'static str,
    /// The operand.
    pub operand: &'a Operand,
    /// What it is for.
    pub role: Role,
}

/// What an operand is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What is held to the rule: things of the workspace.
    Subject,
    /// What the rule is about, in the workspace or outside, whether or not it is used.
    Object,
    /// What the rule leaves alone: things of the workspace.
    Allowed,
    /// What the rule leaves to be used, by the names it has there: things of the workspace,
    /// re-exports included.
    Exposed,
    /// Where things must be: a place in the workspace. One that is not there breaks the
    /// rule for whatever it selects, and does not go unseen.
    Place,
    /// What the rule speaks of among other things, in the workspace or outside: it has a
    /// meaning without.
    Mention,
}

/// What judging gave.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Everything that breaks the rule.
    pub violations: Vec<Violation>,
    /// Why the rule had nothing to judge, when it had nothing.
    pub idle: Option<String>,
}

/// One thing that breaks a rule.
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
    /// The path as written, or nothing.
    pub written: String,
    /// What kind of violation it is, for its identity.
    pub kind: &'static str,
}

#[cfg(test)]
mod tests;
