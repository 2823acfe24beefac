//! What is known of a workspace: packages, crates, modules, items, and the
//! dependencies between them.
//!
//! Everything is addressed by small ids into the vectors of [`Facts`]; text is
//! interned in [`Facts::names`]. The facts are made by `cargo-layers` from the
//! resolved source and are not changed afterwards.

mod paths;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::names::{Name, Names};

macro_rules! id {
    ($(#[$doc:meta])* $id:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $id(pub u32);

        impl $id {
            /// The id of the entry at `index`.
            ///
            /// # Panics
            ///
            /// When `index` does not fit 32 bits.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than 2^32 entries"))
            }

            /// The index of this entry in its vector.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// A Cargo package of the workspace: index into [`Facts::packages`].
    PackageId
}
id! {
    /// A Cargo target: index into [`Facts::crates`].
    CrateId
}
id! {
    /// A source file: index into [`Facts::files`].
    FileId
}
id! {
    /// A module: index into [`Facts::modules`].
    ModuleId
}
id! {
    /// An item: index into [`Facts::items`].
    ItemId
}
id! {
    /// A path outside the workspace: index into [`Facts::externals`].
    ExternalId
}
id! {
    /// A dependency: index into [`Facts::dependencies`].
    DependencyId
}
id! {
    /// A chain of re-exports: index into [`Facts::chains`]; 0 is the empty chain.
    ChainId
}

/// A stretch of bytes in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span as a range of `usize`.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Everything known of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Interned text of every name below.
    pub names: Names,
    /// The packages of the workspace, sorted by name.
    pub packages: Vec<Package>,
    /// The Cargo targets of those packages.
    pub crates: Vec<Crate>,
    /// The source files that belong to a module tree.
    pub files: Vec<File>,
    /// Every module, crate roots included; a parent comes before its children.
    pub modules: Vec<Module>,
    /// Every named item and every impl.
    pub items: Vec<Item>,
    /// Every impl block.
    pub impls: Vec<Impl>,
    /// Distinct paths outside the workspace that something refers to.
    pub externals: Vec<External>,
    /// Distinct chains of re-exports; the first is empty.
    pub chains: Vec<Vec<Hop>>,
    /// Every dependency, sorted by file and span.
    pub dependencies: Vec<Dependency>,
    /// Dependencies among packages outside the workspace, by package name: who needs
    /// whom. Empty unless a rule asked for Cargo's resolved graph.
    pub external_graph: Vec<(Name, Name)>,
    /// Per crate, what was seen and what could not be.
    pub coverage: Vec<Coverage>,
    /// The paths counted as opaque or unresolved, sorted by file and span.
    pub unseen: Vec<UnseenPath>,
    /// The macro calls in item position whose output is not known, sorted by file and
    /// span.
    pub unseen_macros: Vec<UnseenMacro>,
}

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
    /// The `cfg(…)` or triple of the target table it stands in, if any.
    pub target: Option<Name>,
}

/// The dependency tables of Cargo.toml.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PackageDependencyKind {
    /// `[dependencies]`
    Normal,
    /// `[dev-dependencies]`
    Dev,
    /// `[build-dependencies]`
    Build,
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
    /// Visibility of the declaration.
    pub visibility: Visibility,
    /// Whether it is test-only code.
    pub test: bool,
    /// The cfg predicate it stands under, if any.
    pub cfg: Option<Name>,
}

/// Kinds of items, in the words of the rule language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    /// A module.
    Module,
    /// `struct`
    Struct,
    /// `enum`
    Enum,
    /// `union`
    Union,
    /// `trait`
    Trait,
    /// A free function.
    Fn,
    /// A function in an impl or a trait.
    Method,
    /// `const`
    Const,
    /// `static`
    Static,
    /// `type`
    Type,
    /// `macro_rules!`, or a proc macro.
    Macro,
    /// An impl block.
    Impl,
    /// A field of a struct, union or variant.
    Field,
    /// A variant of an enum.
    Variant,
    /// A `use` declaration.
    Use,
}

/// Who may name an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Visibility {
    /// `pub`
    Public,
    /// `pub(crate)`
    Crate,
    /// `pub(super)`, `pub(in path)`: the module that may.
    Restricted(ModuleId),
    /// No modifier: its own module.
    Private,
}

/// An item.
#[derive(Clone, Debug)]
pub struct Item {
    /// Module it stands in.
    pub module: ModuleId,
    /// The item that holds it: the enum of a variant, the trait or impl of a method,
    /// the function of a local item.
    pub parent: Option<ItemId>,
    /// Kind.
    pub kind: ItemKind,
    /// Name; for an impl the last segment of its type.
    pub name: Name,
    /// Visibility.
    pub visibility: Visibility,
    /// File.
    pub file: FileId,
    /// Where its name stands.
    pub span: Span,
    /// Where the whole item stands, attributes apart.
    pub extent: Span,
    /// Its attributes in order, derives apart, as written and as resolved.
    pub attributes: Vec<Reference>,
    /// Its derives.
    pub derives: Vec<Reference>,
    /// Whether it is test-only code.
    pub test: bool,
    /// The cfg predicate it stands under, if any.
    pub cfg: Option<Name>,
}

/// A written path and the thing it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// As written, generics left out.
    pub written: Name,
    /// What it means, if that is known.
    pub target: Option<Target>,
}

/// An impl block.
#[derive(Clone, Debug)]
pub struct Impl {
    /// Its entry among the items.
    pub item: ItemId,
    /// The type it is for, when that is a path to a known thing.
    pub self_type: Option<Target>,
    /// The trait it implements; `None` for an inherent impl.
    pub of_trait: Option<Reference>,
}

/// What a path means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A module of the workspace.
    Module(ModuleId),
    /// An item of the workspace.
    Item(ItemId),
    /// Something outside the workspace.
    External(ExternalId),
}

/// A path outside the workspace, std included.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct External {
    /// Segments, the first of which is the crate's name as source code spells it
    /// before any renaming in Cargo.toml.
    pub path: Vec<Name>,
}

/// One step through a re-export or import on the way from a written path to the
/// thing it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hop {
    /// The module that holds the re-export.
    pub module: ModuleId,
    /// The name it goes by there.
    pub name: Name,
    /// What that name leads to.
    pub to: Target,
    /// How.
    pub how: HopKind,
    /// File of the line that makes the hop.
    pub file: FileId,
    /// Where in that file.
    pub span: Span,
}

/// Ways for a name to come into a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HopKind {
    /// `pub use a::B;`
    Reexport,
    /// `use a::*;`, public or not.
    Glob,
    /// `use a::B;` in the module of the path itself or in one that can be seen.
    Import,
    /// `extern crate a as b;`
    ExternCrate,
    /// The body of a macro that was called.
    Macro,
}

/// How a dependency comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DependencyKind {
    /// A private import.
    Use,
    /// An import that others can use.
    Reexport,
    /// A path in a type, bound, pattern or struct literal.
    Type,
    /// A path in an expression.
    Call,
    /// The trait or the type of an impl.
    Impl,
    /// A derive.
    Derive,
    /// An attribute's path, or a path in its arguments.
    Attribute,
    /// A macro call, or what the body of a called macro names.
    Macro,
    /// Held through a call: the written type of what was called or read.
    Value,
}

/// One dependency: from an item in a module to a thing.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// Module that holds the written path.
    pub from: ModuleId,
    /// Innermost item that holds it.
    pub item: Option<ItemId>,
    /// What it means.
    pub to: Target,
    /// How it comes about.
    pub kind: DependencyKind,
    /// File of the written path.
    pub file: FileId,
    /// Where in that file.
    pub span: Span,
    /// The path as written, generics left out.
    pub written: Name,
    /// The re-exports it went through.
    pub chain: ChainId,
    /// The cfg predicate it stands under, if any.
    pub cfg: Option<Name>,
    /// Whether it is test-only code.
    pub test: bool,
    /// Whether it is inferred (kind [`DependencyKind::Value`]) and not written.
    pub inferred: bool,
    /// The dependency that already says as much: for a lone name the one made by the
    /// import in the same module that it goes through, for what is held a path in the same
    /// module that names its type.
    pub restates: Option<DependencyId>,
}

/// A path into the workspace that is not known to mean anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnseenPath {
    /// Module it stands in.
    pub from: ModuleId,
    /// File.
    pub file: FileId,
    /// Where in that file.
    pub span: Span,
    /// The path as written, generics left out.
    pub written: Name,
    /// Whether something that can't be seen through hides it, such as the output of a
    /// macro. Otherwise it was just not found.
    pub opaque: bool,
}

/// A macro call in item position that can't be seen through: what it declares is not
/// known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnseenMacro {
    /// Module it stands in.
    pub from: ModuleId,
    /// File.
    pub file: FileId,
    /// Where the macro's path stands in that file.
    pub span: Span,
    /// That path as written.
    pub written: Name,
}

/// What was seen of one crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Paths that were to be resolved; the numbers below add up to it.
    pub seen: u32,
    /// Resolved to something in the workspace.
    pub resolved: u32,
    /// Resolved to something outside the workspace.
    pub external: u32,
    /// In the workspace, behind something that cannot be seen through, such as the
    /// output of a macro.
    pub opaque: u32,
    /// Not found although nothing hides it.
    pub unresolved: u32,
}
