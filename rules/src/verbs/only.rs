//! `only = { from, to }`: nothing but `from` may use `to`.
//!
//! What is in `to` may use itself. Everything else of the workspace may not, whether or
//! not it is in a layer. Where both capture something by the same name, the rule holds for
//! each value by itself: `{ from = "app::<context>::service", to = "app::<context>::store" }`
//! gives the store of each context to its own service.

use super::edges::{crossings, violation};
use super::sides::{Joint, Pairs, Side, Sides};
use super::{Part, Role, Rule, Verdict};
use crate::context::Context;
use crate::planting::{Plant, Unprovable};
use crate::policy::{LayerId, Operand};

/// The verb `only`.
#[derive(Clone, Debug)]
pub struct Only {
    /// Who may.
    pub from: Operand,
    /// What nobody else may use.
    pub to: Operand,
    /// Whether both capture something by the same name, so that only those may that agree
    /// in it.
    pub compares: bool,
}

impl Rule for Only {
    fn id(&self) -> &'static str {
        "only"
    }

    fn sentence(&self) -> String {
        format!("only {} may use {}", self.from.all(), self.to.all())
    }

    fn operands(&self) -> Vec<Part<'_>> {
        vec![
            Part { key: "from", operand: &self.from, role: Role::Allowed },
            Part { key: "to", operand: &self.to, role: Role::Object },
        ]
    }

    fn separates(&self, from: LayerId, to: LayerId) -> bool {
        let is_other = !self.from.names(from) && !self.to.names(from);
        is_other && self.from.is_of_layers() && self.to.names(to)
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let joint = self.compares.then(|| Joint::new(context, &self.from, &self.to));
        let sides = self.sides(context, joint.as_ref());
        let violations = crossings(context, &sides)
            .into_iter()
            .map(|crossing| violation(context, &sides, crossing))
            .collect();
        Verdict { violations, idle: None }
    }

    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        let joint = self.compares.then(|| Joint::new(context, &self.from, &self.to));
        self.sides(context, joint.as_ref()).plants(context, Some(&self.to), name)
    }
}

impl Only {
    fn sides<'s>(&'s self, context: &Context<'_>, joint: Option<&'s Joint>) -> Sides<'s> {
        let from = context.ranks(&self.from);
        let to = context.ranks(&self.to);
        let side = |node| match (to.contains(node), from.contains(node), joint.is_some()) {
            (true, _, true) => Side::Both,
            (true, _, false) => Side::To,
            (false, true, false) => Side::Neither,
            (false, _, _) => Side::From,
        };
        let pairs = joint.map(|joint| Pairs {
            count: Box::new(|from, to| {
                !joint.agree(from, to) && !joint.to.agree(from, &joint.to, to)
            }),
            groups: joint.groups(context),
        });
        Sides {
            of: context.tree.nodes().map(side).collect(),
            pairs,
            kinds: None,
            remark: format!(": only {} may", self.from.all()),
            to: Some(&self.to),
        }
    }
}
