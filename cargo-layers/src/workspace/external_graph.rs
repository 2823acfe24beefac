//! Who needs whom among the packages outside the workspace.

use std::process::Command;

use guppy::CargoMetadata;
use guppy::graph::{DependencyDirection, PackageGraph};

use super::metadata::without_prefix;
use super::{Workspace, WorkspaceError, cargo};

/// The pairs (package, package it depends on) among packages outside `workspace`, by
/// name, over `[dependencies]` with every feature on and on every platform; sorted, each
/// once.
///
/// This asks Cargo for its resolved graph. Cargo may then read the registry and download
/// manifests, but never changes the lock file.
///
/// # Errors
///
/// When there is no up-to-date lock file, or a crate in it can be neither found on disk
/// nor downloaded.
pub fn load(workspace: &Workspace) -> Result<Vec<(String, String)>, WorkspaceError> {
    let failed = |message: String| WorkspaceError::NoExternalGraph { message };
    let mut cargo: Command = cargo::metadata(&workspace.root.join("Cargo.toml"))?
        .other_options(["--locked".to_owned(), "--all-features".to_owned()])
        .cargo_command();
    let output = cargo.output().map_err(|source| WorkspaceError::CargoNotStarted { source })?;
    if !output.status.success() {
        return Err(failed(without_prefix(&String::from_utf8_lossy(&output.stderr))));
    }
    let graph = CargoMetadata::parse_json(String::from_utf8_lossy(&output.stdout))
        .and_then(CargoMetadata::build_graph)
        .map_err(|error| failed(error.to_string()))?;
    Ok(external_pairs(&graph))
}

fn external_pairs(graph: &PackageGraph) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = graph
        .resolve_all()
        .links(DependencyDirection::Forward)
        .filter(|link| link.normal().is_present())
        .filter(|link| !link.from().in_workspace() && !link.to().in_workspace())
        .map(|link| (link.from().name().to_owned(), link.to().name().to_owned()))
        .collect();
    pairs.sort();
    pairs.dedup();
    pairs
}
