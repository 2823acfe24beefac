//! What the architects want: layers, sets and rules, checked and ready to judge by.
//!
//! [`raw`] holds what one file says; [`Policy::build`] joins a file with what it extends,
//! resolves every `@name`, compiles every pattern, and refuses what makes no sense with
//! a [`Problem`] for each mistake.

mod accepted;
mod build;
mod captures;
mod in_rust;
mod lookup;
mod merge;
mod operand;
pub mod raw;
mod rules;
mod selector;
mod terms;

use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil::Date;

use crate::facts::Needs;
use crate::finding::{Label, Location, Severity};
use crate::rule::{Role, Rule};
use raw::RawPolicy;

pub use accepted::Accepted;
pub use terms::{Operand, Term, TermKind};

/// A file of a policy, with the files and packs it extends.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path as shown, relative to the workspace root; for a built-in pack its name.
    pub file: String,
    /// What it says.
    pub raw: RawPolicy,
    /// What it extends, in the order written.
    pub extends: Vec<Extension>,
    /// The text of other files that its rules speak of: of all that [`RawPolicy::attached`]
    /// names.
    pub attached: Vec<Attached>,
}

/// A file whose text is part of a policy without being one: a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its path as the rule has it.
    pub name: String,
    /// Its path as shown, relative to the workspace root.
    pub file: String,
    /// What it says.
    pub text: String,
}

/// One thing that a file extends.
#[derive(Clone, Debug)]
pub struct Extension {
    /// The entry of `extends`.
    pub entry: Location,
    /// Its name, when it is a built-in pack or one that a crate ships.
    pub pack: Option<String>,
    /// Names of layers there, and what they are called here, with the place of the former.
    pub layers: IndexMap<String, (String, Location)>,
    /// What it says.
    pub source: Source,
}

/// A package of the workspace, as far as a policy needs to know it.
#[derive(Clone, Debug)]
pub struct Member {
    /// Name of the package.
    pub package: String,
    /// Its Cargo.toml, relative to the workspace root.
    pub manifest: String,
    /// Names of its targets.
    pub targets: Vec<String>,
    /// The layer it says it belongs to.
    pub layer: Option<String>,
}

/// Why a policy cannot be judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub labels: Vec<Label>,
    /// The way out.
    pub help: Option<String>,
}

/// A policy.
#[derive(Clone, Debug)]
pub struct Policy {
    layers: Vec<Layer>,
    sets: Vec<Set>,
    glossary: Vec<(String, Vec<String>)>,
    rules: Vec<PolicyRule>,
    accepted: Vec<Accepted>,
    today: Date,
}

/// Index of a layer in [`Policy::layers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LayerId(pub u16);

/// A layer.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Name.
    pub name: String,
    /// What belongs to it.
    pub members: Vec<Term>,
    /// Whether it may be empty.
    pub optional: bool,
    /// Whether its test code is held to the rules.
    pub tests: bool,
    /// Where it is named.
    pub location: Location,
}

/// A set.
#[derive(Clone, Debug)]
pub struct Set {
    /// Name.
    pub name: String,
    /// What it stands for.
    pub operand: Operand,
    /// Whether a pack defines it. Such a set lists what there might be, and is here only where
    /// the workspace has the layers it speaks of.
    pub of_pack: bool,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct PolicyRule {
    /// Its id.
    pub id: String,
    /// How much a violation weighs, when it is enabled.
    pub severity: Severity,
    /// Whether it is judged at all.
    pub enabled: bool,
    /// Why it exists.
    pub because: Option<String>,
    /// What to do instead.
    pub fix: Option<String>,
    /// Why it may be wrong about some code, when it may.
    pub heuristic: Option<String>,
    /// What breaks it and what does not.
    pub examples: Vec<Example>,
    /// Where it comes from.
    pub origin: Origin,
    /// What it demands.
    pub verb: Arc<dyn Rule>,
    /// What it does not hold for.
    pub except: Vec<Exception>,
    /// Where a file says how much a violation weighs, if one does.
    pub levelled: Option<Location>,
    /// Whether test code is held to it.
    pub tests: bool,
    /// Whether it may be about nothing: it is off while one of its parts names nothing.
    pub optional: bool,
    /// Ids of rules that say the same of a place, which this one then leaves to them.
    pub yields_to: Vec<String>,
}

/// Where a rule comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file of the workspace.
    File {
        /// Where its id stands.
        location: Location,
    },
    /// `may-use` or `external` of a layer.
    Layer {
        /// Where that stands.
        location: Location,
    },
    /// A built-in pack.
    Pack {
        /// Name of the pack.
        name: String,
        /// The entry that extends it.
        entry: Location,
    },
    /// The tool itself: what watches over the policy.
    Upkeep,
}

/// What breaks a rule and what does not, as source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Source that breaks it.
    pub bad: Option<Snippet>,
    /// Source that does not.
    pub good: Option<Snippet>,
}

/// A text that stands in a file of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// What it says.
    pub text: String,
    /// Where it stands, quotes included.
    pub location: Location,
}

/// What a rule does not hold for.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Who may; anyone, if absent.
    pub from: Option<Operand>,
    /// What they may use; anything, if absent.
    pub to: Option<Operand>,
    /// Why.
    pub reason: String,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it stands.
    pub location: Location,
}

impl Policy {
    /// The layers, in the order of their first mention.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The sets, those of packs included.
    #[must_use]
    pub fn sets(&self) -> &[Set] {
        &self.sets
    }

    /// What the name of each set stands for, as written, sorted by name; those of packs are
    /// among them.
    #[must_use]
    pub fn glossary(&self) -> &[(String, Vec<String>)] {
        &self.glossary
    }

    /// The rules: those of packs, of layers, of the workspace's own files, and at last
    /// those that watch over the policy itself.
    #[must_use]
    pub fn rules(&self) -> &[PolicyRule] {
        &self.rules
    }

    /// The rule with this id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&PolicyRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The crate that a rule most likely holds for: the one that its first subject begins
    /// with, where that names one.
    #[must_use]
    pub fn crate_of(&self, rule: &PolicyRule) -> Option<String> {
        rule.verb
            .operands()
            .into_iter()
            .filter(|part| part.role == Role::Subject)
            .flat_map(|part| &part.operand.terms)
            .find_map(|term| match &term.kind {
                TermKind::Path(pattern) => Some(pattern.literal_root()?.to_owned()),
                TermKind::Layer { layer, .. } => {
                    self.layer(*layer).members.iter().find_map(|it| match &it.kind {
                        TermKind::Path(pattern) => Some(pattern.literal_root()?.to_owned()),
                        TermKind::Layer { .. } => None,
                    })
                }
            })
    }

    /// The rules that need not be proved.
    #[must_use]
    pub fn accepted(&self) -> &[Accepted] {
        &self.accepted
    }

    /// The day that exceptions are measured against.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// What the enabled rules ask for beside the facts that are always there.
    #[must_use]
    pub fn needs(&self) -> Needs {
        let enabled = self.rules.iter().filter(|rule| rule.enabled);
        enabled.fold(Needs::default(), |needs, rule| needs | rule.needs())
    }

    /// The questions in SQL that the enabled rules ask, each once.
    #[must_use]
    pub fn questions(&self) -> Vec<&str> {
        let enabled = self.rules.iter().filter(|rule| rule.enabled);
        let mut questions: Vec<&str> = enabled.filter_map(PolicyRule::question).collect();
        questions.sort_unstable();
        questions.dedup();
        questions
    }
}

impl PolicyRule {
    /// The rule as a sentence, such as "`domain` may not use `infrastructure`".
    #[must_use]
    pub fn sentence(&self) -> String {
        self.verb.sentence()
    }

    /// What it asks for beside the facts that are always there.
    #[must_use]
    pub fn needs(&self) -> Needs {
        self.verb.needs()
    }

    /// The question in SQL that it asks, if it asks one.
    #[must_use]
    pub fn question(&self) -> Option<&str> {
        self.verb.question()
    }

    /// Whether it keeps all of the layer `from` from using anything of the layer `to`.
    #[must_use]
    pub fn separates(&self, from: LayerId, to: LayerId) -> bool {
        self.enabled && self.verb.separates(from, to)
    }

    /// Whether all of a layer has a part in it.
    #[must_use]
    pub fn speaks_of(&self, layer: LayerId) -> bool {
        self.verb.operands().iter().any(|part| part.operand.names(layer))
    }

    /// How much a violation weighs on the day `today`.
    #[must_use]
    pub fn severity_on(&self, today: Date) -> Severity {
        self.severity.min(self.verb.ceiling(today))
    }

    /// Where the rule comes into the policy; `None` for the tool's own.
    #[must_use]
    pub fn location(&self) -> Option<&Location> {
        match &self.origin {
            Origin::File { location } | Origin::Layer { location } => Some(location),
            Origin::Pack { entry, .. } => Some(entry),
            Origin::Upkeep => None,
        }
    }
}

#[cfg(test)]
mod tests;
