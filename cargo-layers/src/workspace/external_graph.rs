//! Cargo's resolved graph: which packages there are outside the workspace, and who needs whom.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::process::{Command, Output};

use guppy::graph::cargo::{CargoOptions, CargoResolverVersion};
use guppy::graph::feature::StandardFeatures;
use guppy::graph::{
    DependencyDirection, DependencyReq, EnabledStatus, PackageGraph, PackageLink, PackageMetadata,
};
use guppy::platform::PlatformStatus;
use guppy::{CargoMetadata, DependencyKind, PackageId};
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

/// Cargo's resolved graph, as far as rules ask for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExternalGraph {
    /// What packages outside the workspace need, over `[dependencies]` and
    /// `[build-dependencies]` with every feature on and on every platform; sorted, each once.
    pub links: Vec<Link>,
    /// For each member, by its index in [`Workspace::packages`], the names of all packages that
    /// are built where it is built by itself: with all of its own features, and those that it
    /// asks for in others; on every platform, and without dev-dependencies. Sorted.
    pub built_alone: Vec<(usize, Vec<String>)>,
}

/// Cargo's resolved graph of `workspace`.
///
/// # Errors
///
/// Those of [`resolved`].
pub fn load(workspace: &Workspace) -> Result<ExternalGraph, WorkspaceError> {
    external_graph(workspace, &answer(workspace)?)
}

/// Cargo's resolved graph of `workspace`, of what Cargo finds on disk and nowhere else.
///
/// # Errors
///
/// When that is not enough, or there is no up-to-date lock file.
pub fn at_hand(workspace: &Workspace) -> Result<ExternalGraph, WorkspaceError> {
    external_graph(workspace, &accepted(&ask(workspace, true)?)?)
}

fn external_graph(workspace: &Workspace, answer: &str) -> Result<ExternalGraph, WorkspaceError> {
    let features: Answer = serde_json::from_str(answer).map_err(|error| unreadable(&error))?;
    let graph = graph(answer)?;
    Ok(ExternalGraph {
        links: links(&graph, &features.by_id()),
        built_alone: built_alone(workspace, &graph)?,
    })
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
    accepted(&output)
}

/// What Cargo has answered, unless it has refused to.
fn accepted(output: &Output) -> Result<String, WorkspaceError> {
    if !output.status.success() {
        let message = without_prefix(&String::from_utf8_lossy(&output.stderr));
        return Err(WorkspaceError::NoExternalGraph { message });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn built_alone(
    workspace: &Workspace,
    graph: &PackageGraph,
) -> Result<Vec<(usize, Vec<String>)>, WorkspaceError> {
    let mut options = CargoOptions::new();
    options.set_resolver(CargoResolverVersion::V2);
    let mut built = Vec::new();
    for (index, package) in workspace.packages.iter().enumerate() {
        // A package that is made up for a question is unknown to Cargo.
        let Ok(member) = graph.metadata(&PackageId::new(package.id.clone())) else { continue };
        let alone = member.to_package_set().to_feature_set(StandardFeatures::All);
        let set = alone.into_cargo_set(&options).map_err(|error| unreadable(&error))?;
        let mut names: Vec<String> = [set.target_features(), set.host_features()]
            .into_iter()
            .flat_map(|features| features.packages_with_features(DependencyDirection::Forward))
            .map(|features| features.package().name().to_owned())
            .collect();
        names.sort_unstable();
        names.dedup();
        built.push((index, names));
    }
    Ok(built)
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
