//! Dependencies that a rule does not allow.

use super::paths::{Path, outside, to_node};
use super::{Edit, Plant, Unprovable, kinds, targets};
use crate::context::Context;
use crate::facts::{CrateKind, DependencyKind, ModuleId};
use crate::policy::Operand;
use crate::tree::{NodeId, Thing};

/// As many places are tried as this.
const PLACES: usize = 6;

/// What is not allowed to use what.
pub(crate) struct Forbidden<'a> {
    /// Whether one thing may not use another.
    pub(crate) forbids: &'a dyn Fn(NodeId, NodeId) -> bool,
    /// The kinds of dependencies that count; all, if absent.
    pub(crate) kinds: Option<&'a [DependencyKind]>,
    /// What may not be used, where something outside the workspace can be meant that
    /// nobody names so far.
    pub(crate) outside: Option<&'a Operand>,
}

/// Dependencies that are not allowed, in modules that have a part in the rule.
pub(crate) fn plants(
    context: &Context<'_>,
    sources: impl Iterator<Item = NodeId>,
    targets: &[NodeId],
    forbidden: &Forbidden<'_>,
    name: &str,
) -> Result<Vec<Plant>, Unprovable> {
    let modules = places(context, sources);
    if modules.is_empty() {
        let reason = "what it holds for are no whole modules, in which something could be planted";
        return Err(Unprovable(reason.to_owned()));
    }
    let all = [DependencyKind::Use];
    let kinds = forbidden.kinds.unwrap_or(&all);
    if kinds == [DependencyKind::Value] {
        let reason = "dependencies of kind `value` cannot be planted";
        return Err(Unprovable(reason.to_owned()));
    }
    let mut plants = Vec::new();
    for module in modules {
        for kind in kinds {
            let name = format!("{name}_{}", plants.len());
            let path = known(context, module, targets, forbidden, *kind)
                .or_else(|| unknown(context, module, forbidden, &name));
            let Some(path) = path else { continue };
            let Some(source) = kinds::source(*kind, &path.text, &name) else { continue };
            let append = Edit::Append { module, text: source };
            let edits = path.needs.into_iter().chain([append]).collect();
            plants.push(Plant::new(edits));
        }
    }
    if plants.is_empty() {
        let reason = "nothing was found that could be written and is not allowed";
        return Err(Unprovable(reason.to_owned()));
    }
    Ok(plants)
}

/// The modules among `nodes` that are best planted in: of several crates, with files of
/// their own, close to the root.
pub(crate) fn places(context: &Context<'_>, nodes: impl Iterator<Item = NodeId>) -> Vec<ModuleId> {
    let facts = context.facts;
    let mut modules: Vec<ModuleId> = nodes
        .filter_map(|node| match context.tree.thing(node) {
            Thing::Module(module) => Some(module),
            Thing::Item(_) | Thing::Outside => None,
        })
        .filter(|module| context.counts_module(*module))
        .collect();
    let crate_of = |module: &ModuleId| facts.modules[module.index()].crate_id;
    modules.sort_by_key(|module| {
        let kind = facts.crates[crate_of(module).index()].kind;
        let entry = &facts.modules[module.index()];
        let depth = context.tree.depth(context.tree.module(*module));
        (kind != CrateKind::Lib, entry.inline, entry.cfg.is_some(), depth, *module)
    });
    // One of each crate before a second of any.
    let mut seen = std::collections::BTreeMap::new();
    let mut order: Vec<(usize, ModuleId)> = Vec::with_capacity(modules.len());
    for module in modules {
        let count = seen.entry(crate_of(&module)).or_insert(0_usize);
        order.push((*count, module));
        *count += 1;
    }
    order.sort_by_key(|(count, _)| *count);
    order.into_iter().take(PLACES).map(|(_, module)| module).collect()
}

/// What makes code of a module use a thing of the workspace; `None` where it cannot.
pub(crate) fn using(
    context: &Context<'_>,
    module: ModuleId,
    to: NodeId,
    name: &str,
) -> Option<Vec<Edit>> {
    using_below(context, module, to, "", name)
}

/// What makes code of a module use what stands below a thing of the workspace.
pub(crate) fn using_below(
    context: &Context<'_>,
    module: ModuleId,
    to: NodeId,
    below: &str,
    name: &str,
) -> Option<Vec<Edit>> {
    if !context.counts_module(module) {
        return None;
    }
    let path = to_node(context, module, to)?;
    let below = if below.is_empty() { String::new() } else { format!("::{below}") };
    let text = kinds::source(DependencyKind::Use, &format!("{}{below}", path.text), name)?;
    Some(path.needs.into_iter().chain([Edit::Append { module, text }]).collect())
}

/// A path to something that is known, and that `module` may not use: without a new entry
/// in Cargo.toml, if there is such a thing.
fn known(
    context: &Context<'_>,
    module: ModuleId,
    targets: &[NodeId],
    forbidden: &Forbidden<'_>,
    kind: DependencyKind,
) -> Option<Path> {
    let from = context.tree.module(module);
    let suits = |node: NodeId| match context.tree.thing(node) {
        Thing::Item(item) => kinds::suits(kind, context.facts.items[item.index()].kind),
        Thing::Module(_) => matches!(kind, DependencyKind::Use | DependencyKind::Reexport),
        Thing::Outside => true,
    };
    let mut fallback = None;
    for node in targets.iter().copied().filter(|node| suits(*node)) {
        // Within a module nothing depends on anything.
        if context.module_of(node) == Some(module) || !(forbidden.forbids)(from, node) {
            continue;
        }
        match to_node(context, module, node) {
            Some(path) if path.needs.is_empty() => return Some(path),
            Some(path) => fallback = fallback.or(Some(path)),
            None => {}
        }
    }
    fallback
}

/// A path to something outside that nobody names so far.
fn unknown(
    context: &Context<'_>,
    module: ModuleId,
    forbidden: &Forbidden<'_>,
    name: &str,
) -> Option<Path> {
    let paths = targets::outside(context, forbidden.outside?, name);
    let path = paths.into_iter().next()?;
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    Some(outside(context, module, &names))
}
