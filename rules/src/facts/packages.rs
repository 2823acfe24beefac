//! Packages, crates, files and modules.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{CrateId, FileId, ModuleId, PackageId, Reference, Span, Visibility};
use crate::names::Name;

/// A Cargo package of the workspace.
#[derive(Clone, Debug)]
pub struct Package {
    /// Package name as in Cargo.toml, hyphens kept.
    pub name: Name,
    /// Its Cargo.toml, relative to the workspace root.
    pub manifest: String,
    /// Layer named in `[package.metadata.layers] layer`, if any.
    pub layer: Option<String>,
    /// What its Cargo.toml depends on.
    pub dependencies: Vec<PackageDependency>,
    /// Its features, sorted, those included that optional dependencies bring.
    pub features: Vec<Name>,
}

/// One entry of a package's dependency tables.
#[derive(Clone, Debug)]
pub struct PackageDependency {
    /// Package name of the dependency, hyphens kept.
    pub package: Name,
    /// Name by which the source refers to it.
    pub extern_name: Name,
    /// The workspace package it is, if it is one.
    pub workspace: Option<PackageId>,
    /// Which table it stands in.
    pub kind: PackageDependencyKind,
    /// Whether it is optional.
    pub optional: bool,
    /// The features of the package that switch it on, sorted, where it is optional.
    pub features: Vec<Name>,
    /// The `cfg(…)` or triple of the target table it stands in, if any.
    pub target: Option<Name>,
    /// Where its name stands in the manifest of the package; empty unless
    /// [`super::Needs::manifests`] was asked for.
    pub span: Span,
    /// Where its name stands in `[workspace.dependencies]` of the Cargo.toml at the root, if
    /// it is inherited from there and [`super::Needs::manifests`] was asked for.
    pub inherited: Option<Span>,
}

/// What one package outside the workspace needs of another, as Cargo resolves it with every
/// feature of the workspace on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExternalLink {
    /// The package, hyphens kept.
    pub from: Name,
    /// The package it depends on, which may be one of the workspace that stands in for one
    /// outside.
    pub to: Name,
    /// Which table the dependency stands in; never [`PackageDependencyKind::Dev`].
    pub kind: PackageDependencyKind,
    /// The features of `from` that switch it on, sorted; empty where it is not optional.
    pub features: Vec<Name>,
    /// The `cfg(…)` or triple of each target table it stands in; empty where it is needed
    /// everywhere.
    pub targets: Vec<Name>,
}

/// The dependency tables of Cargo.toml.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PackageDependencyKind {
    /// `[dependencies]`
    Normal,
    /// `[dev-dependencies]`
    Dev,
    /// `[build-dependencies]`
    Build,
}

impl PackageDependencyKind {
    /// The word for it, as `dependency-kinds` spells it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Dev => "dev",
            Self::Build => "build",
        }
    }
}

/// A Cargo target.
#[derive(Clone, Debug)]
pub struct Crate {
    /// Package it belongs to.
    pub package: PackageId,
    /// Name as source code spells it, hyphens turned into underscores.
    pub name: Name,
    /// Kind of the target.
    pub kind: CrateKind,
    /// Its root module.
    pub root: ModuleId,
    /// How paths into it are shown: `shop`, or `shop[bin:server]` where the crate
    /// name alone would not tell.
    pub display: Name,
}

/// Kinds of Cargo targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CrateKind {
    /// A library, of any crate type but proc-macro.
    Lib,
    /// A procedural macro.
    ProcMacro,
    /// A binary.
    Bin,
    /// An example.
    Example,
    /// An integration test.
    Test,
    /// A benchmark.
    Bench,
    /// A build script.
    BuildScript,
}

impl CrateKind {
    /// The word for this kind in `shop[bin:server]`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Lib => "lib",
            Self::ProcMacro => "proc-macro",
            Self::Bin => "bin",
            Self::Example => "example",
            Self::Test => "test",
            Self::Bench => "bench",
            Self::BuildScript => "build",
        }
    }

    /// Whether everything in such a target is test code.
    #[must_use]
    pub fn is_test(self) -> bool {
        matches!(self, Self::Example | Self::Test | Self::Bench)
    }
}

/// A source file.
#[derive(Clone, Debug)]
pub struct File {
    /// Relative to the workspace root, with forward slashes.
    pub path: String,
    /// Number of lines.
    pub lines: u32,
}

/// A module, inline or with a file of its own. A block that holds items counts as
/// its nearest real module.
#[derive(Clone, Debug)]
pub struct Module {
    /// Crate it belongs to.
    pub crate_id: CrateId,
    /// Parent; `None` for a crate root.
    pub parent: Option<ModuleId>,
    /// Name; for a crate root the crate's name.
    pub name: Name,
    /// File that holds its items.
    pub file: FileId,
    /// File of its declaration (`mod x;`); for a crate root its own file.
    pub declared_in: FileId,
    /// Where in that file its name stands; empty for a crate root.
    pub span: Span,
    /// Whether its body stands in braces.
    pub inline: bool,
    /// How many lines it has: those of its file, or from `mod` to its closing brace.
    pub lines: u32,
    /// Whether it has a documentation comment, at its declaration or inside.
    pub documented: bool,
    /// Its attributes in order, as written and as resolved; those of a crate root are not
    /// kept.
    pub attributes: Vec<Reference>,
    /// Visibility of the declaration.
    pub visibility: Visibility,
    /// Whether it is test-only code.
    pub test: bool,
    /// The cfg predicate it stands under, if any.
    pub cfg: Option<Name>,
}
