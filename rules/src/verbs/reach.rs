//! Chains through other modules and crates, for `via = "any"`.
//!
//! Modules of the workspace and the packages outside it are the nodes of one graph. A
//! module that may not reach something is reported once, with a shortest chain that
//! begins with a dependency of its own; chains through another module that may not reach
//! it either are that module's. Through outside crates a chain goes by what Cargo says
//! they depend on, so that only whole crates can be reached through them.

use std::collections::BTreeMap;

use super::Violation;
use super::edges::{Crossing, ForbiddenHops, edge_step, kind_word, label, location, step};
use super::sides::Sides;
use crate::context::Context;
use crate::exceptions::ExceptionId;
use crate::facts::{
    Dependency, DependencyId, ExternalLink, ModuleId, PackageDependencyKind, Target,
};
use crate::finding::{Label, Step};
use crate::pattern::normalized;
use crate::tree::NodeId;

/// The distance of what leads nowhere.
const FAR: u32 = u32::MAX;

/// One violation for each module of `From` that reaches something on the other side
/// through modules and crates on neither side. Where exceptions cover that chain, the next
/// one that they leave open is a violation as well.
pub(super) fn chains(context: &Context<'_>, sides: &Sides<'_>) -> Vec<Violation> {
    let mut graphs = BTreeMap::from([(Vec::new(), Graph::new(context, sides, Vec::new()))]);
    let mut violations = Vec::new();
    // The exceptions whose chains have been told, by module; at first none, of all.
    let mut told: Option<BTreeMap<ModuleId, Vec<ExceptionId>>> = None;
    while told.as_ref().is_none_or(|told| !told.is_empty()) {
        let mut next = BTreeMap::new();
        for (module, (closed, start)) in starts(context, sides, told.as_ref(), &mut graphs) {
            let violation = graphs[&closed].violation(start);
            let known = told.as_ref().and_then(|told| told.get(&module)).cloned();
            let mut known = known.unwrap_or_default();
            let covering = context.exceptions.covering(&violation);
            violations.push(violation);
            let before = known.len();
            known.extend(covering);
            known.sort_unstable();
            known.dedup();
            if known.len() > before {
                next.insert(module, known);
            }
        }
        told = Some(next);
    }
    violations
}

/// The dependency that the shortest chain of each module begins with that `told` leaves
/// open, and the exceptions without which it was found. Modules that `told` does not know
/// are passed over.
fn starts<'c, 's>(
    context: &'c Context<'c>,
    sides: &'c Sides<'s>,
    told: Option<&BTreeMap<ModuleId, Vec<ExceptionId>>>,
    graphs: &mut BTreeMap<Vec<ExceptionId>, Graph<'c, 's>>,
) -> BTreeMap<ModuleId, (Vec<ExceptionId>, DependencyId)> {
    let mut best: BTreeMap<ModuleId, (u32, DependencyId)> = BTreeMap::new();
    let mut closed_of = BTreeMap::new();
    for (index, dependency) in context.facts.dependencies.iter().enumerate() {
        let told = match told {
            None => &[][..],
            Some(told) => match told.get(&dependency.from) {
                Some(told) => told,
                None => continue,
            },
        };
        let source = context.tree.source(dependency);
        let is_start = sides.is_from(source)
            && sides.counts_kind(dependency)
            && context.counts(dependency)
            && !sides.is_from(context.tree.target(dependency.to));
        if !is_start {
            continue;
        }
        let place = || location(context, dependency);
        let Some(closed) = context.exceptions.closed_to(told, source, place) else { continue };
        let graph =
            graphs.entry(closed).or_insert_with_key(|key| Graph::new(context, sides, key.clone()));
        let distance = graph.distance[graph.unit(dependency.to)];
        if distance == FAR || graph.is_closed(dependency) || graph.crossing(dependency).is_some() {
            continue;
        }
        let candidate = (distance, DependencyId::new(index));
        if best.get(&dependency.from).is_none_or(|chosen| candidate < *chosen) {
            best.insert(dependency.from, candidate);
            closed_of.insert(dependency.from, graph.closed.clone());
        }
    }
    let start =
        |(module, (_, start))| (module, (closed_of.remove(&module).unwrap_or_default(), start));
    best.into_iter().map(start).collect()
}

/// For each dependency that counts, whether it leads to the other side, itself or through
/// modules and crates on neither side.
pub(super) fn leading(context: &Context<'_>, sides: &Sides<'_>) -> Vec<bool> {
    let graph = Graph::new(context, sides, Vec::new());
    let leads = |dependency: &Dependency| {
        sides.counts_kind(dependency)
            && context.counts(dependency)
            && (graph.crossing(dependency).is_some()
                || graph.distance[graph.unit(dependency.to)] != FAR)
    };
    context.facts.dependencies.iter().map(leads).collect()
}

/// Modules first, then the crates of the tree, numbered as one sequence of units.
struct Graph<'c, 's> {
    context: &'c Context<'c>,
    sides: &'c Sides<'s>,
    hops: ForbiddenHops,
    /// The dependencies of each module that a chain may go through.
    onward: Vec<Vec<DependencyId>>,
    /// What each outside crate depends on, as units.
    outside: Vec<Vec<usize>>,
    /// How many dependencies lead from a unit to the other side.
    distance: Vec<u32>,
    /// The exceptions whose ways are closed.
    closed: Vec<ExceptionId>,
}

impl<'c, 's> Graph<'c, 's> {
    fn new(context: &'c Context<'c>, sides: &'c Sides<'s>, closed: Vec<ExceptionId>) -> Self {
        let modules = context.facts.modules.len();
        let units = modules + context.tree.crates().len();
        let mut graph = Self {
            context,
            sides,
            hops: ForbiddenHops::new(context, sides),
            onward: vec![Vec::new(); modules],
            outside: vec![Vec::new(); units],
            distance: vec![FAR; units],
            closed,
        };
        graph.add_external_graph();
        let mut level = Vec::new();
        let mut before = vec![Vec::new(); units];
        for (unit, targets) in graph.outside.iter().enumerate() {
            for target in targets {
                before[*target].push(unit);
            }
        }
        for (index, dependency) in context.facts.dependencies.iter().enumerate() {
            let is_passage = sides.is_neither(context.tree.source(dependency))
                && sides.counts_kind(dependency)
                && context.counts(dependency)
                && !graph.is_closed(dependency);
            if !is_passage {
                continue;
            }
            let from = dependency.from.index();
            graph.onward[from].push(DependencyId::new(index));
            if graph.crossing(dependency).is_some() {
                graph.distance[from] = 1;
                level.push(from);
            } else {
                before[graph.unit(dependency.to)].push(from);
            }
        }
        graph.measure(level, &before);
        graph
    }

    /// Whether a closed exception names what a dependency leads to or goes through.
    fn is_closed(&self, dependency: &Dependency) -> bool {
        !self.closed.is_empty() && self.ways(dependency).any(|node| self.is_closed_node(node))
    }

    fn is_closed_node(&self, node: NodeId) -> bool {
        self.closed.iter().any(|exception| self.context.exceptions.closes(*exception, node))
    }

    /// What a dependency leads to, and the modules with the re-exports it goes through.
    fn ways(&self, dependency: &Dependency) -> impl Iterator<Item = NodeId> {
        let tree = self.context.tree;
        let hops = self.context.facts.chains[dependency.chain.index()].iter();
        std::iter::once(tree.target(dependency.to)).chain(hops.map(|hop| tree.module(hop.module)))
    }

    fn add_external_graph(&mut self) {
        let (facts, tree) = (self.context.facts, self.context.tree);
        let mut units: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, root) in tree.crates().iter().enumerate() {
            if root.crate_id.is_none() {
                for name in root.names() {
                    units.entry(name).or_insert(facts.modules.len() + index);
                }
            }
        }
        let unit = |name| units.get(normalized(facts.names.text(name)).as_str()).copied();
        // What a build script needs is nothing that code can reach.
        let is_normal = |link: &&ExternalLink| link.kind == PackageDependencyKind::Normal;
        for link in facts.external_graph.iter().filter(is_normal) {
            if let (Some(from), Some(to)) = (unit(link.from), unit(link.to))
                && !self.is_closed_node(tree.crates()[to - facts.modules.len()].node)
            {
                self.outside[from].push(to);
            }
        }
        for targets in &mut self.outside {
            targets.sort_unstable();
            targets.dedup();
        }
    }

    /// Measures distances from the far end: whole outside crates that may not be used are
    /// at 0, the units of `level` at 1.
    fn measure(&mut self, mut level: Vec<usize>, before: &[Vec<usize>]) {
        for (index, root) in self.context.tree.crates().iter().enumerate() {
            let unit = self.context.facts.modules.len() + index;
            let is_open = !self.is_closed_node(root.node);
            if root.crate_id.is_none() && is_open && self.sides.is_to(root.node) {
                self.distance[unit] = 0;
                for from in &before[unit] {
                    if self.distance[*from] == FAR {
                        self.distance[*from] = 1;
                        level.push(*from);
                    }
                }
            }
        }
        let mut distance = 1;
        while !level.is_empty() {
            distance += 1;
            let mut next = Vec::new();
            for unit in level {
                for from in &before[unit] {
                    if self.distance[*from] == FAR {
                        self.distance[*from] = distance;
                        next.push(*from);
                    }
                }
            }
            level = next;
        }
    }

    fn unit(&self, target: Target) -> usize {
        if let Some(module) = self.context.facts.target_module(target) {
            return module.index();
        }
        let node = self.context.tree.target(target);
        self.context.facts.modules.len() + self.context.tree.root_index(node)
    }

    /// The thing on the other side that a dependency leads to or goes through.
    fn crossing(&self, dependency: &Dependency) -> Option<NodeId> {
        let target = self.context.tree.target(dependency.to);
        if self.sides.is_to(target) {
            return Some(target);
        }
        let from = self.context.tree.source(dependency);
        let hop = self.hops.of(self.context, self.sides, from, dependency.chain);
        hop.map(|hop| self.context.tree.module(hop.module))
    }

    fn violation(&self, start: DependencyId) -> Violation {
        let facts = self.context.facts;
        let dependency = &facts.dependencies[start.index()];
        let from = self.context.tree.source(dependency);
        let hops = &facts.chains[dependency.chain.index()];
        let mut chain: Vec<Step> = hops.iter().map(|hop| step(self.context, hop)).collect();
        let own_hops = chain.len();
        let mut to = Vec::new();
        let end = self.follow(dependency, &mut chain, &mut to);
        to.insert(0, end);
        to.extend(self.ways(dependency));
        let steps = chain.len() - own_hops + 1;
        let crossing = Crossing { dependency: start, through: None };
        Violation {
            message: format!(
                "{} must not reach {}, not even through others",
                self.sides.describe(self.context, from),
                self.sides.describe(self.context, end),
            ),
            primary: Label {
                location: location(self.context, dependency),
                text: format!(
                    "{}; leads to `{}` in {steps} steps",
                    label(self.context, dependency, crossing),
                    self.context.tree.path(end)
                ),
            },
            secondary: Vec::new(),
            chain,
            from,
            to,
            written: facts.names.text(dependency.written).to_owned(),
            kind: kind_word(dependency.kind),
            ceiling: None,
        }
    }

    /// Adds the steps behind `start` to `chain`, and what they go through to `through`;
    /// returns what they lead to.
    fn follow<'d>(
        &'d self,
        start: &'d Dependency,
        chain: &mut Vec<Step>,
        through: &mut Vec<NodeId>,
    ) -> NodeId {
        let modules = self.context.facts.modules.len();
        let mut dependency = start;
        let mut unit = self.unit(start.to);
        loop {
            let next = self.distance[unit].saturating_sub(1);
            if unit >= modules {
                let node = self.context.tree.crates()[unit - modules].node;
                let onward = self.outside[unit].iter().find(|to| self.distance[**to] == next);
                let (true, Some(onward)) = (self.distance[unit] > 0, onward) else { return node };
                let to = self.context.tree.crates()[onward - modules].node;
                chain.push(Step {
                    location: location(self.context, dependency),
                    from: self.context.tree.path(node),
                    to: self.context.tree.path(to),
                    how: "cargo".to_owned(),
                    detail: String::new(),
                });
                through.push(to);
                unit = *onward;
                continue;
            }
            let edges =
                self.onward[unit].iter().map(|id| &self.context.facts.dependencies[id.index()]);
            let leads_on = |edge: &&Dependency| match self.crossing(edge) {
                Some(_) => next == 0,
                None => self.distance[self.unit(edge.to)] == next,
            };
            let Some(edge) = edges.into_iter().find(leads_on) else {
                return self.context.tree.module(ModuleId::new(unit));
            };
            chain.push(edge_step(self.context, edge));
            through.extend(self.ways(edge));
            if let Some(end) = self.crossing(edge) {
                return end;
            }
            dependency = edge;
            unit = self.unit(edge.to);
        }
    }
}

#[cfg(test)]
mod tests;
