//! Items, impls, and what they refer to.

use serde::{Deserialize, Serialize};

use super::{FileId, Form, ItemId, ModuleId, Span, Target};
use crate::names::Name;

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
    /// Where its body or its value stands, when it has one: of a function the block, of a
    /// constant or static what is behind the `=`.
    pub body: Option<Span>,
    /// What it is like.
    pub form: Form,
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
