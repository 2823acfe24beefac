//! The rule `contexts-are-independent`: where layers capture a context, as in
//! `shop::<context>::domain`, contexts meet only through a facade.
//!
//! Nobody writes it: it is there as soon as a layer captures, and can be re-levelled and
//! given exceptions as any other. What a rule with the verb `facade` decides on is left to
//! that rule, so that contexts may use of each other what it exposes. Code of no context,
//! such as a shared kernel or what puts the contexts together, may use them and be used.

use super::edges::{crossings, violation};
use super::sides::{Pairs, Side, Sides};
use super::units::Units;
use super::{Part, Rule, Verdict};
use crate::context::Context;
use crate::planting::{Plant, Unprovable};
use crate::prose;
use crate::tree::NodeId;

/// The demand that contexts do not use each other.
#[derive(Clone, Debug)]
pub struct Contexts {
    /// The names of the layers that capture.
    layers: Vec<String>,
}

impl Contexts {
    /// The id of the rule.
    pub const ID: &'static str = "contexts-are-independent";

    /// What these layers capture is kept apart.
    #[must_use]
    pub fn new(layers: Vec<String>) -> Self {
        Self { layers }
    }
}

impl Rule for Contexts {
    fn id(&self) -> &'static str {
        "contexts"
    }

    fn sentence(&self) -> String {
        let layers = prose::all_of(&self.layers);
        format!("the contexts of {layers} use each other only through a facade")
    }

    fn operands(&self) -> Vec<Part<'_>> {
        Vec::new()
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let gates = gates(context);
        let sides = sides(context, &gates);
        let violations = crossings(context, &sides)
            .into_iter()
            .map(|crossing| violation(context, &sides, crossing))
            .collect();
        Verdict { violations, idle: idle(context, &gates) }
    }

    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        let gates = gates(context);
        sides(context, &gates).plants(context, None, name)
    }
}

/// Why nothing is left to decide, where nothing is.
fn idle(context: &Context<'_>, gates: &[Units]) -> Option<String> {
    let (tree, layering) = (context.tree, context.layering);
    let mut nodes = tree.nodes().filter(|node| !tree.is_outside(*node));
    let is_open = |node: NodeId| {
        layering.context_index(node) != 0 && gates.iter().all(|gate| gate.of(node).is_none())
    };
    let is_decided = !gates.is_empty() && !nodes.any(is_open);
    is_decided.then(|| "of every context a facade decides what may be used".to_owned())
}

/// What has a facade.
fn gates(context: &Context<'_>) -> Vec<Units> {
    context
        .policy
        .rules()
        .iter()
        .filter(|rule| rule.enabled)
        .filter_map(|rule| rule.verb.gate())
        .map(|module| Units::of_operand(context, module))
        .collect()
}

/// Each context against all others.
fn sides<'g>(context: &'g Context<'_>, gates: &'g [Units]) -> Sides<'g> {
    let (tree, layering) = (context.tree, context.layering);
    let has_facade = move |from: NodeId, to: NodeId| {
        gates.iter().any(|gate| gate.of(to).is_some_and(|unit| gate.of(from) != Some(unit)))
    };
    let is_in_context = |node: NodeId| layering.context_index(node) != 0 && !tree.is_outside(node);
    let side = |node| if is_in_context(node) { Side::Both } else { Side::Neither };
    let count = move |from, to| {
        let is_other = layering.context_index(from) != layering.context_index(to)
            && !layering.context(from).agrees(layering.context(to));
        is_other && !has_facade(from, to)
    };
    Sides {
        of: tree.nodes().map(side).collect(),
        pairs: Some(Pairs {
            count: Box::new(count),
            groups: tree.nodes().map(|node| layering.context_index(node)).collect(),
        }),
        kinds: None,
        remark: ": contexts meet only through facades, and it has none".to_owned(),
        to: None,
    }
}
