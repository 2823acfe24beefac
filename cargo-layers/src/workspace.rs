//! The packages and targets of a Cargo workspace.
//!
//! [`load`] asks `cargo metadata --no-deps`, which reads manifests and nothing else: it
//! needs no lock file, no registry and no compiler. [`external_graph::load`] asks for
//! Cargo's resolved graph, and is for those policies that cannot do without. [`lock`] reads what
//! Cargo.lock says of it.

mod cargo;
pub mod crate_packs;
mod error;
pub mod external_graph;
pub mod lock;
mod metadata;
mod patches;
pub mod programs;
mod registries;
mod switches;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use layers_rules::facts::{CrateKind, PackageDependencyKind};

use crate::disk::Boundary;

pub use error::WorkspaceError;
pub use metadata::load;
pub use switches::switching_on;

/// A Cargo workspace, as its manifests describe it.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Absolute path of the workspace root.
    pub root: Utf8PathBuf,
    /// Member packages, sorted by name.
    pub packages: Vec<Package>,
    /// Where its files may lie.
    pub boundary: Boundary,
}

/// A member package.
#[derive(Clone, Debug)]
pub struct Package {
    /// Name as in Cargo.toml.
    pub name: String,
    /// What Cargo calls it in its messages; empty for a package that exists in memory only.
    pub id: String,
    /// Absolute path of its Cargo.toml.
    pub manifest: Utf8PathBuf,
    /// Its targets, libraries first, then by kind and name.
    pub targets: Vec<Target>,
    /// Its declared dependencies, sorted by table, package and name.
    pub dependencies: Vec<Dependency>,
    /// Its features, each with what it enables.
    pub features: BTreeMap<String, Vec<String>>,
    /// Layer named in `[package.metadata.layers] layer`.
    pub layer: Option<String>,
}

/// A Cargo target.
#[derive(Clone, Debug)]
pub struct Target {
    /// Name as source code spells it, hyphens turned into underscores.
    pub name: String,
    /// Kind.
    pub kind: CrateKind,
    /// Absolute path of its root file.
    pub root: Utf8PathBuf,
    /// Edition.
    pub edition: Edition,
}

/// A declared dependency.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// Name of the package depended on.
    pub package: String,
    /// Name by which source code refers to it: the new name where Cargo.toml renames
    /// it, else the name of its library.
    pub extern_name: String,
    /// Whether Cargo.toml renames it.
    pub renamed: bool,
    /// Absolute path of its folder, where Cargo.toml says it.
    pub folder: Option<Utf8PathBuf>,
    /// Index in [`Workspace::packages`] where it is a member.
    pub member: Option<usize>,
    /// Table it stands in.
    pub kind: PackageDependencyKind,
    /// Whether it is optional.
    pub optional: bool,
    /// The `cfg(…)` or triple of its target table.
    pub target: Option<String>,
    /// The features it enables.
    pub features: Vec<String>,
    /// Whether it enables the default features.
    pub default_features: bool,
}

/// A Rust edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// 2015
    E2015,
    /// 2018
    E2018,
    /// 2021
    E2021,
    /// 2024, and any later one
    E2024,
}
