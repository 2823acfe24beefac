//! `forbid = { from, to, via, kinds }`: what is in `from` may not use what is in `to`.
//!
//! A dependency breaks the rule when it starts in `from` and leads into `to`, or goes
//! through a re-export that stands in `to`. Where one of the two subtrees lies within the
//! other, a thing is on the side that names it more exactly, so that
//! `{ from = "shop", to = "shop::legacy" }` leaves `shop::legacy` itself alone, and a
//! layer is never kept from using itself. With `via = "any"`, chains through other
//! modules and crates count too: see [`super::reach`].

use super::edges::{Side, Sides, crossings, violation};
use super::{Part, Role, Verb, Verdict, reach};
use crate::context::Context;
use crate::facts::{DependencyKind, Needs};
use crate::policy::raw::Via;
use crate::policy::{LayerId, Operand};

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
}

impl Verb for Forbid {
    fn name(&self) -> &'static str {
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
        let from = context.ranks(&self.from);
        let to = context.ranks(&self.to);
        let side = |node| {
            // Only code of the workspace uses anything.
            let is_from = from.contains(node) && !context.tree.is_outside(node);
            match (is_from, to.contains(node)) {
                (true, true) if to.rank(node) > from.rank(node) => Side::To,
                (true, _) => Side::From,
                (false, true) => Side::To,
                (false, false) => Side::Neither,
            }
        };
        let sides = Sides {
            of: context.tree.nodes().map(side).collect(),
            kinds: self.kinds.as_deref(),
            remark: String::new(),
            to: Some(&self.to),
        };
        let swallows =
            !sides.of.contains(&Side::To) && context.tree.nodes().any(|node| to.contains(node));
        let idle = swallows
            .then(|| "everything in `to` is in `from` as well, so nothing is forbidden".to_owned());
        let mut violations: Vec<_> = crossings(context, &sides)
            .into_iter()
            .map(|crossing| violation(context, &sides, crossing))
            .collect();
        if self.via == Via::Any {
            violations.extend(reach::chains(context, &sides));
        }
        Verdict { violations, idle }
    }

    fn needs(&self) -> Needs {
        Needs { external_graph: self.reaches_outside }
    }
}

#[cfg(test)]
mod tests;
