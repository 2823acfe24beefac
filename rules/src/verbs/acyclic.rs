//! `acyclic = { scope, within }`: no part of the workspace depends on itself through others.
//!
//! The parts are the layers, the crates, the modules, or what patterns name; see
//! [`Scope`]. All parts that can be reached from each other are found at once, and of the
//! dependencies among them those are reported that are cheapest to cut: the ones with the
//! fewest places in the source, without which no cycle is left. Each of them is a violation
//! of its own, shown with a shortest cycle it closes.
//!
//! ```toml
//! [rules.modules-have-an-order]
//! acyclic = { scope = "modules", within = "shop::domain" }
//! because = "code that goes in circles can only be understood, tested and moved as a whole"
//! ```

use super::edges::edge_step;
use super::units::{Flow, Scope, Units, flow};
use super::{Part, Role, Rule, Verdict, Violation};
use crate::context::Context;
use crate::facts::DependencyId;
use crate::finding::Step;
use crate::graph::{Edge, Tangle, tangles};
use crate::planting::dependencies::using;
use crate::planting::{Plant, Unprovable};
use crate::policy::Operand;
use crate::prose;
use crate::tree::NodeId;

/// The most ways of making a cycle that are tried.
const PLANTS: usize = 6;

/// The verb `acyclic`.
#[derive(Clone, Debug)]
pub struct Acyclic {
    /// The parts that form no cycle.
    pub scope: Scope,
    /// Where both ends of a dependency must lie; anywhere, if absent.
    pub within: Option<Operand>,
}

impl Rule for Acyclic {
    fn id(&self) -> &'static str {
        "acyclic"
    }

    fn sentence(&self) -> String {
        let place = match &self.within {
            Some(within) => format!(" within {}", within.sentence()),
            None => String::new(),
        };
        format!("there are no cycles among {}{place}", self.scope.words())
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let within = self.within.as_ref().map(|within| ("within", within));
        let part = |(key, operand)| Part { key, operand, role: Role::Subject };
        self.scope.operand("scope").into_iter().chain(within).map(part).collect()
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let units = Units::new(context, &self.scope);
        let within = self.within.as_ref().map(|within| context.ranks(within));
        if units.list.is_empty() {
            let idle = Some(format!("there are no {} to form a cycle", self.scope.noun()));
            return Verdict { violations: Vec::new(), idle };
        }
        let flows = units.flows(context, within.as_ref());
        let edges: Vec<Edge> = flows
            .iter()
            .map(|flow| Edge { from: flow.from, to: flow.to, weight: weight(flow.places.len()) })
            .collect();
        let judgement = Judgement { context, units: &units, flows: &flows, scope: &self.scope };
        let violations = tangles(&edges)
            .iter()
            .flat_map(|tangle| tangle.cut.iter().map(move |edge| (tangle, *edge)))
            .filter_map(|(tangle, edge)| judgement.violation(tangle, edge))
            .collect();
        Verdict { violations, idle: None }
    }

    /// The way back of what one part uses of another, or both ways where none uses any.
    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        let units = Units::new(context, &self.scope);
        let within = self.within.as_ref().map(|within| context.ranks(within));
        let flows = units.flows(context, within.as_ref());
        let mut plants: Vec<Plant> = flows
            .iter()
            .filter_map(|flow| {
                let there = &context.facts.dependencies[flow.places[0].index()];
                let back = context.module_of(context.tree.target(there.to))?;
                let name = format!("{name}_{}_{}", flow.from, flow.to);
                Some(Plant::new(using(context, back, context.tree.module(there.from), &name)?))
            })
            .take(PLANTS)
            .collect();
        if plants.is_empty() {
            let is_within =
                |node: NodeId| within.as_ref().is_none_or(|within| within.contains(node));
            plants = units
                .strangers(context, is_within)
                .into_iter()
                .filter_map(|[one, other]| {
                    let module = |node| context.module_of(node);
                    let mut edits = using(context, module(one)?, other, &format!("{name}_0"))?;
                    edits.extend(using(context, module(other)?, one, &format!("{name}_1"))?);
                    Some(Plant::new(edits))
                })
                .take(PLANTS)
                .collect();
        }
        if plants.is_empty() {
            let reason =
                format!("no two of the {} can be made to use each other", self.scope.noun());
            return Err(Unprovable(reason));
        }
        Ok(plants)
    }
}

fn weight(places: usize) -> u32 {
    u32::try_from(places).unwrap_or(u32::MAX)
}

struct Judgement<'j> {
    context: &'j Context<'j>,
    units: &'j Units,
    flows: &'j [Flow],
    scope: &'j Scope,
}

impl Judgement<'_> {
    /// The violation of a dependency that is to be cut.
    fn violation(&self, tangle: &Tangle, edge: Edge) -> Option<Violation> {
        let places = self.places(edge.from, edge.to);
        let way = tangle.way(edge.to, edge.from)?;
        let between = way.get(1..way.len().saturating_sub(1)).unwrap_or_default();
        let back = if between.is_empty() {
            "which uses it".to_owned()
        } else {
            let through = self.units.enumerate(self.context, between);
            format!("which leads back to it through {through}")
        };
        let message = format!(
            "{} must not use {}, {back}: {}",
            self.units.describe(self.context, edge.from),
            self.units.describe(self.context, edge.to),
            self.remedy(tangle, places.len()),
        );
        let flow = flow(self.flows, edge.from, edge.to)?;
        let steps = way.windows(2).filter_map(|step| self.step(step[0], step[1]));
        let chain = steps.collect();
        let mut violation = self.units.violation(self.context, flow, message, "cycle")?;
        violation.chain = chain;
        Some(violation)
    }

    /// What it takes to break all cycles of a tangle.
    fn remedy(&self, tangle: &Tangle, own_places: usize) -> String {
        let all: usize = tangle.cut.iter().map(|cut| cut.weight as usize).sum();
        let own = prose::count(own_places, "place");
        if tangle.cut.len() == 1 {
            return format!("{own} to change");
        }
        format!(
            "{own} to change, and {} in all to untangle {} {}",
            all,
            tangle.nodes.len(),
            self.scope.noun()
        )
    }

    fn places(&self, from: u32, to: u32) -> &[DependencyId] {
        flow(self.flows, from, to).map(|flow| &flow.places[..]).unwrap_or_default()
    }

    /// A hop of a cycle, by the first place that makes it.
    fn step(&self, from: u32, to: u32) -> Option<Step> {
        let id = self.places(from, to).first()?;
        Some(edge_step(self.context, &self.context.facts.dependencies[id.index()]))
    }
}
