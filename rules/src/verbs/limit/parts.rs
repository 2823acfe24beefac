//! What is measured of parts of the workspace.

use rustc_hash::FxHashSet;

use super::Metric;
use crate::context::Context;
use crate::facts::{ItemId, ItemKind, ModuleId, Visibility};
use crate::finding::{Label, Location};
use crate::policy::Operand;
use crate::prose;
use crate::tree::Thing;
use crate::verbs::covered::declaration;
use crate::verbs::edges::location;
use crate::verbs::items::Measured;
use crate::verbs::stable::{Coupling, couplings};
use crate::verbs::units::{Flow, Scope, Units};

/// The parts that are measured, each with what it has of `metric`.
pub(super) fn measured(
    context: &Context<'_>,
    scope: &Scope,
    within: Option<&Operand>,
    metric: Metric,
) -> Vec<Measured> {
    let units = Units::new(context, scope).apart();
    let within = within.map(|within| context.ranks(within));
    let is_meant = |unit: usize| {
        let node = units.list[unit].node;
        let counts = match context.tree.thing(node) {
            Thing::Module(module) => context.counts_module(module),
            Thing::Item(item) => context.counts_item(item),
            Thing::Outside => false,
        };
        counts && within.as_ref().is_none_or(|within| within.contains(node))
    };
    let is_module = matches!(scope, Scope::Modules);
    let amounts = Amounts::new(context, &units, metric, is_module);
    let meant = (0..units.list.len()).filter(|unit| is_meant(*unit));
    meant.map(|unit| amounts.of(unit)).collect()
}

/// What every part has.
pub(super) struct Amounts<'a> {
    context: &'a Context<'a>,
    units: &'a Units,
    metric: Metric,
    /// What is counted of each part, where something is.
    counts: Vec<u32>,
    /// How many public types each part has, and how many of them are traits, where that is
    /// asked for.
    types: Vec<(u32, u32)>,
    /// What parts use of each other, where that is asked for.
    flows: Vec<Flow>,
    couplings: Vec<Coupling>,
}

impl<'a> Amounts<'a> {
    pub(super) fn new(
        context: &'a Context<'_>,
        units: &'a Units,
        metric: Metric,
        is_module: bool,
    ) -> Self {
        let counts = match metric {
            Metric::Lines => lines(context, units, is_module),
            Metric::Items | Metric::PublicItems => items(context, units, metric),
            _ => Vec::new(),
        };
        let types = match metric {
            Metric::Distance => types(context, units),
            _ => Vec::new(),
        };
        let flows = match metric {
            Metric::FanIn | Metric::FanOut | Metric::Instability | Metric::Distance => {
                units.flows(context, None)
            }
            _ => Vec::new(),
        };
        let couplings = couplings(units.list.len(), &flows);
        Self { context, units, metric, counts, types, flows, couplings }
    }

    /// How many others a part uses, and how many use it.
    pub(super) fn coupling(&self, unit: usize) -> Coupling {
        self.couplings[unit]
    }

    /// Whether one part uses another.
    pub(super) fn has_flow(&self, from: usize, to: usize) -> bool {
        self.flows.iter().any(|flow| flow.from as usize == from && flow.to as usize == to)
    }

    /// What a part has of the metric, if it has any.
    pub(super) fn value(&self, unit: usize) -> Option<f64> {
        let coupling = self.couplings[unit];
        match self.metric {
            Metric::FanIn => Some(f64::from(coupling.users)),
            Metric::FanOut => Some(f64::from(coupling.uses)),
            Metric::Instability => coupling.instability(),
            Metric::Distance => {
                Some((self.abstractness(unit)? + coupling.instability()? - 1.0).abs())
            }
            _ => self.counts.get(unit).copied().map(f64::from),
        }
    }

    /// The share of traits among the public types of a part; nothing where it has none.
    fn abstractness(&self, unit: usize) -> Option<f64> {
        let (all, traits) = *self.types.get(unit)?;
        (all > 0).then(|| f64::from(traits) / f64::from(all))
    }

    pub(super) fn of(&self, unit: usize) -> Measured {
        let (context, node) = (self.context, self.units.list[unit].node);
        let described = self.units.describe(context, id(unit));
        let place = match context.tree.thing(node) {
            Thing::Module(module) => declaration(context, module),
            Thing::Item(item) => {
                let item = &context.facts.items[item.index()];
                let file = context.facts.files[item.file.index()].path.clone();
                Location { file, span: item.span }
            }
            Thing::Outside => Location::default(),
        };
        let neighbours = self.neighbours(unit);
        let names: Vec<u32> = neighbours.iter().map(|(other, _, _)| *other).collect();
        let label = |(other, flow, word): &(u32, &Flow, &str)| {
            let first = &context.facts.dependencies[flow.places[0].index()];
            let text = format!("{word} {}", self.units.describe(context, *other));
            Label { location: location(context, first), text }
        };
        Measured {
            node,
            location: place,
            identity: String::new(),
            value: self.value(unit),
            remark: self.remark(unit),
            neighbours: self.units.enumerate(context, &names),
            places: neighbours.iter().map(label).collect(),
            described,
        }
    }

    /// The parts that are counted, where other parts are: each with what joins the two.
    fn neighbours(&self, unit: usize) -> Vec<(u32, &Flow, &'static str)> {
        let unit = id(unit);
        let counted = self.flows.iter().filter_map(|flow| match self.metric {
            Metric::FanOut if flow.from == unit => Some((flow.to, flow, "uses")),
            Metric::FanIn if flow.to == unit => Some((flow.from, flow, "used by")),
            _ => None,
        });
        counted.collect()
    }

    /// How a value comes about.
    fn remark(&self, unit: usize) -> String {
        let coupling = self.couplings[unit];
        let instability = format!("uses {}, used by {}", coupling.uses, coupling.users);
        match self.metric {
            Metric::Instability => instability,
            Metric::Distance => {
                let (all, traits) = self.types.get(unit).copied().unwrap_or_default();
                let abstractness = self.abstractness(unit).unwrap_or_default();
                let unstable = coupling.instability().unwrap_or_default();
                format!(
                    "abstractness {abstractness:.2} ({traits} of {} {} a trait), instability {unstable:.2} ({instability})",
                    prose::count(all as usize, "public type"),
                    if traits == 1 { "is" } else { "are" },
                )
            }
            _ => String::new(),
        }
    }
}

fn id(unit: usize) -> u32 {
    u32::try_from(unit).expect("fewer units than nodes")
}

/// The lines of each part. Modules in braces belong to what they stand in, unless that is
/// another part, or they do not count.
fn lines(context: &Context<'_>, units: &Units, is_module: bool) -> Vec<u32> {
    let modules = &context.facts.modules;
    // What stands between the braces of inline modules is taken from what is around them.
    let mut own: Vec<u32> = modules.iter().map(|module| module.lines).collect();
    for module in modules.iter().filter(|module| module.inline) {
        if let Some(parent) = module.parent {
            own[parent.index()] = own[parent.index()].saturating_sub(module.lines);
        }
    }
    let counts = |index: usize| context.counts_module(ModuleId::new(index));
    if is_module {
        // Children come after their parents.
        for index in (0..modules.len()).rev() {
            let parent = modules[index].parent.filter(|_| modules[index].inline && counts(index));
            if let Some(parent) = parent {
                own[parent.index()] += own[index];
            }
        }
    }
    let mut lines = vec![0_u32; units.list.len()];
    let mut files = FxHashSet::default();
    for (index, module) in modules.iter().enumerate().filter(|(index, _)| counts(*index)) {
        let node = context.tree.module(ModuleId::new(index));
        let Some(unit) = units.of(node) else { continue };
        // A file that is mounted twice is counted once.
        if files.insert((unit, module.file, module.inline.then_some(module.span))) {
            lines[unit as usize] += own[index];
        }
    }
    for (index, item) in context.facts.items.iter().enumerate() {
        // Of a part that is an item there is no module to count.
        let node = context.tree.item(ItemId::new(index));
        let unit = units.of(node).filter(|unit| units.list[*unit as usize].roots.contains(&node));
        if let Some(unit) = unit.filter(|_| context.counts_item(ItemId::new(index))) {
            lines[unit as usize] += item.form.lines;
        }
    }
    lines
}

/// How many items stand right in the modules of each part, or how many public ones.
fn items(context: &Context<'_>, units: &Units, metric: Metric) -> Vec<u32> {
    let mut counts = vec![0; units.list.len()];
    let is_public = metric == Metric::PublicItems;
    for (index, item) in context.facts.items.iter().enumerate() {
        let is_counted = item.parent.is_none()
            && matches!(
                item.kind,
                ItemKind::Struct
                    | ItemKind::Enum
                    | ItemKind::Union
                    | ItemKind::Trait
                    | ItemKind::Fn
                    | ItemKind::Const
                    | ItemKind::Static
                    | ItemKind::Type
                    | ItemKind::Macro
            )
            && (!is_public || item.visibility == Visibility::Public)
            && context.counts_item(ItemId::new(index));
        let unit = units.of(context.tree.item(ItemId::new(index)));
        if let Some(unit) = unit.filter(|_| is_counted) {
            counts[unit as usize] += 1;
        }
    }
    counts
}

/// How many public types there are in each part, and how many of them are traits.
fn types(context: &Context<'_>, units: &Units) -> Vec<(u32, u32)> {
    let mut counts = vec![(0, 0); units.list.len()];
    for (index, item) in context.facts.items.iter().enumerate() {
        let is_trait = item.kind == ItemKind::Trait;
        let is_type =
            is_trait || matches!(item.kind, ItemKind::Struct | ItemKind::Enum | ItemKind::Union);
        let is_counted = is_type
            && item.visibility == Visibility::Public
            && context.counts_item(ItemId::new(index));
        let unit = units.of(context.tree.item(ItemId::new(index)));
        if let Some(unit) = unit.filter(|_| is_counted) {
            let (all, traits) = &mut counts[unit as usize];
            *all += 1;
            *traits += u32::from(is_trait);
        }
    }
    counts
}
