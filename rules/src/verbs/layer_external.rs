//! `external` of a layer, and the verb `external` with `by = "source"`: of the crates outside
//! the workspace these are used and no others.
//!
//! The rule of a layer is called after it: `domain-external`. The crates that come with the
//! compiler (std, core, alloc, `proc_macro`, test) are nobody's dependency and always
//! allowed; a rule with `forbid` can take parts of them away.

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::edges::{crossings, violation};
use super::sides::{Side, Sides};
use super::{Part, Role, Rule, Verdict, Violation};
use crate::context::Context;
use crate::pattern::Pattern;
use crate::planting::dependencies::{Forbidden, plants};
use crate::planting::{Plant, Unprovable};
use crate::policy::{Operand, Term, TermKind};
use crate::prose;
use crate::tree::{NodeId, is_sysroot};

/// The demand of `external`.
#[derive(Clone, Debug)]
pub struct LayerExternal {
    /// Whether it is a rule of its own, and no key of a layer.
    is_verb: bool,
    from: Operand,
    allowed: Operand,
}

impl LayerExternal {
    /// The layer `from` may use the crates that are `allowed`.
    #[must_use]
    pub fn of_layer(from: Operand, allowed: Operand) -> Self {
        Self { is_verb: false, from, allowed }
    }

    /// What is in `from` may use the crates that are `allowed`. Others are told of once for each
    /// crate that uses them, as they are by Cargo.toml.
    #[must_use]
    pub fn by_source(from: Operand, allowed: Operand) -> Self {
        Self { is_verb: true, from, allowed }
    }

    fn limit(&self) -> String {
        if self.allowed.words.is_empty() {
            "no crate".to_owned()
        } else {
            format!("only {}", self.allowed.all())
        }
    }
}

impl Rule for LayerExternal {
    fn id(&self) -> &'static str {
        "external"
    }

    fn sentence(&self) -> String {
        format!("from outside the workspace, {} may use {}", self.from.all(), self.limit())
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let key = if self.is_verb { "from" } else { "external" };
        vec![Part { key, operand: &self.from, role: Role::Subject }]
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let sides = self.sides(context);
        let violations = crossings(context, &sides)
            .into_iter()
            .map(|crossing| violation(context, &sides, crossing));
        let violations =
            if self.is_verb { once(context, violations) } else { violations.collect() };
        Verdict { violations, idle: None }
    }

    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        // Any crate will do that is not allowed: one that does not exist, if need be.
        let kind = TermKind::Path(Pattern::package(name));
        let location = self.allowed.location.clone();
        let stranger = Term { kind, text: name.to_owned(), location, set: None };
        let outside = Operand { terms: vec![stranger], ..Operand::default() };
        let sides = self.sides(context);
        if !self.is_verb {
            return sides.plants(context, Some(&outside), name);
        }
        // A crate that is used already is told of where it is used first.
        let forbids = |from, to| sides.forbids(from, to);
        let forbidden = Forbidden { forbids: &forbids, kinds: None, outside: Some(&outside) };
        let sources = context.tree.nodes().filter(|node| sides.is_from(*node));
        plants(context, sources, &[], &forbidden, name)
    }
}

/// Of the uses of one crate by another the first that no exception covers, in the place of all.
fn once(context: &Context<'_>, uses: impl Iterator<Item = Violation>) -> Vec<Violation> {
    let root = |node| context.tree.root(node).node;
    let mut excused = Vec::new();
    let mut by_crates: IndexMap<(NodeId, NodeId), (Violation, usize)> = IndexMap::new();
    for violation in uses {
        let Some(to) = violation.to.first().map(|to| root(*to)) else { continue };
        if !context.exceptions.covering(&violation).is_empty() {
            excused.push(violation);
            continue;
        }
        match by_crates.entry((root(violation.from), to)) {
            Entry::Occupied(mut entry) => entry.get_mut().1 += 1,
            Entry::Vacant(entry) => {
                entry.insert((violation, 0));
            }
        }
    }
    let one = |((from, to), (mut violation, others)): (_, (Violation, usize))| {
        if others > 0 {
            let others = prose::count(others, "other place");
            violation.primary.text = format!("{}, and in {others}", violation.primary.text);
        }
        // It stays the same when another use becomes the first.
        let written = context.tree.name(to).to_owned();
        Violation { from, to: vec![to], written, kind: "crate", ..violation }
    };
    excused.into_iter().chain(by_crates.into_iter().map(one)).collect()
}

impl LayerExternal {
    fn sides<'s>(&self, context: &Context<'_>) -> Sides<'s> {
        let from = context.ranks(&self.from);
        let allowed = context.ranks(&self.allowed);
        let comes_with_compiler =
            |node: NodeId| is_sysroot(context.tree.name(context.tree.root(node).node));
        let side = |node| {
            if !context.tree.is_outside(node) {
                return if from.contains(node) { Side::From } else { Side::Neither };
            }
            if allowed.contains(node) || from.contains(node) || comes_with_compiler(node) {
                Side::Neither
            } else {
                Side::To
            }
        };
        Sides {
            of: context.tree.nodes().map(side).collect(),
            pairs: None,
            kinds: None,
            remark: format!(": {} may use {}", self.from.all(), self.limit()),
            to: None,
        }
    }
}
