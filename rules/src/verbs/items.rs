//! `items` with `must` or `must-not`: where things stand and what they look like.
//!
//! `items` selects; each selected item must be as `must` says, and must not be as
//! `must-not` says. Selector and demand are of the same form: all keys must hold, a list
//! means any of its entries, and `any`, `all` and `not` combine. Fields and `use`
//! declarations are selected where `kind` names them.

mod amount;
mod clause;
mod effective;
mod implemented;
mod logic;
mod marks;
mod measures;
mod members;
mod mentions;
mod named;
mod operands;
mod parts;
mod place;
mod planting;
mod prepared;
mod properties;
mod selector;
mod subject;
mod uses;
mod words;

pub use amount::Amount;
pub use implemented::Implemented;
pub(super) use measures::{Measured, measured, speaks_of, wants};
pub use mentions::{Returns, Types};
pub use named::NamedTarget;
pub use parts::Parts;
pub use selector::Selector;
pub use words::{Flag, KIND_WORDS, RECEIVER_WORDS, VisibilityWord};

pub(crate) use members::methods_in;
pub(crate) use subject::Subject;

use clause::Clause;
use prepared::Prepared;

use super::{Part, Rule, Verdict, Violation};
use crate::context::Context;
use crate::facts::{FieldId, ImportId, ItemId, ItemKind, ModuleId, Needs};
use crate::finding::Label;
use crate::planting::{Plant, Unprovable};

/// The verb `items`.
#[derive(Clone, Debug)]
pub struct Items {
    /// Which items are meant.
    pub items: Selector,
    /// What each of them must be.
    pub must: Option<Selector>,
    /// What none of them may be.
    pub must_not: Option<Selector>,
    /// What is demanded, in the words of who wrote the rule: "must hold no state".
    pub says: Option<String>,
}

impl Items {
    fn selectors(&self) -> impl Iterator<Item = &Selector> {
        [Some(&self.items), self.must.as_ref(), self.must_not.as_ref()].into_iter().flatten()
    }
}

impl Rule for Items {
    fn id(&self) -> &'static str {
        "items"
    }

    fn sentence(&self) -> String {
        if let Some(says) = &self.says {
            return format!("what {} {says}", self.items.sentence());
        }
        let must = self.must.as_ref().map(Selector::demand);
        let must_not = self.must_not.as_ref().map(Selector::refusal);
        let demands: Vec<String> = must.into_iter().chain(must_not).collect();
        format!("what {} {}", self.items.sentence(), demands.join(" and "))
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        operands::of_subjects(&self.items, &mut parts);
        // What must be somewhere breaks the rule when that is nowhere, so that only what
        // must not be somewhere can go unseen.
        if let Some(must) = &self.must {
            operands::of_demand(must, &mut parts);
        }
        if let Some(must_not) = &self.must_not {
            operands::of_refusal(must_not, &mut parts);
        }
        parts
    }

    fn needs(&self) -> Needs {
        self.selectors().fold(Needs::default(), |needs, selector| needs | operands::needs(selector))
    }

    /// An item that is selected and not as is demanded.
    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        planting::plants(self, context, name)
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let items = Prepared::new(&self.items, context);
        let must = self.must.as_ref().map(|must| Prepared::new(must, context));
        let must_not = self.must_not.as_ref().map(|must_not| Prepared::new(must_not, context));
        let mut verdict = Verdict::default();
        let mut selected = 0_usize;
        let subjects = subjects(&self.items, context);
        for subject in subjects.into_iter().filter(|subject| items.holds(context, *subject)) {
            selected += 1;
            if let Some(must) = &must {
                let failures = must.failures(context, subject);
                if !failures.is_empty() {
                    let demand = Clause::joined(&failures, " and ").must();
                    let why = must.objections(context, subject);
                    verdict.violations.push(self.violation(
                        context,
                        subject,
                        Breach { demand, kind: "must", why, selected: &items },
                    ));
                }
            }
            if let (Some(prepared), Some(selector)) = (&must_not, &self.must_not)
                && prepared.holds(context, subject)
            {
                verdict.violations.push(self.violation(
                    context,
                    subject,
                    Breach {
                        demand: selector.refusal(),
                        kind: "must-not",
                        why: prepared.evidence(context, subject),
                        selected: &items,
                    },
                ));
            }
        }
        if selected == 0 {
            verdict.idle = Some(format!("there is no item that {}", self.items.sentence()));
        }
        verdict
    }
}

/// Everything that `selector` may select and that the rule holds for.
fn subjects(selector: &Selector, context: &Context<'_>) -> Vec<Subject> {
    let facts = context.facts;
    let modules = (0..facts.modules.len()).map(|id| Subject::Module(ModuleId::new(id)));
    let items = (0..facts.items.len()).map(|id| Subject::Item(ItemId::new(id)));
    // Modules are told by the modules themselves.
    let items = items.filter(|item| item.kind(context) != Some(ItemKind::Module));
    let parts = |kind, count| if selector.names_kind(kind) { count } else { 0 };
    let fields = 0..parts(ItemKind::Field, facts.fields.len());
    let imports = 0..parts(ItemKind::Use, facts.imports.len());
    let fields = fields.map(|id| Subject::Field(FieldId::new(id)));
    let imports = imports.map(|id| Subject::Import(ImportId::new(id)));
    let all = modules.chain(items).chain(fields).chain(imports);
    all.filter(|subject| subject.counts(context)).collect()
}

/// What a selector selects, as far as the rule holds for it.
pub(crate) fn selected(selector: &Selector, context: &Context<'_>) -> Vec<Subject> {
    let prepared = Prepared::new(selector, context);
    let mut subjects = subjects(selector, context);
    subjects.retain(|subject| prepared.holds(context, *subject));
    subjects
}

/// What an item does not keep to.
struct Breach<'b, 's> {
    demand: String,
    kind: &'static str,
    why: Vec<Label>,
    selected: &'b Prepared<'s>,
}

impl Items {
    fn violation(
        &self,
        context: &Context<'_>,
        subject: Subject,
        breach: Breach<'_, '_>,
    ) -> Violation {
        let Breach { demand, kind, why: mut secondary, selected } = breach;
        let word = subject.kind_word(context);
        let location = subject.location(context);
        if secondary.is_empty() {
            // Then what is wrong with it is that it was selected.
            secondary = selected.evidence(context, subject);
        }
        secondary.retain(|label| label.location != location);
        let says = self.says.as_ref().unwrap_or(&demand);
        let text = if demand.len() > LONGEST_LABEL { says } else { &demand };
        Violation {
            message: format!("the {word} {} {says}", subject.describe(context)),
            primary: Label { location, text: text.clone() },
            secondary,
            chain: Vec::new(),
            from: subject.node(context),
            to: Vec::new(),
            written: subject.identity(context),
            kind,
            ceiling: None,
        }
    }
}

/// The bytes of a demand that are still read beside the source.
const LONGEST_LABEL: usize = 80;

#[cfg(test)]
mod tests;
