//! `only = { from, to }`: nothing but `from` may use `to`.
//!
//! What is in `to` may use itself. Everything else of the workspace may not, whether or
//! not it is in a layer.

use super::edges::{Side, Sides, crossings, violation};
use super::{Part, Role, Verb, Verdict};
use crate::context::Context;
use crate::policy::{LayerId, Operand};

/// The verb `only`.
#[derive(Clone, Debug)]
pub struct Only {
    /// Who may.
    pub from: Operand,
    /// What nobody else may use.
    pub to: Operand,
}

impl Verb for Only {
    fn name(&self) -> &'static str {
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
        let from = context.ranks(&self.from);
        let to = context.ranks(&self.to);
        let side = |node| {
            if to.contains(node) {
                Side::To
            } else if from.contains(node) {
                Side::Neither
            } else {
                Side::From
            }
        };
        let sides = Sides {
            of: context.tree.nodes().map(side).collect(),
            kinds: None,
            remark: format!(": only {} may", self.from.all()),
            to: Some(&self.to),
        };
        let violations = crossings(context, &sides)
            .into_iter()
            .map(|crossing| violation(context, &sides, crossing))
            .collect();
        Verdict { violations, idle: None }
    }
}
