//! `forbid = { from, to, via, kinds }`: what is in `from` may not use what is in `to`.
//!
//! A dependency breaks the rule when it starts in `from` and leads into `to`, or goes
//! through a re-export that stands in `to`. Where one of the two subtrees lies within the
//! other, a thing is on the side that names it more exactly, so that
//! `{ from = "shop", to = "shop::legacy" }` leaves `shop::legacy` itself alone, and a
//! layer is never kept from using itself. With `via = "any"`, chains through other
//! modules and crates count too: see [`super::reach`].
//!
//! Where both capture something by the same name, the rule holds for each value by itself:
//! `{ from = "app::<context>::domain", to = "app::<context>::db" }` keeps the domain of each
//! context from the database of the same context, and `{ from = "features::<one>", to =
//! "features::<!one>" }` each feature from all others.

use super::edges::{crossings, violation};
use super::sides::{Joint, Pairs, Side, Sides};
use super::{Part, Role, Rule, Verdict, Violation, reach};
use crate::context::Context;
use crate::facts::{DependencyId, DependencyKind, Needs};
use crate::planting::{Plant, Unprovable};
use crate::policy::raw::Via;
use crate::policy::{LayerId, Operand};
use crate::tree::NodeId;

/// The verb `forbid`.
#[derive(Clone, Debug)]
pub struct Forbid {
    /// Who may not.
    pub from: Operand,
    /// What they may not use.
    pub to: Operand,
    /// Whether chains count.
    pub via: Via,
    /// The kinds of dependencies that count; all, if absent.
    pub kinds: Option<Vec<DependencyKind>>,
    /// Whether `to` can be an outside crate that is only reached through others.
    pub reaches_outside: bool,
    /// Whether both capture something by the same name, so that only those are kept apart
    /// that agree in it.
    pub compares: bool,
}

impl Rule for Forbid {
    fn id(&self) -> &'static str {
        "forbid"
    }

    fn sentence(&self) -> String {
        let verb = match self.via {
            Via::Direct => "may not use",
            Via::Any => "may not reach, even through others,",
        };
        format!("{} {verb} {}", self.from.all(), self.to.sentence())
    }

    fn operands(&self) -> Vec<Part<'_>> {
        vec![
            Part { key: "from", operand: &self.from, role: Role::Subject },
            Part { key: "to", operand: &self.to, role: Role::Object },
        ]
    }

    fn separates(&self, from: LayerId, to: LayerId) -> bool {
        from != to && self.kinds.is_none() && self.from.names(from) && self.to.names(to)
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let joint = self.compares.then(|| Joint::new(context, &self.from, &self.to));
        let of = self.sides(context, joint.as_ref());
        let swallows = !of.iter().any(|side| matches!(side, Side::To | Side::Both)) && {
            let to = context.ranks(&self.to);
            context.tree.nodes().any(|node| to.contains(node))
        };
        let idle = swallows
            .then(|| "everything in `to` is in `from` as well, so nothing is forbidden".to_owned());
        let sides = self.with_words(of, pairs(context, joint.as_ref()));
        let mut violations: Vec<_> = crossings(context, &sides)
            .into_iter()
            .map(|crossing| violation(context, &sides, crossing))
            .collect();
        if self.via == Via::Any {
            match &joint {
                None => violations.extend(reach::chains(context, &sides)),
                Some(joint) => violations.extend(self.chains(context, joint, &sides)),
            }
        }
        Verdict { violations, idle }
    }

    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        let joint = self.compares.then(|| Joint::new(context, &self.from, &self.to));
        let of = self.sides(context, joint.as_ref());
        let sides = self.with_words(of, pairs(context, joint.as_ref()));
        sides.plants(context, Some(&self.to), name)
    }

    fn needs(&self) -> Needs {
        Needs { external_graph: self.reaches_outside, ..Needs::default() }
    }
}

/// What is kept from what, where captures are compared.
fn pairs<'j>(context: &Context<'_>, joint: Option<&'j Joint>) -> Option<Pairs<'j>> {
    let joint = joint?;
    let count = |from, to| joint.agree(from, to);
    Some(Pairs { count: Box::new(count), groups: joint.groups(context) })
}

impl Forbid {
    /// The dependencies that break the rule by themselves.
    pub(crate) fn direct(&self, context: &Context<'_>) -> Vec<DependencyId> {
        let joint = self.compares.then(|| Joint::new(context, &self.from, &self.to));
        let of = self.sides(context, joint.as_ref());
        let sides = self.with_words(of, pairs(context, joint.as_ref()));
        crossings(context, &sides).into_iter().map(|crossing| crossing.dependency).collect()
    }

    /// The side of every node.
    fn sides(&self, context: &Context<'_>, joint: Option<&Joint>) -> Vec<Side> {
        let from = context.ranks(&self.from);
        let to = context.ranks(&self.to);
        let side = |node| {
            // Only code of the workspace uses anything.
            let is_from = from.contains(node) && !context.tree.is_outside(node);
            match (is_from, to.contains(node)) {
                // What the rule keeps from some things and some things from it.
                (true, true) if joint.is_some_and(|joint| !joint.agree(node, node)) => Side::Both,
                (true, true) if to.rank(node) > from.rank(node) => Side::To,
                (true, _) => Side::From,
                (false, true) => Side::To,
                (false, false) => Side::Neither,
            }
        };
        context.tree.nodes().map(side).collect()
    }

    fn with_words<'s>(&'s self, of: Vec<Side>, pairs: Option<Pairs<'s>>) -> Sides<'s> {
        let (kinds, to) = (self.kinds.as_deref(), Some(&self.to));
        Sides { of, pairs, kinds, remark: String::new(), to }
    }

    /// Chains where captures are compared: each class of sources has targets of its own,
    /// and may go through the targets of the others.
    fn chains(&self, context: &Context<'_>, joint: &Joint, all: &Sides<'_>) -> Vec<Violation> {
        let mut violations = Vec::new();
        for (class, agreeing) in joint.agreeing().into_iter().enumerate() {
            let side = |node: NodeId| {
                let is_target = || agreeing[joint.to.class(node) as usize];
                if all.is_from(node) && joint.from.class(node) as usize == class {
                    Side::From
                } else if all.is_to(node) && is_target() {
                    Side::To
                } else {
                    Side::Neither
                }
            };
            let of: Vec<Side> = context.tree.nodes().map(side).collect();
            if of.contains(&Side::From) && of.contains(&Side::To) {
                violations.extend(reach::chains(context, &self.with_words(of, None)));
            }
        }
        violations
    }
}

#[cfg(test)]
mod tests;
