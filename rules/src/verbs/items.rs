//! `items` with `must` or `must-not`: where things stand and what they look like.
//!
//! `items` selects; each selected item must be as `must` says, and must not be as
//! `must-not` says. Selector and demand are of the same form: all keys must hold, a list
//! means any of its entries, and `any`, `all` and `not` combine.

mod selector;

pub use selector::{KIND_WORDS, NamedTarget, Selector, VisibilityWord};

use selector::{Prepared, Subject};

use super::{Part, Role, Verb, Verdict, Violation};
use crate::context::Context;
use crate::facts::{ItemId, ItemKind, ModuleId};
use crate::finding::Label;

/// The verb `items`.
#[derive(Clone, Debug)]
pub struct Items {
    /// Which items are meant.
    pub items: Selector,
    /// What each of them must be.
    pub must: Option<Selector>,
    /// What none of them may be.
    pub must_not: Option<Selector>,
}

impl Verb for Items {
    fn name(&self) -> &'static str {
        "items"
    }

    fn sentence(&self) -> String {
        let must = self.must.as_ref().map(|must| format!("must {}", must.demand()));
        let must_not =
            self.must_not.as_ref().map(|must_not| format!("must not {}", must_not.demand()));
        let demands: Vec<String> = must.into_iter().chain(must_not).collect();
        format!("what {} {}", self.items.sentence(), demands.join(" and "))
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        if let Some(within) = &self.items.within {
            parts.push(Part { key: "in", operand: within, role: Role::Subject });
        }
        if let Some(within) = self.must.as_ref().and_then(|must| must.within.as_ref()) {
            parts.push(Part { key: "in", operand: within, role: Role::Place });
        }
        if let Some(within) = self.must_not.as_ref().and_then(|must_not| must_not.within.as_ref()) {
            parts.push(Part { key: "in", operand: within, role: Role::Object });
        }
        parts
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let items = Prepared::new(&self.items, context);
        let must = self.must.as_ref().map(|must| Prepared::new(must, context));
        let must_not = self.must_not.as_ref().map(|must_not| Prepared::new(must_not, context));
        let mut verdict = Verdict::default();
        let mut selected = 0_usize;
        for subject in subjects(context).filter(|subject| items.holds(context, *subject)) {
            selected += 1;
            let mut complain = |demand: String, kind| {
                verdict.violations.push(violation(context, subject, &demand, kind));
            };
            if let Some(must) = &must {
                let failures = must.failures(context, subject);
                if !failures.is_empty() {
                    complain(format!("must {}", failures.join(" and ")), "must");
                }
            }
            if let (Some(prepared), Some(selector)) = (&must_not, &self.must_not)
                && prepared.holds(context, subject)
            {
                complain(format!("must not {}", selector.demand()), "must-not");
            }
        }
        if selected == 0 {
            verdict.idle = Some(format!("there is no item that {}", self.items.sentence()));
        }
        verdict
    }
}

/// Every module and item that the rule holds for.
fn subjects<'a>(context: &'a Context<'a>) -> impl Iterator<Item = Subject> + use<'a> {
    let modules = (0..context.facts.modules.len())
        .map(ModuleId::new)
        .filter(|module| context.counts_module(*module))
        .map(Subject::Module);
    let items = (0..context.facts.items.len())
        .map(ItemId::new)
        // Modules are told by the modules themselves.
        .filter(|item| context.facts.items[item.index()].kind != ItemKind::Module)
        .filter(|item| context.counts_item(*item))
        .map(Subject::Item);
    modules.chain(items)
}

fn violation(
    context: &Context<'_>,
    subject: Subject,
    demand: &str,
    kind: &'static str,
) -> Violation {
    let node = subject.node(context);
    let word = subject.kind_word(context);
    Violation {
        message: format!("the {word} {} {demand}", context.describe(node)),
        primary: Label { location: subject.location(context), text: demand.to_owned() },
        secondary: Vec::new(),
        chain: Vec::new(),
        from: node,
        to: Vec::new(),
        written: word.to_owned(),
        kind,
    }
}

#[cfg(test)]
mod tests;
