//! The dependencies in order, without repetitions, and which of them restate others.

use layers_rules::facts::{DependencyId, Facts, ModuleId, Target};
use rustc_hash::FxHashMap;

use super::edges::Origin;

/// Sorts the dependencies, drops repetitions, and says which restate another; `origins`
/// is parallel to them. All of it in place: this is where most facts are there at once.
pub fn sort(facts: &mut Facts, mut origins: Vec<Origin>) {
    in_order(facts, &mut origins);
    let restated = Restated::new(facts, &origins);
    for (edge, origin) in facts.dependencies.iter_mut().zip(&origins) {
        edge.restates = match origin {
            Origin::Path | Origin::Import(_) => None,
            Origin::Through(import) => restated.made_by.get(import).copied(),
            Origin::Held(of) => {
                let named = restated.named.get(&(edge.from, *of));
                named.and_then(|first| first.map(|(_, id)| id))
            }
        };
    }
    facts.local_uses.sort_by_key(|local| (local.file, local.span, local.module, local.to));
    facts.local_uses.dedup_by_key(|local| (local.file, local.span, local.module, local.to));
    facts.method_calls.sort_by_key(|call| (call.file, call.span, call.module));
    facts.method_calls.dedup();
    facts.handed_on.sort_unstable();
    facts.handed_on.dedup();
    facts.imports.sort_by_key(|import| (import.file, import.span, import.module));
    facts.unseen.sort_by_key(|path| (path.file, path.span, path.from));
    facts.unseen_macros.sort_by_key(|call| (call.file, call.span, call.from));
}

/// Puts dependencies and origins in order, each dependency once.
fn in_order(facts: &mut Facts, origins: &mut Vec<Origin>) {
    let edges = &mut facts.dependencies;
    let mut order: Vec<u32> = (0..).take(edges.len()).collect();
    // What is written comes before what is only held in the same place.
    let key = |index: &u32| {
        let edge = &edges[*index as usize];
        let place = (edge.file, edge.span, edge.from, edge.to);
        (place, edge.inferred, edge.chain, edge.kind, edge.item)
    };
    order.sort_unstable_by_key(|index| (key(index), *index));
    order.dedup_by_key(|index| key(index).0);
    for position in 0..order.len() {
        // What has stood in front of this position was swapped to where its successor came
        // from.
        let mut from = order[position] as usize;
        while from < position {
            from = order[from] as usize;
        }
        edges.swap(position, from);
        origins.swap(position, from);
    }
    edges.truncate(order.len());
    origins.truncate(order.len());
}

/// The dependencies that others may restate.
struct Restated {
    /// The first that each import makes.
    made_by: FxHashMap<u32, DependencyId>,
    /// The first by which a module names something that is held in it, and whether that is
    /// in test code: what counts outside tests also says as much to tests.
    named: FxHashMap<(ModuleId, Target), Option<(bool, DependencyId)>>,
}

impl Restated {
    fn new(facts: &Facts, origins: &[Origin]) -> Self {
        let mut made_by = FxHashMap::default();
        let mut named = FxHashMap::default();
        for (edge, origin) in facts.dependencies.iter().zip(origins) {
            if let Origin::Held(of) = origin {
                named.insert((edge.from, *of), None);
            }
        }
        for (index, (edge, origin)) in facts.dependencies.iter().zip(origins).enumerate() {
            let id = DependencyId::new(index);
            if let Origin::Import(import) = origin {
                made_by.entry(*import).or_insert(id);
            }
            if !edge.inferred
                && let Some(first) = named.get_mut(&(edge.from, edge.to))
            {
                let this = (edge.test, id);
                *first = Some(first.map_or(this, |first: (bool, DependencyId)| first.min(this)));
            }
        }
        Self { made_by, named }
    }
}

#[cfg(test)]
mod tests {
    use layers_rules::facts::{ChainId, Dependency, DependencyKind, ExternalId, FileId, Span};
    use layers_rules::names::Name;

    use super::*;

    fn edge(written: Name, (start, to, inferred): (u32, Target, bool)) -> Dependency {
        Dependency {
            from: ModuleId::FIRST,
            item: None,
            to,
            kind: DependencyKind::Call,
            file: FileId::FIRST,
            span: Span { start, end: start + 1 },
            written,
            chain: ChainId::FIRST,
            cfg: None,
            test: false,
            inferred,
            restates: None,
        }
    }

    #[test]
    fn every_order_of_the_same_dependencies_gives_the_same_facts() {
        let [three, five, seven] = [3, 5, 7].map(|to| Target::External(ExternalId::new(to)));
        let sorted = [
            (1, seven, false),
            (2, three, false),
            (2, five, false),
            (4, three, true),
            (9, seven, true),
        ];
        let origins = [
            Origin::Import(11),
            Origin::Path,
            Origin::Through(11),
            Origin::Held(three),
            Origin::Held(seven),
        ];
        // Seven is a prime, so that every stride comes by all of seven places, two of which
        // repeat others.
        for (first, stride) in (0..7).flat_map(|first| (1..7).map(move |stride| (first, stride))) {
            let given: Vec<usize> = (0..7).map(|step| (first + step * stride) % 7 % 5).collect();
            let mut facts = Facts::default();
            let written = facts.names.intern("written");
            facts.dependencies = given.iter().map(|index| edge(written, sorted[*index])).collect();
            sort(&mut facts, given.iter().map(|index| origins[*index]).collect());
            let edges = &facts.dependencies;
            let found: Vec<_> =
                edges.iter().map(|edge| (edge.span.start, edge.to, edge.inferred)).collect();
            assert_eq!(found, sorted, "{given:?}");
            let restates: Vec<_> =
                edges.iter().map(|edge| edge.restates.map(DependencyId::index)).collect();
            assert_eq!(restates, [None, None, Some(0), Some(1), Some(0)], "{given:?}");
        }
    }
}
