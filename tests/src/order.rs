//! Workspaces whose packages and targets come in another order than Cargo's.

use cargo_layers::workspace::Workspace;
use layers_rules::facts::{Facts, FileId, Span};

/// `workspace` with its packages, and the targets of each, in the order that `seed` picks.
///
/// # Panics
///
/// When a dependency leads to no package.
#[must_use]
pub fn shuffled(workspace: &Workspace, seed: u64) -> Workspace {
    let mut state = seed;
    let old_order = permutation(workspace.packages.len(), &mut state);
    let mut packages: Vec<_> =
        old_order.iter().map(|old| workspace.packages[*old].clone()).collect();
    for package in &mut packages {
        let order = permutation(package.targets.len(), &mut state);
        package.targets = order.iter().map(|old| package.targets[*old].clone()).collect();
        for dependency in &mut package.dependencies {
            dependency.member = dependency.member.map(|member| {
                old_order.iter().position(|old| *old == member).expect("every package is there")
            });
        }
    }
    Workspace { packages, ..workspace.clone() }
}

/// The numbers below `count` in an order that `state` picks, which moves on.
fn permutation(count: usize, state: &mut u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        // The generator of Knuth's MMIX; its upper half is random enough.
        *state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let pick = usize::try_from(*state >> 33).expect("31 bits fit") % (last + 1);
        order.swap(last, pick);
    }
    order
}

/// Every dependency and every unseen path in words, sorted, without any id.
#[must_use]
pub fn described(facts: &Facts) -> Vec<String> {
    let place = |file: FileId, span: Span| {
        format!("{}:{}-{}", facts.files[file.index()].path, span.start, span.end)
    };
    let edges = facts.dependencies.iter().map(|edge| {
        let hops: Vec<String> = facts.chains[edge.chain.index()]
            .iter()
            .map(|hop| {
                let (module, to) = (facts.module_path(hop.module), facts.target_path(hop.to));
                format!(" via {module} {to} {:?} {}", hop.how, place(hop.file, hop.span))
            })
            .collect();
        format!(
            "{} {} {:?} {:?} from {} {:?} to {} {:?}{} restates {:?} if {:?} test {} inferred {}",
            place(edge.file, edge.span),
            facts.names.text(edge.written),
            edge.kind,
            edge.item.map(|item| facts.item_path(item)),
            facts.module_path(edge.from),
            facts.modules[edge.from.index()].visibility == layers_rules::facts::Visibility::Public,
            facts.target_path(edge.to),
            facts.target_kind(edge.to),
            hops.concat(),
            edge.restates.map(|other| {
                let other = &facts.dependencies[other.index()];
                place(other.file, other.span)
            }),
            edge.cfg.map(|cfg| facts.names.text(cfg)),
            edge.test,
            edge.inferred,
        )
    });
    let unseen = facts.unseen.iter().map(|path| {
        let written = facts.names.text(path.written);
        format!("{} {written} opaque {}", place(path.file, path.span), path.opaque)
    });
    let mut all: Vec<String> = edges.chain(unseen).collect();
    all.sort();
    all
}
