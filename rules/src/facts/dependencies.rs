//! Dependencies, what they lead to, and the chains they go through.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ChainId, DependencyId, ExternalId, FileId, ItemId, ModuleId, Span};
use crate::names::Name;

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
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
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
