//! What items declare beside their names: fields, parameters, and the types they mention.
//!
//! Gathered only where something needs it: see [`super::Needs`].

use std::ops::Range;

use super::{Facts, FileId, ItemId, Reference, Span, Visibility};
use crate::names::Name;

/// What the signature of an item mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Signature {
    /// Everything in it: types of fields and parameters, the returned type, bounds,
    /// supertraits, what an alias stands for.
    pub mentions: Mentions,
    /// Of those what stands behind `->`; `None` where nothing does.
    pub returns: Option<Mentions>,
}

/// A stretch of [`Facts::mentions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Mentions {
    /// The first.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A type or trait named in a signature, types of the language and `Self` included. `Self`
/// means the type of its impl; in a trait it means nothing known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What is named.
    pub reference: Reference,
    /// Where, in the file of its item; `None` for a type of the language and for `Self`.
    pub span: Option<Span>,
}

/// A field of a struct, union or variant.
#[derive(Clone, Debug)]
pub struct Field {
    /// The struct, union or variant.
    pub item: ItemId,
    /// Its name, or its number.
    pub name: Name,
    /// Visibility; that of its enum for a field of a variant.
    pub visibility: Visibility,
    /// Where its name stands, in the file of its item; for a numbered field where its
    /// type begins.
    pub span: Span,
    /// Whether it has a documentation comment.
    pub documented: bool,
    /// Its attributes in order.
    pub attributes: Vec<Reference>,
    /// What its type mentions.
    pub mentions: Mentions,
}

/// A parameter of a function, `self` apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The function.
    pub item: ItemId,
    /// Its name; `_` where a pattern takes it apart.
    pub name: Name,
    /// Where it stands, in the file of the function.
    pub span: Span,
    /// What its type mentions.
    pub mentions: Mentions,
}

/// One leaf of a `use` declaration, or an `extern crate`.
#[derive(Clone, Debug)]
pub struct Import {
    /// Module it stands in.
    pub module: super::ModuleId,
    /// The function it stands in, if it does.
    pub item: Option<ItemId>,
    /// The name it brings: `*` for a glob, `_` for none.
    pub name: Name,
    /// Its path as written, with `::*` for a glob.
    pub written: Name,
    /// Visibility.
    pub visibility: Visibility,
    /// File.
    pub file: FileId,
    /// Where its path stands.
    pub span: Span,
    /// What it brings, one thing for each namespace; nothing where that is not known.
    pub mentions: Mentions,
    /// Attributes of the declaration.
    pub attributes: Vec<Reference>,
    /// Whether it is test-only code.
    pub test: bool,
    /// The cfg predicate it stands under, if any.
    pub cfg: Option<Name>,
}

impl Mentions {
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Facts {
    /// What a stretch of mentions holds.
    #[must_use]
    pub fn mentioned(&self, mentions: Mentions) -> &[Mention] {
        &self.mentions[mentions.range()]
    }

    /// The fields of an item in order.
    #[must_use]
    pub fn fields_of(&self, item: ItemId) -> Range<usize> {
        stretch(&self.fields, item, |field| field.item)
    }

    /// The parameters of a function in order, `self` apart.
    #[must_use]
    pub fn parameters_of(&self, item: ItemId) -> Range<usize> {
        stretch(&self.parameters, item, |parameter| parameter.item)
    }
}

/// Where the entries of `item` stand among those sorted by their items.
fn stretch<T>(entries: &[T], item: ItemId, of: impl Fn(&T) -> ItemId) -> Range<usize> {
    let start = entries.partition_point(|entry| of(entry) < item);
    let len = entries[start..].partition_point(|entry| of(entry) == item);
    start..start + len
}
