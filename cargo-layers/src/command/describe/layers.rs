//! The layers: what they hold, and who may use whom.

use std::collections::{BTreeMap, BTreeSet};

use layers_rules::check::production_modules;
use layers_rules::context::Layering;
use layers_rules::policy::{LayerId, Policy};
use layers_rules::prose;
use layers_rules::tree::PathTree;

use super::rules::is_told_with_layer;
use crate::report::document::{Document, Entry};
use crate::report::wording;

/// Modules by the package they are of.
type Packages<'a> = BTreeMap<&'a str, usize>;

pub(super) fn describe(
    document: &mut Document,
    policy: &Policy,
    tree: &PathTree<'_>,
    layering: &Layering,
) {
    let facts = tree.facts();
    let mut held: BTreeMap<Option<LayerId>, Packages<'_>> = BTreeMap::new();
    for module in production_modules(facts) {
        let node = tree.module(module);
        let package = tree
            .package(node)
            .map_or("", |package| facts.names.text(facts.packages[package.index()].name));
        *held.entry(layering.layer(node)).or_default().entry(package).or_default() += 1;
    }
    document.paragraph(&size(&held, policy));
    if policy.layers().is_empty() {
        return;
    }
    document.heading(2, "Layers");
    document.list(ids(policy).map(|layer| entry(policy, layer, held.get(&Some(layer)))).collect());
    if let Some(packages) = held.get(&None) {
        document.paragraph(&in_no_layer(packages));
    }
}

/// How much code there is, and how much of it is in layers.
fn size(held: &BTreeMap<Option<LayerId>, Packages<'_>>, policy: &Policy) -> String {
    let modules = |packages: &Packages<'_>| packages.values().sum::<usize>();
    let all: usize = held.values().map(modules).sum();
    let governed: usize = held
        .iter()
        .filter(|(layer, _)| layer.is_some())
        .map(|(_, packages)| modules(packages))
        .sum();
    let packages: BTreeSet<&str> = held.values().flat_map(BTreeMap::keys).copied().collect();
    let size =
        format!("{} in {}", prose::count(all, "module"), prose::count(packages.len(), "package"));
    let layers = prose::count(policy.layers().len(), "layer");
    let rest = if policy.layers().is_empty() {
        "no layers are defined".to_owned()
    } else if governed == all {
        format!("each of them belongs to one of {layers}")
    } else {
        format!("{governed} of them belong to one of {layers}")
    };
    format!("This workspace holds {size}, test code apart; {rest}.")
}

fn ids(policy: &Policy) -> impl Iterator<Item = LayerId> + use<> {
    (0..policy.layers().len()).map(|index| LayerId(u16::try_from(index).unwrap_or(u16::MAX)))
}

fn entry(policy: &Policy, id: LayerId, held: Option<&Packages<'_>>) -> Entry {
    let layer = policy.layer(id);
    let mut sentences = vec![match held {
        Some(packages) => {
            let modules = prose::count(packages.values().sum(), "module");
            format!("`{}` holds {}: {modules}.", layer.name, wording::members(layer))
        }
        None if layer.members.is_empty() => format!("`{}` may be missing, and is.", layer.name),
        None => {
            let members = wording::members(layer);
            format!("`{}` holds {members}, of which there is nothing yet.", layer.name)
        }
    }];
    sentences.extend(neighbours(policy, id));
    sentences.extend(of_layer(policy, id));
    if layer.tests {
        sentences.push("Its test code is held to the rules as well.".to_owned());
    }
    Entry::new(sentences.join(" "))
}

/// Which other layers a layer may use, as far as rules speak of whole layers.
fn neighbours(policy: &Policy, id: LayerId) -> Option<String> {
    let is_kept_apart =
        |other: &LayerId| policy.rules().iter().any(|rule| rule.separates(id, *other));
    let (no, yes): (Vec<LayerId>, Vec<LayerId>) =
        ids(policy).filter(|other| *other != id).partition(is_kept_apart);
    let names = |layers: &[LayerId]| -> Vec<String> {
        layers.iter().map(|layer| policy.layer(*layer).name.clone()).collect()
    };
    match (yes.is_empty(), no.is_empty()) {
        (true, true) => None,
        (true, false) => Some("It may use no other layer.".to_owned()),
        (false, true) => Some("It may use any other layer.".to_owned()),
        // The shorter of two ways to say it.
        (false, false) if no.len() > yes.len() => {
            Some(format!("Of the other layers it may use only {}.", prose::all_of(&names(&yes))))
        }
        (false, false) => Some(format!(
            "It may use {}, but not {}.",
            prose::all_of(&names(&yes)),
            prose::any_of(&names(&no))
        )),
    }
}

/// What `external` of the layer says; `may-use` is told with its neighbours.
fn of_layer(policy: &Policy, id: LayerId) -> Vec<String> {
    policy
        .rules()
        .iter()
        .filter(|rule| is_told_with_layer(rule))
        .filter(|rule| rule.speaks_of(id))
        .filter(|rule| !ids(policy).any(|other| rule.separates(id, other)))
        .map(wording::demand)
        .collect()
}

fn in_no_layer(packages: &Packages<'_>) -> String {
    let parts: Vec<String> =
        packages.iter().map(|(package, modules)| format!("{modules} of `{package}`")).collect();
    let modules: usize = packages.values().sum();
    let belong = if modules == 1 { "belongs" } else { "belong" };
    format!(
        "{} {belong} to no layer: {}.",
        prose::count(modules, "module"),
        prose::series(&parts, "and")
    )
}
