//! Layers by what depends on what, where names say nothing.

use layers_rules::facts::PackageDependencyKind;

use super::ProposedLayer;
use crate::workspace::Workspace;

/// The fewest packages of which it is worth telling levels apart.
const PACKAGES: usize = 3;

/// The packages by how many others stand below them at most: those that depend on no other
/// first. `None` where there are too few, or where all are on one level.
pub(super) fn levels(workspace: &Workspace) -> Option<Vec<Vec<String>>> {
    let packages = &workspace.packages;
    if packages.len() < PACKAGES {
        return None;
    }
    let mut levels: Vec<usize> = vec![0; packages.len()];
    // Cargo allows no cycles, so that every round settles one level at least.
    for _ in 0..packages.len() {
        for (index, package) in packages.iter().enumerate() {
            let below = package.dependencies.iter().filter_map(|dependency| {
                let is_use = dependency.kind != PackageDependencyKind::Dev;
                dependency.member.filter(|member| is_use && *member != index)
            });
            let above = below.map(|member| levels[member] + 1).max().unwrap_or_default();
            levels[index] = above.min(packages.len());
        }
    }
    let height = levels.iter().max().copied().unwrap_or_default();
    if height == 0 {
        return None;
    }
    let of_level = |level: usize| {
        let on_it = packages.iter().zip(&levels).filter(|(_, own)| **own == level);
        on_it.map(|(package, _)| package.name.clone()).collect()
    };
    Some((0..=height).map(of_level).collect())
}

/// Layers of these levels, each of which may use those below.
pub(super) fn layers(levels: &[Vec<String>]) -> Vec<ProposedLayer> {
    let name = |level: usize| format!("level-{level}");
    let layer = |(level, members): (usize, &Vec<String>)| ProposedLayer {
        name: name(level),
        members: members.clone(),
        may_use: Some((0..level).map(name).collect()),
    };
    levels.iter().enumerate().map(layer).collect()
}
