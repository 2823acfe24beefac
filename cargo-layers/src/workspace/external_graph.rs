//! Cargo's resolved graph: which packages there are outside the workspace, and who needs whom.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::process::{Command, Output};

use guppy::graph::{
    DependencyDirection, DependencyReq, EnabledStatus, PackageGraph, PackageLink, PackageMetadata,
};
use guppy::platform::PlatformStatus;
use guppy::{CargoMetadata, DependencyKind};
use layers_rules::facts::PackageDependencyKind;
use serde::Deserialize;

use super::metadata::without_prefix;
use super::switches::switching_on;
use super::{Workspace, WorkspaceError, cargo};

/// What one package outside the workspace needs of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Name of the package.
    pub from: String,
    /// Name of the package it depends on, which may be a member that stands in for one
    /// outside.
    pub to: String,
    /// Table the dependency stands in; never that of dev-dependencies, which Cargo leaves
    /// out here.
    pub kind: PackageDependencyKind,
    /// The features of `from` that switch it on, where it is optional.
    pub features: Vec<String>,
    /// The `cfg(…)` or triple of each target table it stands in; empty where it is needed
    /// everywhere.
    pub targets: Vec<String>,
}

/// What packages outside `workspace` need, over `[dependencies]` and `[build-dependencies]`
/// with every feature on and on every platform; sorted, each once.
///
/// # Errors
///
/// Those of [`resolved`].
pub fn load(workspace: &Workspace) -> Result<Vec<Link>, WorkspaceError> {
    let answer = answer(workspace)?;
    let features: Answer = serde_json::from_str(&answer).map_err(|error| unreadable(&error))?;
    Ok(links(&graph(&answer)?, &features.by_id()))
}

/// The resolved graph with every feature on and for every platform.
///
/// Cargo reads what is on disk where that is enough; else it may read the registry and download
/// manifests. It never changes the lock file, and runs none of the code.
///
/// # Errors
///
/// When there is no up-to-date lock file, or a crate in it can be neither found on disk
/// nor downloaded.
pub(super) fn resolved(workspace: &Workspace) -> Result<PackageGraph, WorkspaceError> {
    graph(&answer(workspace)?)
}

fn answer(workspace: &Workspace) -> Result<String, WorkspaceError> {
    let mut output = ask(workspace, true)?;
    if !output.status.success() {
        output = ask(workspace, false)?;
    }
    if !output.status.success() {
        let message = without_prefix(&String::from_utf8_lossy(&output.stderr));
        return Err(WorkspaceError::NoExternalGraph { message });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn graph(answer: &str) -> Result<PackageGraph, WorkspaceError> {
    CargoMetadata::parse_json(answer)
        .and_then(CargoMetadata::build_graph)
        .map_err(|error| unreadable(&error))
}

fn unreadable(error: &dyn Display) -> WorkspaceError {
    WorkspaceError::NoExternalGraph { message: error.to_string() }
}

fn ask(workspace: &Workspace, offline: bool) -> Result<Output, WorkspaceError> {
    let mut options = vec!["--locked".to_owned(), "--all-features".to_owned()];
    if offline {
        options.push("--offline".to_owned());
    }
    let manifest = workspace.root.join("Cargo.toml");
    let mut command: Command = cargo::metadata(&manifest)?.other_options(options).cargo_command();
    command.output().map_err(|source| WorkspaceError::CargoNotStarted { source })
}

/// The part of the answer that the graph does not give back.
#[derive(Deserialize)]
struct Answer {
    packages: Vec<PackageFeatures>,
}

#[derive(Deserialize)]
struct PackageFeatures {
    id: String,
    features: BTreeMap<String, Vec<String>>,
}

impl Answer {
    fn by_id(self) -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
        self.packages.into_iter().map(|package| (package.id, package.features)).collect()
    }
}

fn links(
    graph: &PackageGraph,
    features: &BTreeMap<String, BTreeMap<String, Vec<String>>>,
) -> Vec<Link> {
    let none = BTreeMap::new();
    let features_of =
        |package: &PackageMetadata<'_>| features.get(package.id().repr()).unwrap_or(&none);
    let mut links: Vec<Link> = graph
        .resolve_all()
        .links(DependencyDirection::Forward)
        .filter(|link| !link.from().in_workspace())
        .flat_map(|link| {
            let features = features_of(&link.from());
            [
                (PackageDependencyKind::Normal, DependencyKind::Normal),
                (PackageDependencyKind::Build, DependencyKind::Build),
            ]
            .into_iter()
            .filter_map(move |(kind, theirs)| {
                let requirement = link.req_for_kind(theirs);
                requirement.is_present().then(|| self::link(&link, kind, &requirement, features))
            })
        })
        .collect();
    links.sort();
    links.dedup();
    links
}

fn link(
    link: &PackageLink<'_>,
    kind: PackageDependencyKind,
    requirement: &DependencyReq<'_>,
    features: &BTreeMap<String, Vec<String>>,
) -> Link {
    let status: EnabledStatus<'_> = requirement.status();
    let is_optional = status.required_status().is_never();
    let features = if is_optional { switching_on(features, link.dep_name()) } else { Vec::new() };
    Link {
        from: link.from().name().to_owned(),
        to: link.to().name().to_owned(),
        kind,
        features,
        targets: targets([status.required_status(), status.optional_status()]),
    }
}

/// The platforms of all entries together; none where one of them is for every platform.
fn targets(entries: [PlatformStatus<'_>; 2]) -> Vec<String> {
    let mut targets = Vec::new();
    for entry in entries {
        match entry {
            PlatformStatus::Always => return Vec::new(),
            PlatformStatus::Never => {}
            PlatformStatus::PlatformDependent { eval } => {
                targets.extend(eval.target_specs().iter().map(|it| written(&it.to_string())));
            }
        }
    }
    targets.sort();
    targets.dedup();
    targets
}

/// A target as Cargo.toml writes it: a triple, or a condition, around which the graph leaves
/// `cfg(…)` out. A condition without an operator is a word, in which no hyphen can stand.
fn written(target: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if target.contains('-') && target.chars().all(is_part) {
        target.to_owned()
    } else {
        format!("cfg({target})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_written_as_in_a_manifest() {
        assert_eq!(written("x86_64-pc-windows-msvc"), "x86_64-pc-windows-msvc");
        assert_eq!(written("windows"), "cfg(windows)");
        let condition = "any(target_os = \"none-such\", unix)";
        assert_eq!(written(condition), format!("cfg({condition})"));
    }
}
