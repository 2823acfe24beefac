//! From the answer of `cargo metadata --no-deps` to a [`Workspace`].

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::{DependencyKind, TargetKind};
use layers_rules::facts::{CrateKind, PackageDependencyKind};
use serde_json::Value;

use super::patches::Patches;
use super::{Dependency, Edition, Package, Target, Workspace, WorkspaceError, cargo};
use crate::disk::Boundary;

/// Loads the workspace of `manifest_path`, or else the one around the folder `cwd`.
///
/// Only manifests are read: nothing is downloaded, no lock file is needed, and none of
/// the workspace's own code runs.
///
/// # Errors
///
/// When there is no manifest, when Cargo cannot be started, and when Cargo refuses the
/// manifests.
pub fn load(manifest_path: Option<&Utf8Path>, cwd: &Utf8Path) -> Result<Workspace, WorkspaceError> {
    let manifest = match manifest_path {
        Some(path) => given_manifest(&cwd.join(path))?,
        None => nearest_manifest(cwd)?,
    };
    let metadata = cargo::metadata(&manifest)?.no_deps().exec().map_err(|error| match error {
        cargo_metadata::Error::Io(source) => WorkspaceError::CargoNotStarted { source },
        cargo_metadata::Error::CargoMetadata { stderr } => WorkspaceError::InvalidManifest {
            manifest: manifest.clone(),
            message: without_prefix(&stderr),
        },
        other => WorkspaceError::UnreadableMetadata { reason: other.to_string() },
    })?;
    workspace(&metadata)
}

fn given_manifest(path: &Utf8Path) -> Result<Utf8PathBuf, WorkspaceError> {
    if path.is_dir() {
        let suggestion = path.join("Cargo.toml");
        return Err(WorkspaceError::NotAManifest { path: path.to_owned(), suggestion });
    }
    if path.file_name() != Some("Cargo.toml") {
        let suggestion = path.with_file_name("Cargo.toml");
        return Err(WorkspaceError::NotAManifest { path: path.to_owned(), suggestion });
    }
    if !path.is_file() {
        return Err(WorkspaceError::MissingManifest { path: path.to_owned() });
    }
    Ok(path.to_owned())
}

fn nearest_manifest(cwd: &Utf8Path) -> Result<Utf8PathBuf, WorkspaceError> {
    cwd.ancestors()
        .map(|folder| folder.join("Cargo.toml"))
        .find(|manifest| manifest.is_file())
        .ok_or_else(|| WorkspaceError::NoManifest { directory: cwd.to_owned() })
}

/// Cargo's message without the word that only repeats that it is an error.
pub(super) fn without_prefix(stderr: &str) -> String {
    let text = stderr.trim();
    text.strip_prefix("error: ").unwrap_or(text).to_owned()
}

fn workspace(metadata: &cargo_metadata::Metadata) -> Result<Workspace, WorkspaceError> {
    let mut members = metadata.workspace_packages();
    members.sort_by(|a, b| a.name.cmp(&b.name));

    let patches = Patches::read(&metadata.workspace_root)?;
    let members = Members::new(&members, patches);
    let packages: Vec<Package> = members
        .packages
        .iter()
        .map(|package| {
            Ok(Package {
                name: package.name.to_string(),
                id: package.id.repr.clone(),
                manifest: package.manifest_path.clone(),
                targets: targets(package)?,
                dependencies: members.dependencies_of(package),
                features: package.features.clone().into_iter().collect(),
                layer: layer(package)?,
            })
        })
        .collect::<Result<_, WorkspaceError>>()?;
    let root = metadata.workspace_root.clone();
    let folders = packages.iter().filter_map(|package| package.manifest.parent());
    let boundary = Boundary::around(&root).and(folders);
    Ok(Workspace { root, packages, boundary })
}

fn targets(package: &cargo_metadata::Package) -> Result<Vec<Target>, WorkspaceError> {
    let mut targets = package
        .targets
        .iter()
        .map(|target| {
            Ok(Target {
                name: code_name(&target.name),
                kind: crate_kind(package, target)?,
                root: target.src_path.clone(),
                edition: edition(target.edition),
            })
        })
        .collect::<Result<Vec<_>, WorkspaceError>>()?;
    targets.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    Ok(targets)
}

/// The kind of a target. Several kinds stand together only where a library is built in
/// several forms, so the first one tells.
fn crate_kind(
    package: &cargo_metadata::Package,
    target: &cargo_metadata::Target,
) -> Result<CrateKind, WorkspaceError> {
    let unknown = |kind: &str| WorkspaceError::UnknownTargetKind {
        package: package.name.to_string(),
        target: target.name.clone(),
        kind: kind.to_owned(),
    };
    Ok(match target.kind.first() {
        Some(
            TargetKind::Lib
            | TargetKind::RLib
            | TargetKind::DyLib
            | TargetKind::CDyLib
            | TargetKind::StaticLib,
        ) => CrateKind::Lib,
        Some(TargetKind::ProcMacro) => CrateKind::ProcMacro,
        Some(TargetKind::Bin) => CrateKind::Bin,
        Some(TargetKind::Example) => CrateKind::Example,
        Some(TargetKind::Test) => CrateKind::Test,
        Some(TargetKind::Bench) => CrateKind::Bench,
        Some(TargetKind::CustomBuild) => CrateKind::BuildScript,
        Some(other) => return Err(unknown(&other.to_string())),
        None => return Err(unknown("")),
    })
}

fn edition(edition: cargo_metadata::Edition) -> Edition {
    match edition {
        cargo_metadata::Edition::E2015 => Edition::E2015,
        cargo_metadata::Edition::E2018 => Edition::E2018,
        cargo_metadata::Edition::E2021 => Edition::E2021,
        _ => Edition::E2024,
    }
}

/// The layer that `[package.metadata.layers]` names. The table may also name a pack that
/// the package ships, which says nothing about the package itself.
fn layer(package: &cargo_metadata::Package) -> Result<Option<String>, WorkspaceError> {
    let invalid = |problem: String| WorkspaceError::InvalidLayerTable {
        manifest: package.manifest_path.clone(),
        problem,
    };
    let Some(table) = package.metadata.get("layers") else { return Ok(None) };
    let Value::Object(table) = table else {
        return Err(invalid("`package.metadata.layers` must be a table".to_owned()));
    };
    if let Some(key) = table.keys().find(|key| !matches!(key.as_str(), "layer" | "pack")) {
        let problem = format!("unknown key `{key}` in `[package.metadata.layers]`");
        return Err(invalid(problem));
    }
    match table.get("layer") {
        None => Ok(None),
        Some(Value::String(layer)) => Ok(Some(layer.clone())),
        Some(_) => {
            Err(invalid("`layer` in `[package.metadata.layers]` must be a string".to_owned()))
        }
    }
}

/// A name as source code spells it.
fn code_name(name: &str) -> String {
    name.replace('-', "_")
}

/// The member packages, to be found by their folder.
struct Members<'a> {
    packages: &'a [&'a cargo_metadata::Package],
    by_folder: HashMap<&'a Utf8Path, usize>,
    patches: Patches,
}

impl<'a> Members<'a> {
    fn new(packages: &'a [&'a cargo_metadata::Package], patches: Patches) -> Self {
        let by_folder = packages
            .iter()
            .enumerate()
            .filter_map(|(index, package)| Some((package.manifest_path.parent()?, index)))
            .collect();
        Self { packages, by_folder, patches }
    }

    fn dependencies_of(&self, package: &cargo_metadata::Package) -> Vec<Dependency> {
        let mut dependencies: Vec<Dependency> =
            package.dependencies.iter().map(|dependency| self.dependency(dependency)).collect();
        dependencies.sort_by(|a, b| {
            (a.kind, &a.package, &a.extern_name, &a.target).cmp(&(
                b.kind,
                &b.package,
                &b.extern_name,
                &b.target,
            ))
        });
        dependencies
    }

    fn dependency(&self, dependency: &cargo_metadata::Dependency) -> Dependency {
        let member = self.member(dependency);
        let extern_name = match (&dependency.rename, member) {
            (Some(rename), _) => code_name(rename),
            (None, Some(member)) => library_name(self.packages[member]),
            (None, None) => code_name(&dependency.name),
        };
        Dependency {
            package: dependency.name.clone(),
            extern_name,
            renamed: dependency.rename.is_some(),
            folder: dependency.path.clone(),
            member,
            kind: match dependency.kind {
                DependencyKind::Development => PackageDependencyKind::Dev,
                DependencyKind::Build => PackageDependencyKind::Build,
                _ => PackageDependencyKind::Normal,
            },
            optional: dependency.optional,
            target: dependency.target.as_ref().map(ToString::to_string),
            features: dependency.features.clone(),
            default_features: dependency.uses_default_features,
        }
    }

    /// The member a dependency leads to: by its path, or because the workspace patches
    /// the registry with one of its own members, as tokio's does.
    fn member(&self, dependency: &cargo_metadata::Dependency) -> Option<usize> {
        match &dependency.path {
            Some(path) => self.at(path),
            None => self.patches.folders_for(dependency).filter_map(|folder| self.at(folder)).find(
                |&index| {
                    let package = self.packages[index];
                    *package.name == dependency.name && dependency.req.matches(&package.version)
                },
            ),
        }
    }

    /// The member in `folder`, also where a link on the way gives it a second path.
    fn at(&self, folder: &Utf8Path) -> Option<usize> {
        self.by_folder.get(folder).copied().or_else(|| {
            let real = folder.canonicalize_utf8().ok()?;
            self.by_folder
                .iter()
                .find(|(member, _)| member.canonicalize_utf8().is_ok_and(|member| member == real))
                .map(|(_, index)| *index)
        })
    }
}

/// The name of a package's library in source code; that of the package where it has none.
fn library_name(package: &cargo_metadata::Package) -> String {
    let library = package
        .targets
        .iter()
        .find(|target| crate_kind(package, target).is_ok_and(is_library))
        .map_or(package.name.as_str(), |target| target.name.as_str());
    code_name(library)
}

fn is_library(kind: CrateKind) -> bool {
    matches!(kind, CrateKind::Lib | CrateKind::ProcMacro)
}
