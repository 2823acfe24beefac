//! `external` of a layer: of the crates outside the workspace it uses these and no
//! others.
//!
//! The rule is called after its layer: `domain-external`. The crates that come with the
//! compiler (std, core, alloc, `proc_macro`, test) are nobody's dependency and always
//! allowed; a rule with `forbid` can take parts of them away.

use super::edges::{crossings, violation};
use super::sides::{Side, Sides};
use super::{Part, Role, Rule, Verdict};
use crate::context::Context;
use crate::pattern::Pattern;
use crate::planting::{Plant, Unprovable};
use crate::policy::{Operand, Term, TermKind};
use crate::tree::{NodeId, is_sysroot};

/// The demand of `external`.
#[derive(Clone, Debug)]
pub struct LayerExternal {
    from: Operand,
    allowed: Operand,
}

impl LayerExternal {
    /// What is in `from` may use the crates that are `allowed`.
    #[must_use]
    pub fn new(from: Operand, allowed: Operand) -> Self {
        Self { from, allowed }
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
        vec![Part { key: "external", operand: &self.from, role: Role::Subject }]
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let sides = self.sides(context);
        let violations = crossings(context, &sides)
            .into_iter()
            .map(|crossing| violation(context, &sides, crossing))
            .collect();
        Verdict { violations, idle: None }
    }

    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        // Any crate will do that is not allowed: one that does not exist, if need be.
        let kind = TermKind::Path(Pattern::package(name));
        let location = self.allowed.location.clone();
        let stranger = Term { kind, text: name.to_owned(), location, set: None };
        let outside = Operand { terms: vec![stranger], ..Operand::default() };
        self.sides(context).plants(context, Some(&outside), name)
    }
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
