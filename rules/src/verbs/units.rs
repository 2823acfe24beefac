//! Parts of the workspace that a rule looks at as wholes: layers, crates, modules, slices.

mod slices;
mod violations;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::context::{Context, Ranks};
use crate::facts::{Dependency, DependencyId, ModuleId};
use crate::pattern::Captured;
use crate::policy::{LayerId, Operand};
use crate::prose;
use crate::tree::{NodeId, Thing};
use slices::{Slice, slices};

/// The number of what is in no unit.
const NONE: u32 = u32::MAX;

/// What units a rule speaks of.
#[derive(Clone, Debug)]
pub enum Scope {
    /// The layers; where they capture a context, those of each context by themselves.
    Layers,
    /// The packages of the workspace, each with all of its crates.
    Crates,
    /// The modules. Of two modules the parts below the module that holds both are compared,
    /// each with everything in it, so that a module and what is below it are never apart.
    Modules,
    /// What patterns name: each thing by itself, and where they capture, each value.
    Slices(Operand),
}

impl Scope {
    /// The words that stand for all but slices.
    pub const WORDS: [&'static str; 3] = ["layers", "crates", "modules"];

    /// The scope that a word stands for.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "layers" => Some(Self::Layers),
            "crates" => Some(Self::Crates),
            "modules" => Some(Self::Modules),
            _ => None,
        }
    }

    /// The units in words: "the modules", "`features::<one>`".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Layers => "the layers".to_owned(),
            Self::Crates => "the crates".to_owned(),
            Self::Modules => "the modules".to_owned(),
            Self::Slices(operand) => operand.all(),
        }
    }

    /// The patterns of slices, with the key they are written under.
    pub(super) fn operand<'s>(&'s self, key: &'static str) -> Option<(&'static str, &'s Operand)> {
        match self {
            Self::Slices(operand) => Some((key, operand)),
            Self::Layers | Self::Crates | Self::Modules => None,
        }
    }

    /// What several units are called.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Layers => "layers",
            Self::Crates => "crates",
            Self::Modules => "modules",
            Self::Slices(_) => "parts",
        }
    }
}

/// A part of the workspace.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// As messages call it.
    pub(super) name: String,
    /// The node by which it is identified.
    pub(super) node: NodeId,
    /// The things that are named and below which it lies.
    pub(super) roots: Vec<NodeId>,
}

/// The units of a rule, sorted by their nodes.
#[derive(Clone, Debug)]
pub(super) struct Units {
    pub(super) list: Vec<Unit>,
    /// The unit of each node; the deepest where several hold it.
    of: Vec<u32>,
    /// Whether units lie within each other, as modules do.
    is_nested: bool,
}

/// What one unit uses of another.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    pub(super) from: u32,
    pub(super) to: u32,
    /// One dependency for each place in the source, in their order; never empty.
    pub(super) places: Vec<DependencyId>,
}

impl Units {
    pub(super) fn new(context: &Context<'_>, scope: &Scope) -> Self {
        match scope {
            Scope::Layers => Self::of_layers(context),
            Scope::Crates => Self::of_packages(context),
            Scope::Modules => Self::of_modules(context),
            Scope::Slices(operand) => Self::of_operand(context, operand),
        }
    }

    /// The same units, none of which lies within another: a module is apart from those below
    /// it.
    pub(super) fn apart(self) -> Self {
        Self { is_nested: false, ..self }
    }

    /// The unit of a node.
    pub(super) fn of(&self, node: NodeId) -> Option<u32> {
        Some(self.of[node.index()]).filter(|unit| *unit != NONE)
    }

    fn of_layers(context: &Context<'_>) -> Self {
        let mut parts: BTreeMap<(LayerId, &Captured), Vec<NodeId>> = BTreeMap::new();
        for node in context.tree.nodes().filter(|node| !context.tree.is_outside(*node)) {
            if let Some(layer) = context.layering.layer(node) {
                parts.entry((layer, context.layering.captured(node))).or_default().push(node);
            }
        }
        let named = parts.into_iter().map(|((layer, captured), nodes)| {
            let layer = &context.policy.layer(layer).name;
            let name = match captured.words() {
                Some(context) => format!("`{layer}` of {context}"),
                None => format!("`{layer}`"),
            };
            (Slice { name, roots: Vec::new(), layer: None }, nodes)
        });
        Self::of_nodes(context, named.collect())
    }

    fn of_packages(context: &Context<'_>) -> Self {
        let mut parts: BTreeMap<usize, Vec<NodeId>> = BTreeMap::new();
        for root in context.tree.crates() {
            if let Some(package) = context.tree.package(root.node) {
                parts.entry(package.index()).or_default().push(root.node);
            }
        }
        let facts = context.facts;
        let name = |package: usize| facts.names.text(facts.packages[package].name);
        let named = parts.into_iter().map(|(package, roots)| {
            let nodes = roots.iter().flat_map(|root| context.tree.subtree(*root));
            let nodes = nodes.map(NodeId::new).collect();
            (Slice { name: format!("`{}`", name(package)), roots, layer: None }, nodes)
        });
        Self::of_nodes(context, named.collect())
    }

    fn of_modules(context: &Context<'_>) -> Self {
        let modules = 0..context.facts.modules.len();
        let list = modules.map(ModuleId::new).map(|module| {
            let node = context.tree.module(module);
            // What a module is called is asked for the few that messages name.
            Unit { name: String::new(), node, roots: vec![node] }
        });
        let of = |node| context.module_of(node).map_or(NONE, ModuleId::number);
        Self { list: list.collect(), of: context.tree.nodes().map(of).collect(), is_nested: true }
    }

    /// What an operand names, each thing by itself; what is captured with the same value is one.
    pub(super) fn of_operand(context: &Context<'_>, operand: &Operand) -> Self {
        let slices = slices(context, operand);
        let mut slice_of = vec![usize::MAX; context.tree.len()];
        for (index, slice) in slices.iter().enumerate() {
            let Some(layer) = slice.layer else { continue };
            for node in context.tree.nodes().filter(|node| !context.tree.is_outside(*node)) {
                if context.layering.layer(node) == Some(layer) {
                    slice_of[node.index()] = index;
                }
            }
        }
        let mut roots: Vec<(u16, usize, NodeId)> = Vec::new();
        for (index, slice) in slices.iter().enumerate().filter(|(_, slice)| slice.layer.is_none()) {
            roots.extend(slice.roots.iter().map(|node| (context.tree.depth(*node), index, *node)));
        }
        // What lies deeper takes its part of what holds it; the first of several takes all.
        roots.sort_unstable_by_key(|(depth, index, node)| (*depth, Reverse(*index), *node));
        for (_, index, node) in roots {
            slice_of[context.tree.subtree(node)].fill(index);
        }
        let mut parts: Vec<(Slice, Vec<NodeId>)> =
            slices.into_iter().map(|slice| (slice, Vec::new())).collect();
        for (node, slice) in slice_of.into_iter().enumerate() {
            if let Some((_, nodes)) = parts.get_mut(slice) {
                nodes.push(NodeId::new(node));
            }
        }
        Self::of_nodes(context, parts)
    }

    /// Units that hold just these nodes, each given in ascending order.
    fn of_nodes(context: &Context<'_>, mut parts: Vec<(Slice, Vec<NodeId>)>) -> Self {
        parts.retain(|(_, nodes)| !nodes.is_empty());
        parts.sort_by_key(|(_, nodes)| nodes[0]);
        let mut of = vec![NONE; context.tree.len()];
        let mut list = Vec::with_capacity(parts.len());
        for (slice, nodes) in parts {
            let unit = u32::try_from(list.len()).expect("fewer units than nodes");
            for node in &nodes {
                of[node.index()] = unit;
            }
            list.push(Unit { name: slice.name, node: nodes[0], roots: slice.roots });
        }
        Self { list, of, is_nested: false }
    }

    /// Pairs of units that lie beside each other, each by a module of it, for as many as
    /// `is_meant` picks.
    pub(super) fn strangers(
        &self,
        context: &Context<'_>,
        is_meant: impl Fn(NodeId) -> bool,
    ) -> Vec<[NodeId; 2]> {
        let parent = |node| context.tree.parent(node);
        let is_module = |node: NodeId| matches!(context.tree.thing(node), Thing::Module(module) if context.counts_module(module));
        let nodes: Vec<NodeId> = self
            .list
            .iter()
            .map(|unit| unit.node)
            .filter(|node| is_module(*node) && is_meant(*node))
            .collect();
        let mut pairs = Vec::new();
        for (index, one) in nodes.iter().enumerate() {
            let mut others = nodes[index + 1..].iter();
            let is_beside = |other: &&NodeId| {
                !self.is_nested || (parent(**other) == parent(*one) && parent(*one).is_some())
            };
            pairs.extend(others.find(is_beside).map(|other| [*one, *other]));
        }
        pairs
    }

    /// Pairs of units of which the one can be made to use the other, as far as `is_meant` picks
    /// them: all that lie beside each other, of the first few.
    pub(super) fn neighbours(
        &self,
        context: &Context<'_>,
        is_meant: impl Fn(NodeId) -> bool,
    ) -> Vec<[u32; 2]> {
        const MOST: usize = 40;
        let parent = |unit: u32| context.tree.parent(self.list[unit as usize].node);
        let is_module = |node: NodeId| matches!(context.tree.thing(node), Thing::Module(module) if context.counts_module(module));
        let units: Vec<u32> = (0..)
            .zip(&self.list)
            .filter(|(_, unit)| is_module(unit.node) && is_meant(unit.node))
            .map(|(index, _)| index)
            .take(MOST)
            .collect();
        let is_beside = |one: u32, other: u32| {
            !self.is_nested || (parent(one) == parent(other) && parent(one).is_some())
        };
        let pairs = units.iter().flat_map(|one| units.iter().map(move |other| [*one, *other]));
        pairs.filter(|[one, other]| one != other && is_beside(*one, *other)).collect()
    }

    /// A unit as messages call it.
    pub(super) fn describe(&self, context: &Context<'_>, unit: u32) -> String {
        let unit = &self.list[unit as usize];
        if unit.name.is_empty() { context.describe(unit.node) } else { unit.name.clone() }
    }

    /// Several units as messages call them, the first few by name.
    pub(super) fn enumerate(&self, context: &Context<'_>, units: &[u32]) -> String {
        const MOST: usize = 3;
        let mut names: Vec<String> =
            units.iter().take(MOST).map(|unit| self.describe(context, *unit)).collect();
        if units.len() > MOST {
            names.push(format!("{} more", units.len() - MOST));
        }
        prose::series(&names, "and")
    }

    /// The two units that a dependency joins, if it joins any.
    fn joined(&self, context: &Context<'_>, dependency: &Dependency) -> Option<(u32, u32)> {
        let from = self.of(context.tree.source(dependency))?;
        let to = self.of(context.tree.target(dependency.to))?;
        if !self.is_nested {
            return (from != to).then_some((from, to));
        }
        let parent = |unit: u32| context.facts.modules[unit as usize].parent.map(ModuleId::number);
        let depth = |unit: u32| context.tree.depth(self.list[unit as usize].node);
        let (mut from, mut to) = (from, to);
        while depth(from) > depth(to) {
            from = parent(from)?;
        }
        while depth(to) > depth(from) {
            to = parent(to)?;
        }
        if from == to {
            return None;
        }
        while parent(from)? != parent(to)? {
            (from, to) = (parent(from)?, parent(to)?);
        }
        Some((from, to))
    }

    /// What units use of each other, sorted by number: dependencies that the rule holds for
    /// and that have both ends in `within`. A place counts once.
    pub(super) fn flows(&self, context: &Context<'_>, within: Option<&Ranks>) -> Vec<Flow> {
        let is_within = |node| within.is_none_or(|within| within.contains(node));
        let mut joined: Vec<(u32, u32, DependencyId)> = Vec::new();
        for (index, dependency) in context.facts.dependencies.iter().enumerate() {
            let Some((from, to)) = self.joined(context, dependency) else { continue };
            let restated = dependency.restates.map(|id| &context.facts.dependencies[id.index()]);
            let counts = is_within(context.tree.source(dependency))
                && is_within(context.tree.target(dependency.to))
                && context.counts(dependency)
                && restated.is_none_or(|restated| !context.counts(restated));
            if counts {
                joined.push((from, to, DependencyId::new(index)));
            }
        }
        joined.sort_unstable();
        let mut flows: Vec<Flow> = Vec::new();
        for (from, to, id) in joined {
            let place = |id: DependencyId| {
                let dependency = &context.facts.dependencies[id.index()];
                (dependency.file, dependency.span)
            };
            match flows.last_mut().filter(|flow| flow.from == from && flow.to == to) {
                Some(flow) => {
                    if flow.places.last().is_none_or(|last| place(*last) != place(id)) {
                        flow.places.push(id);
                    }
                }
                None => flows.push(Flow { from, to, places: vec![id] }),
            }
        }
        flows
    }
}

/// The flow from one unit to another in what [`Units::flows`] gave.
pub(super) fn flow(flows: &[Flow], from: u32, to: u32) -> Option<&Flow> {
    let index = flows.binary_search_by_key(&(from, to), |flow| (flow.from, flow.to)).ok()?;
    flows.get(index)
}
