//! What a rule is: something that compares facts with a demand and says what breaks it.
//!
//! The verbs of the rule language implement [`Rule`], and a rule written in Rust does as well:
//! there is no other way for a rule to come about. [`crate::check`] makes findings of what it
//! gives, with the severity, the reasons and the exceptions that the policy has for it.

mod from_fn;
#[cfg(test)]
mod tests;
mod verdict;

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

pub use from_fn::{FromFn, from_fn};
pub use verdict::{Verdict, Violation};

use crate::context::Context;
use crate::facts::{Facts, Needs};
use crate::finding::Severity;
use crate::planting::{Plant, Unprovable};
use crate::policy::{LayerId, Operand, Problem};

/// A rule.
///
/// Two methods are enough: [`id`](Self::id), by which everything else speaks of the rule, and
/// [`judge`](Self::judge), which looks at the facts. The rest says why and what to do instead,
/// or lets the tool do more with the rule than judge by it.
pub trait Rule: Send + Sync {
    /// The id: what findings carry, and what exceptions, the baseline and `[rules]` name. It
    /// reads well after "allow", as in `layers: allow(services-are-stateless)`. A verb has the
    /// word for itself here; the policy gives each rule that is made with it an id of its own.
    fn id(&self) -> &str;

    /// Compares the facts with the demand. What it gives must not depend on anything else, nor
    /// on the order in which rules are judged.
    fn judge(&self, context: &Context<'_>) -> Verdict;

    /// Why the rule exists; shown with each violation.
    fn because(&self) -> Option<&str> {
        None
    }

    /// What to do instead; shown with each violation.
    fn fix(&self) -> Option<&str> {
        None
    }

    /// How much a violation weighs, unless the policy says otherwise.
    fn severity(&self) -> Severity {
        Severity::Error
    }

    /// The demand as a sentence, such as "`domain` may not use `infrastructure`": without a
    /// capital and a full stop, since it stands within others. By default the words of the id.
    fn sentence(&self) -> String {
        self.id().replace(['-', '_'], " ")
    }

    /// Whether test code is held to the rule, unless the policy says otherwise.
    fn tests(&self) -> bool {
        false
    }

    /// The path of the type that implements the rule, or of the function it is made from, as
    /// the compiler writes it. A rule that stands in the workspace it judges is found by it,
    /// where something is to be said of the rule itself.
    fn type_path(&self) -> &'static str {
        std::any::type_name::<Self>()
    }

    /// What it asks for beside the facts that are always there.
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// What it speaks of. A rule whose operands name nothing is reported.
    fn operands(&self) -> Vec<Part<'_>> {
        Vec::new()
    }

    /// Whether it keeps all of the layer `from` from using anything of the layer `to`.
    fn separates(&self, _from: LayerId, _to: LayerId) -> bool {
        false
    }

    /// What it divides code into by names of its own, and which of these it holds apart, if it
    /// does so: what has become of the rule is told by it.
    fn partition(&self) -> Partition {
        Partition::default()
    }

    /// What outsiders may use only as this rule allows, so that rules about contexts leave
    /// such uses to it.
    fn gate(&self) -> Option<&Operand> {
        None
    }

    /// Whether it cannot be judged by what Cargo.lock says, where that is all that is known of
    /// packages outside the workspace, and would be by Cargo's resolved graph.
    fn asks_cargo(&self, _context: &Context<'_>) -> bool {
        false
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
        Err(Unprovable(format!("nothing is known that could be planted to break `{}`", self.id())))
    }

    /// Whether it only stands for a rule whose code is elsewhere, so that it cannot judge.
    fn is_stand_in(&self) -> bool {
        false
    }
}

impl fmt::Debug for dyn Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Rule({}: {})", self.id(), self.sentence())
    }
}

/// Parts that a rule divides code into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partition {
    /// Their names.
    pub parts: BTreeSet<String>,
    /// Pairs of names, the first of which may not use the second.
    pub apart: BTreeSet<(String, String)>,
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
