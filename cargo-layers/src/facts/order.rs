//! The dependencies in order, without repetitions, and which of them restate others.

use layers_rules::facts::{DependencyId, Facts};
use rustc_hash::FxHashMap;

use super::edges::Restated;
use crate::tree::ImportIx;

/// Sorts the dependencies, drops repetitions, and says which restate another; `origins`
/// is parallel to them.
pub fn sort(facts: &mut Facts, origins: &[(Option<ImportIx>, Restated)]) {
    let mut order: Vec<usize> = (0..facts.dependencies.len()).collect();
    // What is written comes before what is only held in the same place.
    let key = |index: &usize| {
        let edge = &facts.dependencies[*index];
        let place = (edge.file, edge.span, edge.from, edge.to);
        (place, edge.inferred, edge.chain, edge.kind, edge.item)
    };
    order.sort_by_key(key);
    order.dedup_by_key(|index| key(index).0);
    let mut made_by = FxHashMap::default();
    let mut named = FxHashMap::default();
    for (position, index) in order.iter().enumerate() {
        let id = DependencyId::new(position);
        if let Some(import) = origins[*index].0 {
            made_by.entry(import).or_insert(id);
        }
        let edge = &facts.dependencies[*index];
        if !edge.inferred {
            // What counts outside tests also says as much to tests.
            let first = named.entry((edge.from, edge.to)).or_insert((edge.test, id));
            *first = (edge.test, id).min(*first);
        }
    }
    let mut sorted = Vec::with_capacity(order.len());
    for index in order {
        let mut edge = facts.dependencies[index].clone();
        edge.restates = match origins[index].1 {
            Restated::Nothing => None,
            Restated::Import(import) => made_by.get(&import).copied(),
            Restated::Named(of) => named.get(&(edge.from, of)).map(|(_, id)| *id),
        };
        sorted.push(edge);
    }
    facts.dependencies = sorted;
    facts.local_uses.sort_by_key(|local| (local.file, local.span, local.module, local.to));
    facts.local_uses.dedup_by_key(|local| (local.file, local.span, local.module, local.to));
    facts.method_calls.sort_by_key(|call| (call.file, call.span, call.module));
    facts.method_calls.dedup();
    facts.imports.sort_by_key(|import| (import.file, import.span, import.module));
    facts.unseen.sort_by_key(|path| (path.file, path.span, path.from));
    facts.unseen_macros.sort_by_key(|call| (call.file, call.span, call.from));
}
