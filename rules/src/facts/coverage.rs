//! What was seen, and what could not be.

use super::{FileId, ModuleId, Span};
use crate::names::Name;

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
