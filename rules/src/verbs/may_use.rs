//! `may-use` of a layer: of the other layers it uses these and no others.
//!
//! The rule is called after its layer: `domain-may-use`. What is in no layer can be used
//! by all. Where layers capture a context, the rule holds within each.

use super::edges::{crossings, violation};
use super::sides::{Pairs, Side, Sides};
use super::{Part, Role, Rule, Verdict};
use crate::context::Context;
use crate::planting::{Plant, Unprovable};
use crate::policy::{LayerId, Operand};
use crate::prose;

/// The demand of `may-use`.
#[derive(Clone, Debug)]
pub struct MayUse {
    layer: LayerId,
    from: Operand,
    allowed: Vec<LayerId>,
    words: Vec<String>,
}

impl MayUse {
    /// `layer`, which `from` stands for, may use the `allowed` layers, called `words`.
    #[must_use]
    pub fn new(layer: LayerId, from: Operand, allowed: Vec<LayerId>, words: Vec<String>) -> Self {
        Self { layer, from, allowed, words }
    }

    /// Within a context: what layers of different contexts may use of one another is said by
    /// [`super::Contexts`].
    fn pairs<'c>(context: &'c Context<'_>) -> Option<Pairs<'c>> {
        let layering = context.layering;
        if !layering.has_contexts() {
            return None;
        }
        let count = |from, to| layering.context(from).agrees(layering.context(to));
        let groups = context.tree.nodes().map(|node| layering.context_index(node));
        Some(Pairs { count: Box::new(count), groups: groups.collect() })
    }

    fn limit(&self) -> String {
        if self.words.is_empty() {
            "no other layer".to_owned()
        } else {
            format!("only {}", prose::all_of(&self.words))
        }
    }
}

impl Rule for MayUse {
    fn id(&self) -> &'static str {
        "may-use"
    }

    fn sentence(&self) -> String {
        format!("of the layers, {} may use {}", self.from.all(), self.limit())
    }

    fn operands(&self) -> Vec<Part<'_>> {
        vec![Part { key: "may-use", operand: &self.from, role: Role::Subject }]
    }

    fn separates(&self, from: LayerId, to: LayerId) -> bool {
        from == self.layer && to != from && !self.allowed.contains(&to)
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
        self.sides(context).plants(context, None, name)
    }
}

impl MayUse {
    fn sides<'c>(&self, context: &'c Context<'_>) -> Sides<'c> {
        let side = |node| match context.layering.layer(node) {
            Some(layer) if layer == self.layer => {
                if context.tree.is_outside(node) {
                    Side::Neither
                } else {
                    Side::From
                }
            }
            Some(layer) if !self.allowed.contains(&layer) => Side::To,
            _ => Side::Neither,
        };
        Sides {
            of: context.tree.nodes().map(side).collect(),
            pairs: Self::pairs(context),
            kinds: None,
            remark: format!(": {} may use {}", self.from.all(), self.limit()),
            to: None,
        }
    }
}
