//! Which conditions each mounted file stands under, and which of them exclude code.

use layers_rules::names::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{ModuleTree, Mount};
use crate::configuration::Configuration;
use crate::parse::item_tree::CfgIndex;

/// Settles the conditions of every mount, once all files are known: a macro of one file
/// may add its condition to the modules of another.
pub fn settle(tree: &mut ModuleTree, configuration: &Configuration) {
    for (krate, conditions) in (0..).zip(macro_conditions(tree)) {
        let krate: usize = krate;
        tree.crates[krate].macro_conditions = conditions;
    }
    for index in 0..tree.mounts.len() {
        let mount = &tree.mounts[index];
        let parent = mount.parent.map(|scope| tree.mount_of_scope(scope).clone());
        let own = parent.as_ref().and_then(|parent| declared_under(tree, parent, mount));
        let outer = parent.as_ref().and_then(|parent| parent.cfg);
        let outer = outer.map(|outer| tree.names.text(outer).to_owned());
        let all: Vec<String> = outer.into_iter().chain(own).collect();
        let void = parent.as_ref().is_some_and(|parent| {
            parent.void
                || (!mount.under.is_empty() && mount.under.iter().all(|cfg| !parent.counts(*cfg)))
        });
        let excluded = excluded(tree, mount, configuration);
        let cfg = join_predicates(&all).map(|text| tree.names.intern(&text));
        let mount = &mut tree.mounts[index];
        (mount.cfg, mount.void, mount.excluded) = (cfg, void, excluded);
    }
    let mounts = &tree.mounts;
    tree.problems.retain(|problem| {
        let mount = &mounts[problem.mount];
        problem.under.iter().any(|cfg| mount.counts(*cfg))
    });
}

/// Per crate, what its macros add to the items they are given. A name with several
/// definitions that differ adds nothing that is known.
fn macro_conditions(tree: &ModuleTree) -> Vec<FxHashMap<Name, Box<str>>> {
    let mut found: Vec<FxHashMap<Name, Option<Box<str>>>> =
        vec![FxHashMap::default(); tree.crates.len()];
    for mount in &tree.mounts {
        let file = tree.file(mount);
        for definition in &file.tree.macros {
            let name = file.name(file.tree.items[definition.item as usize].name);
            found[mount.crate_ix as usize]
                .entry(name)
                .and_modify(|known| {
                    if *known != definition.condition {
                        *known = None;
                    }
                })
                .or_insert_with(|| definition.condition.clone());
        }
    }
    found
        .into_iter()
        .map(|macros| macros.into_iter().filter_map(|(name, text)| Some((name, text?))).collect())
        .collect()
}

/// The predicate that a file's declarations stand under; `None` where one of them stands
/// under none.
fn declared_under(tree: &ModuleTree, parent: &Mount, mount: &Mount) -> Option<String> {
    let mut alternatives: Vec<String> = Vec::new();
    for cfg in &mount.under {
        let predicates: Vec<String> =
            tree.predicates(parent, *cfg).into_iter().map(str::to_owned).collect();
        let alternative = join_predicates(&predicates)?;
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    match alternatives.len() {
        0 => None,
        1 => alternatives.pop(),
        _ => Some(format!("any({})", alternatives.join(", "))),
    }
}

/// The conditions of a file that can't hold, with all that stand inside them.
fn excluded(
    tree: &ModuleTree,
    mount: &Mount,
    configuration: &Configuration,
) -> FxHashSet<CfgIndex> {
    let mut excluded = FxHashSet::default();
    if configuration.is_open() {
        return excluded;
    }
    let krate = &tree.crates[mount.crate_ix as usize];
    let file = tree.file(mount);
    for (index, cfg) in (0..).zip(&file.tree.cfgs) {
        let predicate = match cfg.by_macro {
            None => Some(&cfg.predicate),
            Some(name) => krate.macro_conditions.get(&file.name(name)),
        };
        let outside = cfg.outer.is_some_and(|outer| excluded.contains(&outer));
        let fails =
            predicate.is_some_and(|predicate| !configuration.may_hold(krate.package, predicate));
        if outside || fails {
            excluded.insert(index);
        }
    }
    excluded
}

/// One predicate for several that must all hold.
#[must_use]
pub fn join_predicates(predicates: &[String]) -> Option<String> {
    let mut distinct: Vec<&str> = Vec::new();
    for predicate in predicates {
        if !distinct.contains(&predicate.as_str()) {
            distinct.push(predicate);
        }
    }
    match distinct[..] {
        [] => None,
        [one] => Some(one.to_owned()),
        _ => Some(format!("all({})", distinct.join(", "))),
    }
}
