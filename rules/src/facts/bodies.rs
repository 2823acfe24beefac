//! What the bodies of functions and the values of constants do.
//!
//! Gathered only where something needs it: see [`super::Needs`].

use super::{Dependency, DependencyKind, Facts, FileId, ItemId, ModuleId, Span, Target};
use crate::names::Name;

/// Something of its own module that an item names. What is of another module is a
/// [`Dependency`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalUse {
    /// The module.
    pub module: ModuleId,
    /// Innermost item that names it.
    pub item: Option<ItemId>,
    /// What it names.
    pub to: Target,
    /// The path as written, generics left out.
    pub written: Name,
    /// How.
    pub kind: DependencyKind,
    /// File.
    pub file: FileId,
    /// Where in that file.
    pub span: Span,
    /// Whether it is test-only code.
    pub test: bool,
}

/// A method that is called, by its name: types are not inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MethodCall {
    /// Module it stands in.
    pub module: ModuleId,
    /// File.
    pub file: FileId,
    /// Where the name stands in that file.
    pub span: Span,
    /// The name.
    pub name: Name,
}

/// Something that a body hands to a call without running it: a closure, or the name of a
/// function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandedOn {
    /// File.
    pub file: FileId,
    /// Where it stands in that file.
    pub span: Span,
}

impl Facts {
    /// The dependencies that are written in `span` of a file, by all that it is mounted as.
    pub fn dependencies_in(&self, file: FileId, span: Span) -> impl Iterator<Item = &Dependency> {
        within(&self.dependencies, file, span, |edge| (edge.file, edge.span)).iter()
    }

    /// What is named in `span` of a file without leaving its module.
    pub fn local_uses_in(&self, file: FileId, span: Span) -> impl Iterator<Item = &LocalUse> {
        within(&self.local_uses, file, span, |local| (local.file, local.span)).iter()
    }

    /// The methods that are called in `span` of a file.
    pub fn method_calls_in(&self, file: FileId, span: Span) -> impl Iterator<Item = &MethodCall> {
        within(&self.method_calls, file, span, |call| (call.file, call.span)).iter()
    }
}

impl Facts {
    /// Whether what stands at `at`, within a body, is handed to a call there.
    #[must_use]
    pub fn is_handed_on(&self, file: FileId, body: Span, at: Span) -> bool {
        let until = Span { end: at.start + 1, ..body };
        let mut before = within(&self.handed_on, file, until, |it| (it.file, it.span)).iter();
        before.any(|handed| at.end <= handed.span.end)
    }
}

/// The entries that begin in `span` of a file, of those sorted by file and span.
fn within<T>(
    entries: &[T],
    file: FileId,
    span: Span,
    place: impl Fn(&T) -> (FileId, Span),
) -> &[T] {
    let before = |entry: &T, offset: u32| {
        let (of, at) = place(entry);
        (of, at.start) < (file, offset)
    };
    let start = entries.partition_point(|entry| before(entry, span.start));
    let len = entries[start..].partition_point(|entry| before(entry, span.end));
    &entries[start..start + len]
}
