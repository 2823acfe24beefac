//! What makes something too large.

use super::parts::Amounts;
use super::{Limit, Measurable, Metric};
use crate::context::Context;
use crate::facts::{ItemKind, ModuleId};
use crate::planting::dependencies::{places, using};
use crate::planting::{Edit, Plant, Shows, Unprovable, title};
use crate::policy::Operand;
use crate::tree::NodeId;
use crate::verbs::items::{Selector, VisibilityWord};
use crate::verbs::units::{Scope, Units};

/// As many parts are tried as this.
const PARTS: usize = 6;

/// More than so much is not planted.
const MOST: f64 = 10_000.0;

/// What is more than the rule allows.
pub(super) fn plants(
    limit: &Limit,
    context: &Context<'_>,
    name: &str,
) -> Result<Vec<Plant>, Unprovable> {
    let refuse = |reason: &str| Err(Unprovable(reason.to_owned()));
    let Some(max) = limit.bounds.max else {
        return refuse("what is added makes nothing smaller");
    };
    if max > MOST {
        return refuse("it allows more than is planted");
    }
    match &limit.of {
        Measurable::Items(selector) => items(selector, limit.metric, max, context, name),
        Measurable::Parts(_) if limit.metric == Metric::Distance => {
            refuse("a single addition need not take anything farther from the main sequence")
        }
        Measurable::Parts(_) if limit.metric == Metric::Instability && max >= 1.0 => {
            refuse("nothing is less stable than 1")
        }
        Measurable::Parts(scope) => {
            Ok(parts(scope, limit.within.as_ref(), limit.metric, max, context, name))
        }
    }
}

/// How many more it takes to be above `max`, as far as whole numbers are counted.
fn missing(value: f64, max: f64) -> usize {
    let mut missing = 0_usize;
    let mut grown = value;
    while grown <= max {
        grown += 1.0;
        missing += 1;
    }
    missing.max(1)
}

fn parts(
    scope: &Scope,
    within: Option<&Operand>,
    metric: Metric,
    max: f64,
    context: &Context<'_>,
    name: &str,
) -> Vec<Plant> {
    let units = Units::new(context, scope).apart();
    let within = within.map(|within| context.ranks(within));
    let amounts = Amounts::new(context, &units, metric, matches!(scope, Scope::Modules));
    let is_meant =
        |unit: &usize| within.as_ref().is_none_or(|within| within.contains(units.list[*unit].node));
    let modules = |unit: usize| {
        let is_of = |node: &NodeId| units.of(*node).is_some_and(|of| of as usize == unit);
        places(context, context.tree.nodes().filter(is_of))
    };
    let mut plants = Vec::new();
    for unit in (0..units.list.len()).filter(is_meant) {
        let name = format!("{name}_{unit}");
        let Some(module) = modules(unit).first().copied() else { continue };
        let others = || (0..units.list.len()).filter(move |other| *other != unit);
        let value = amounts.value(unit).unwrap_or_default();
        let plant = match metric {
            Metric::FanOut => {
                let strangers = others().filter(|other| !amounts.has_flow(unit, *other));
                let targets = strangers.map(|other| (module, units.list[other].node));
                uses(context, targets, missing(value, max), &name).map(Plant::new)
            }
            Metric::FanIn => {
                let strangers = others().filter(|other| !amounts.has_flow(*other, unit));
                let users = strangers.filter_map(|other| modules(other).first().copied());
                let pairs = users.map(|user| (user, units.list[unit].node));
                uses(context, pairs, missing(value, max), &name).map(Plant::new)
            }
            Metric::Instability => {
                let coupling = amounts.coupling(unit);
                let mut more = 1;
                let share = |more: u32| {
                    let uses = f64::from(coupling.uses + more);
                    uses / (uses + f64::from(coupling.users))
                };
                while share(more) <= max && more < 1000 {
                    more += 1;
                }
                let strangers = others().filter(|other| !amounts.has_flow(unit, *other));
                let targets = strangers.map(|other| (module, units.list[other].node));
                uses(context, targets, more as usize, &name)
                    .map(|edits| Plant { edits, shows: Shows::Somewhere })
            }
            _ => {
                let items = (0..missing(value, max))
                    .map(|index| format!("pub struct {}{index};", title(&name)));
                let text = items.collect::<Vec<_>>().join("\n");
                Some(Plant { edits: vec![Edit::Append { module, text }], shows: Shows::Somewhere })
            }
        };
        plants.extend(plant);
        if plants.len() == PARTS {
            break;
        }
    }
    plants
}

/// So many uses, each from a module of a thing; `None` where there are not enough.
fn uses(
    context: &Context<'_>,
    pairs: impl Iterator<Item = (ModuleId, NodeId)>,
    count: usize,
    name: &str,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let mut made = 0_usize;
    for (index, (user, used)) in pairs.enumerate() {
        if let Some(more) = using(context, user, used, &format!("{name}_{index}")) {
            edits.extend(more);
            made += 1;
        }
        if made == count {
            return Some(edits);
        }
    }
    None
}

/// An item that is selected whatever it is called, and is too large.
fn items(
    selector: &Selector,
    metric: Metric,
    max: f64,
    context: &Context<'_>,
    name: &str,
) -> Result<Vec<Plant>, Unprovable> {
    let rest = Selector { kinds: None, within: None, visibility: None, ..selector.clone() };
    let is_public =
        selector.visibility.as_ref().is_none_or(|words| words.contains(&VisibilityWord::Public));
    if !rest.is_empty() || !is_public {
        let reason =
            "an item can only be planted where `kind`, `in` and `visibility = \"pub\"` select it";
        return Err(Unprovable(reason.to_owned()));
    }
    let default = [default_kind(metric)];
    let kinds = selector.kinds.as_deref().unwrap_or(&default);
    let count = missing(0.0, max);
    let source = |name: &str| kinds.iter().find_map(|kind| source(*kind, metric, count, name));
    let within = selector.within.as_ref().map(|within| context.ranks(within));
    let is_meant = |node: &NodeId| within.as_ref().is_none_or(|within| within.contains(*node));
    let nodes = context.tree.nodes().filter(|node| !context.tree.is_outside(*node));
    let modules = places(context, nodes.filter(is_meant));
    let plants = modules.into_iter().enumerate().filter_map(|(index, module)| {
        let text = source(&format!("{name}_{index}"))?;
        Some(Plant::new(vec![Edit::Append { module, text }]))
    });
    Ok(plants.collect())
}

/// What is planted where the rule leaves the kind open.
fn default_kind(metric: Metric) -> ItemKind {
    match metric {
        Metric::Fields => ItemKind::Struct,
        Metric::Methods => ItemKind::Trait,
        Metric::Variants => ItemKind::Enum,
        _ => ItemKind::Fn,
    }
}

/// An item of a kind with so much of a metric; `None` where it is not known how.
fn source(kind: ItemKind, metric: Metric, count: usize, name: &str) -> Option<String> {
    let title = title(name);
    let each = |part: &dyn Fn(usize) -> String| -> String { (0..count).map(part).collect() };
    let breaks = "\n".repeat(count);
    Some(match (metric, kind) {
        (Metric::Lines, ItemKind::Fn) => format!("pub fn {name}() {{{breaks}}}"),
        (Metric::Lines, ItemKind::Struct) => format!("pub struct {title} {{{breaks}}}"),
        (Metric::Lines, ItemKind::Enum) => format!("pub enum {title} {{{breaks}}}"),
        (Metric::Lines, ItemKind::Trait) => format!("pub trait {title} {{{breaks}}}"),
        (Metric::Lines, ItemKind::Module) => format!("pub mod {name} {{{breaks}}}"),
        (Metric::Lines, ItemKind::Method) => {
            format!("pub struct {title};\nimpl {title} {{ pub fn {name}() {{{breaks}}} }}")
        }
        (Metric::Fields, ItemKind::Struct) => {
            format!("pub struct {title} {{ {} }}", each(&|index| format!("pub f{index}: u8, ")))
        }
        (Metric::Parameters, ItemKind::Fn) => {
            format!("pub fn {name}({}) {{}}", each(&|index| format!("_p{index}: u8, ")))
        }
        (Metric::Parameters, ItemKind::Method) => format!(
            "pub struct {title};\nimpl {title} {{ pub fn {name}({}) {{}} }}",
            each(&|index| format!("_p{index}: u8, "))
        ),
        (Metric::Methods, ItemKind::Trait) => {
            format!("pub trait {title} {{ {} }}", each(&|index| format!("fn m{index}(); ")))
        }
        (Metric::Methods, ItemKind::Struct | ItemKind::Enum) => {
            let keyword = if kind == ItemKind::Enum { "enum" } else { "struct" };
            let methods = each(&|index| format!("pub fn m{index}() {{}} "));
            format!("pub {keyword} {title} {{}}\nimpl {title} {{ {methods} }}")
        }
        (Metric::Variants, ItemKind::Enum) => {
            format!("pub enum {title} {{ {} }}", each(&|index| format!("V{index}, ")))
        }
        _ => return None,
    })
}
