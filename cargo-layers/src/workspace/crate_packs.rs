//! Where crates keep the packs that they ship.
//!
//! A crate says so in its Cargo.toml: `[package.metadata.layers] pack = "layers.toml"`. Members of
//! the workspace and dependencies by path are found by their manifests alone. For any other crate
//! Cargo is asked for its resolved graph, which reads the lock file and manifests and runs no code.

use std::fs;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use guppy::graph::{PackageGraph, PackageMetadata};
use thiserror::Error;
use toml::Table;

use super::{Workspace, WorkspaceError, external_graph};
use crate::disk::{self, Boundary};

/// A crate that ships a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CratePack {
    /// Name of the package.
    pub package: String,
    /// Absolute path of its folder.
    pub folder: Utf8PathBuf,
    /// The pack, relative to that folder, as the manifest writes it.
    pub file: String,
    /// Whether the folder is the workspace's own business: that of a member, or of a dependency
    /// by path.
    pub is_local: bool,
}

/// Why the pack of a crate is not to be had.
#[derive(Debug, Error)]
pub enum CratePackError {
    /// No package depends on it.
    #[error("no package of the workspace depends on a crate `{name}`")]
    NoDependency {
        /// What was asked for.
        name: String,
        /// The crates there are.
        known: Vec<String>,
    },
    /// Packages depend on several versions of it.
    #[error("the workspace depends on several versions of `{name}`: {}", .versions.join(", "))]
    SeveralVersions {
        /// Its name.
        name: String,
        /// The versions, sorted.
        versions: Vec<String>,
    },
    /// Its manifest names none.
    #[error("the crate `{name}` ships no pack")]
    NoPack {
        /// Its name.
        name: String,
        /// Its manifest.
        manifest: Utf8PathBuf,
    },
    /// Its manifest says something else than where the pack is.
    #[error("the Cargo.toml of the crate `{name}` does not say where its pack is: {problem}")]
    Invalid {
        /// Its name.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// Cargo's resolved graph is not to be had.
    #[error("where the crate `{name}` is kept is not known")]
    NoGraph {
        /// Its name.
        name: String,
        /// Why.
        source: WorkspaceError,
    },
}

/// Finds the packs of crates. Cargo is asked at most once.
#[derive(Debug)]
pub struct CratePacks<'a> {
    workspace: &'a Workspace,
    graph: Option<PackageGraph>,
}

impl<'a> CratePacks<'a> {
    /// For crates that `workspace` depends on.
    #[must_use]
    pub fn new(workspace: &'a Workspace) -> Self {
        Self { workspace, graph: None }
    }

    /// The pack of the crate `name`, on which a member depends, or the package `of` whose own pack
    /// extends it. Hyphens and underscores are the same.
    ///
    /// # Errors
    ///
    /// When there is no such crate, or it does not say where its pack is.
    pub fn find(&mut self, name: &str, of: Option<&str>) -> Result<CratePack, CratePackError> {
        let workspace = self.workspace;
        let members = workspace.packages.iter();
        let mut local = members.clone().filter(|package| is_same(&package.name, name));
        if let Some(package) = local.next() {
            return of_manifest(&package.name, &package.manifest, &workspace.boundary);
        }
        let mut declared = members
            .flat_map(|package| &package.dependencies)
            .filter(|it| is_same(&it.package, name));
        if let Some((dependency, folder)) =
            declared.clone().find_map(|it| Some((it, it.folder.as_ref()?)))
        {
            let manifest = folder.join("Cargo.toml");
            return of_manifest(&dependency.package, &manifest, &workspace.boundary);
        }
        if declared.next().is_none() && of.is_none() {
            return Err(self.no_dependency(name));
        }
        let graph = self.graph(name)?;
        let depends = |package: &PackageMetadata<'_>| {
            package.reverse_direct_links().any(|link| {
                link.from().in_workspace() || of.is_some_and(|of| is_same(link.from().name(), of))
            })
        };
        let mut found: Vec<PackageMetadata<'_>> = graph
            .packages()
            .filter(|package| is_same(package.name(), name) && depends(package))
            .collect();
        found.sort_by(|a, b| a.version().cmp(b.version()));
        match found.as_slice() {
            [] => Err(self.no_dependency(name)),
            [package] => of_package(package, &workspace.boundary),
            several => Err(CratePackError::SeveralVersions {
                name: name.to_owned(),
                versions: several.iter().map(|package| package.version().to_string()).collect(),
            }),
        }
    }

    fn graph(&mut self, name: &str) -> Result<&PackageGraph, CratePackError> {
        let graph = match self.graph.take() {
            Some(graph) => graph,
            None => external_graph::resolved(self.workspace)
                .map_err(|source| CratePackError::NoGraph { name: name.to_owned(), source })?,
        };
        Ok(self.graph.insert(graph))
    }

    fn no_dependency(&self, name: &str) -> CratePackError {
        let packages = &self.workspace.packages;
        let members = packages.iter().map(|package| package.name.clone());
        let dependencies = packages.iter().flat_map(|package| &package.dependencies);
        let dependencies = dependencies.map(|dependency| dependency.package.clone());
        let mut known: Vec<String> = members.chain(dependencies).collect();
        known.sort();
        known.dedup();
        CratePackError::NoDependency { name: name.to_owned(), known }
    }
}

impl CratePack {
    /// Absolute path of the pack; `None` where that would be outside of the package, be it by
    /// links.
    #[must_use]
    pub fn path(&self) -> Option<Utf8PathBuf> {
        self.inside(&self.folder.join(&self.file))
    }

    /// `path` without `.` and `..`, where it stays inside of the package.
    #[must_use]
    pub fn inside(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let mut plain = Utf8PathBuf::new();
        for component in path.components() {
            match component {
                Utf8Component::CurDir => {}
                Utf8Component::ParentDir => {
                    plain.pop();
                }
                other => plain.push(other),
            }
        }
        let is_inside = match (fs::canonicalize(&plain), fs::canonicalize(&self.folder)) {
            (Ok(file), Ok(folder)) => file.starts_with(folder),
            // What is not there leads nowhere else by links.
            _ => true,
        };
        (is_inside && plain.starts_with(&self.folder)).then_some(plain)
    }
}

/// The pack of a crate whose folder is known from a manifest of the workspace.
fn of_manifest(
    name: &str,
    manifest: &Utf8Path,
    boundary: &Boundary,
) -> Result<CratePack, CratePackError> {
    let invalid = |problem: String| CratePackError::Invalid { name: name.to_owned(), problem };
    let text = disk::read_text(manifest, boundary).map_err(|why| invalid(format!("it {why}")))?;
    let table: Table =
        text.parse().map_err(|error: toml::de::Error| invalid(error.message().to_owned()))?;
    let metadata = table.get("package").and_then(|package| package.get("metadata"));
    let pack = metadata.and_then(|metadata| metadata.get("layers")?.get("pack"));
    let Some(pack) = pack else {
        return Err(CratePackError::NoPack {
            name: name.to_owned(),
            manifest: manifest.to_owned(),
        });
    };
    let file =
        pack.as_str().ok_or_else(|| invalid("`pack` must be the path of a file".to_owned()))?;
    Ok(CratePack {
        package: name.to_owned(),
        folder: manifest.parent().unwrap_or(manifest).to_owned(),
        file: file.to_owned(),
        is_local: true,
    })
}

/// The pack of a crate that Cargo has found.
fn of_package(
    package: &PackageMetadata<'_>,
    boundary: &Boundary,
) -> Result<CratePack, CratePackError> {
    let name = package.name().to_owned();
    let manifest = package.manifest_path();
    if package.source().is_path() {
        return of_manifest(&name, manifest, boundary);
    }
    let pack = package.metadata_table().get("layers").and_then(|layers| layers.get("pack"));
    let Some(pack) = pack else {
        return Err(CratePackError::NoPack { name, manifest: manifest.to_owned() });
    };
    let Some(file) = pack.as_str() else {
        let problem = "`pack` must be the path of a file".to_owned();
        return Err(CratePackError::Invalid { name, problem });
    };
    Ok(CratePack {
        package: name,
        folder: manifest.parent().unwrap_or(manifest).to_owned(),
        file: file.to_owned(),
        is_local: false,
    })
}

/// Whether two names are those of one package.
fn is_same(name: &str, other: &str) -> bool {
    name.replace('_', "-") == other.replace('_', "-")
}
