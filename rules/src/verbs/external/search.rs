//! What a dependency leads to, through other packages.

use std::collections::VecDeque;
use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use super::graph::Edge;
use super::judgement::Judgement;
use crate::exceptions::ExceptionId;
use crate::facts::PackageDependencyKind as Kind;
use crate::policy::raw::Via;
use crate::verbs::Violation;

/// Dependencies that lead from one package to another.
pub(super) struct Chain<'g> {
    /// In their order; never empty.
    pub(super) edges: Vec<&'g Edge>,
}

/// The violations that begin with a dependency of `package`: itself, or one for each package
/// that may not be reached, by a shortest chain. Where exceptions cover that chain, the next
/// one that they leave open is a violation as well.
pub(super) fn chains(
    judgement: &Judgement<'_>,
    package: usize,
    first: &Edge,
    with_build: bool,
) -> Vec<Violation> {
    if judgement.is_forbidden(package, first.to) {
        let chain = Chain { edges: vec![first] };
        return judgement.violation(package, &chain).into_iter().collect();
    }
    if judgement.rule.via == Via::Direct {
        return Vec::new();
    }
    let mut violations: Vec<Violation> = Vec::new();
    let mut closed: Vec<ExceptionId> = Vec::new();
    let mut told: FxHashSet<usize> = FxHashSet::default();
    loop {
        let mut grown = closed.clone();
        for chain in search(judgement, package, first, with_build, &closed) {
            let end = chain.edges.last().map_or(first.to, |edge| edge.to);
            if told.contains(&end) {
                continue;
            }
            let Some(violation) = judgement.violation(package, &chain) else { continue };
            let covering = judgement.context.exceptions.covering(&violation);
            // What covers all that begins here leaves no other way open.
            let is_in_the_way = |exception: &ExceptionId| {
                let exceptions = judgement.context.exceptions;
                violation.to.iter().any(|node| exceptions.closes(*exception, *node))
            };
            if !covering.iter().any(is_in_the_way) {
                told.insert(end);
            }
            grown.extend(covering);
            violations.push(violation);
        }
        grown.sort_unstable();
        grown.dedup();
        if grown == closed {
            return violations;
        }
        closed = grown;
    }
}

/// A shortest chain that begins with `first` to each package that may not be reached, around
/// what the exceptions in `closed` name.
fn search<'g>(
    judgement: &'g Judgement<'_>,
    package: usize,
    first: &'g Edge,
    with_build: bool,
    closed: &[ExceptionId],
) -> Vec<Chain<'g>> {
    let graph = &judgement.graph;
    let is_closed = |unit: usize| {
        let exceptions = judgement.context.exceptions;
        let names = |node| closed.iter().any(|exception| exceptions.closes(*exception, node));
        graph.units[unit].node.is_some_and(names)
    };
    let mut before: FxHashMap<usize, Option<(usize, &Edge)>> = FxHashMap::default();
    let mut found: FxHashSet<usize> = FxHashSet::default();
    let mut chains = Vec::new();
    let mut open = VecDeque::new();
    if !is_closed(first.to) {
        before.insert(first.to, None);
        open.push_back(first.to);
    }
    while let Some(unit) = open.pop_front() {
        // What is in `from` as well is held to the rule by itself.
        if judgement.is_from(unit) {
            continue;
        }
        for edge in &graph.edges[unit] {
            let goes_on = match edge.kind {
                Kind::Normal => true,
                Kind::Build => with_build,
                Kind::Dev => false,
            };
            // What only comes in for the sake of others does not count. Dev-dependencies are not
            // built with the rest, nor are those of a build script that is not there, so that
            // nothing is known of what comes in by them.
            let is_built = first.kind != Kind::Normal || graph.is_built_for(package, edge.to);
            let leads_on =
                goes_on && is_built && edge.to != package && judgement.counts_target(edge);
            if !leads_on || is_closed(edge.to) {
                continue;
            }
            if judgement.is_forbidden(unit, edge.to) {
                if found.insert(edge.to) {
                    chains.push(chain(first, &before, unit, edge));
                }
            } else if let Entry::Vacant(entry) = before.entry(edge.to) {
                entry.insert(Some((unit, edge)));
                open.push_back(edge.to);
            }
        }
    }
    chains
}

/// The way to `unit` and on by `last`.
fn chain<'g>(
    first: &'g Edge,
    before: &FxHashMap<usize, Option<(usize, &'g Edge)>>,
    unit: usize,
    last: &'g Edge,
) -> Chain<'g> {
    let mut edges = vec![last];
    let mut current = unit;
    while let Some((from, edge)) = before.get(&current).copied().flatten() {
        edges.push(edge);
        current = from;
    }
    edges.push(first);
    edges.reverse();
    Chain { edges }
}
