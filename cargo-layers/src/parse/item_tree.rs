//! What one source file says, as plain data: no type of syn is left in it.
//!
//! Ids are local to the file. Names are local too ([`Symbol`] indexes
//! [`ItemTree::symbols`]), so that files can be parsed in any order on any thread and
//! still give the same result.

mod paths;

use layers_rules::facts::{Form, ItemKind, Span};

pub use paths::{Anchor, Place, Segments, WrittenPath};

use super::comments::ExceptionComment;
use super::parts::{Parts, Stretch};
use super::shapes::{Shapes, TypeIx};
use super::symbols::Symbols;

/// Index into [`ItemTree::symbols`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(pub u32);

/// Index into [`ItemTree::scopes`]; 0 is the file's own scope.
pub type ScopeIndex = u32;
/// Index into [`ItemTree::items`].
pub type ItemIndex = u32;
/// Index into [`ItemTree::paths`].
pub type PathIndex = u32;
/// Index into [`ItemTree::places`].
pub type PlaceIndex = u32;
/// Index into [`ItemTree::cfgs`].
pub type CfgIndex = u32;

/// Everything a file declares and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemTree {
    /// Text of every symbol.
    pub symbols: Symbols,
    /// The file's scope, inline modules, blocks that hold items, enums; a parent comes
    /// before its children.
    pub scopes: Vec<Scope>,
    /// Declared items; a parent comes before its children.
    pub items: Vec<Item>,
    /// Declared modules.
    pub modules: Vec<ModuleDeclaration>,
    /// Leaves of `use` trees, and `extern crate`s.
    pub imports: Vec<Import>,
    /// Impl blocks.
    pub impls: Vec<Impl>,
    /// Type aliases and the paths they stand for, in order of the items.
    pub aliases: Vec<(ItemIndex, PathIndex)>,
    /// `macro_rules!` definitions.
    pub macros: Vec<MacroDefinition>,
    /// Written paths that are neither imports nor in a macro's definition.
    pub paths: Vec<WrittenPath>,
    /// Written paths in the bodies of macro definitions.
    pub macro_paths: Vec<WrittenPath>,
    /// The macro calls in item position whose output is not seen, by their paths.
    pub unseen_calls: Vec<PathIndex>,
    /// The paths of the attributes and derives of items.
    pub attributes: Vec<PathIndex>,
    /// Where paths and expressions stand.
    pub places: Vec<Place>,
    /// Segments of all paths.
    pub segments: Vec<Symbol>,
    /// Conditions that something stands under.
    pub cfgs: Vec<Cfg>,
    /// Files named by `include!("…")` in item position: the scope and the literal.
    pub includes: Vec<Include>,
    /// Written types and the shape of expressions.
    pub shapes: Shapes,
    /// What items are made of.
    pub parts: Parts,
    /// Comments that are exceptions of rules, sorted by place.
    pub exceptions: Vec<ExceptionComment>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Number of lines.
    pub lines: u32,
    /// Whether the file begins with a documentation comment of its own.
    pub documented: bool,
}

/// A place where names are declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// What it is.
    pub kind: ScopeKind,
    /// The scope around it; `None` for the file.
    pub parent: Option<ScopeIndex>,
    /// Where it starts in the file.
    pub start: u32,
    /// The condition it stands under.
    pub cfg: Option<CfgIndex>,
    /// Whether a macro call in item position stands here whose output is not seen.
    pub opaque: bool,
}

/// Kinds of scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    /// The whole file.
    File,
    /// `mod m { … }`
    Module,
    /// A block with items in it.
    Block,
    /// The variants of an enum.
    Enum,
}

/// A declared item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Scope that declares it.
    pub scope: ScopeIndex,
    /// The item that holds it.
    pub parent: Option<ItemIndex>,
    /// Kind.
    pub kind: ItemKind,
    /// Name; for an impl the last segment of its type.
    pub name: Symbol,
    /// Written visibility.
    pub visibility: Visibility,
    /// Where its name stands.
    pub span: Span,
    /// Where all of it stands.
    pub extent: Span,
    /// Where its body or its value begins; it ends where the item does.
    pub body: Option<u32>,
    /// What its signature mentions: a stretch of [`Parts::mentions`].
    pub mentions: Stretch,
    /// What it is like.
    pub form: Form,
    /// Namespaces in which its scope declares its name; empty for methods and impls.
    pub namespaces: Namespaces,
    /// Scope that holds what it declares: the variants of an enum.
    pub own_scope: Option<ScopeIndex>,
    /// Its attributes that are neither derives, docs nor conditions: a stretch of
    /// [`ItemTree::attributes`].
    pub attributes: Stretch,
    /// Its derives, likewise.
    pub derives: Stretch,
    /// The condition it stands under.
    pub cfg: Option<CfgIndex>,
    /// Whether the crate root exports it: `#[macro_export]`, proc macros.
    pub exported: bool,
}

/// A set of namespaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Namespaces(pub u8);

impl Namespaces {
    /// No namespace.
    pub const NONE: Self = Self(0);
    /// Types and modules.
    pub const TYPES: Self = Self(1);
    /// Values.
    pub const VALUES: Self = Self(2);
    /// Macros.
    pub const MACROS: Self = Self(4);
    /// Types and values.
    pub const TYPES_AND_VALUES: Self = Self(3);
    /// All three.
    pub const ALL: Self = Self(7);

    /// Whether `namespace` is in the set.
    #[must_use]
    pub fn contains(self, namespace: Namespace) -> bool {
        self.0 & (1 << namespace as u8) != 0
    }
}

/// One namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Namespace {
    /// Types and modules.
    Type = 0,
    /// Functions, constants, statics, constructors.
    Value = 1,
    /// Macros, derives, attributes.
    Macro = 2,
}

impl Namespace {
    /// All three, in a fixed order.
    pub const ALL: [Self; 3] = [Self::Type, Self::Value, Self::Macro];
}

/// Visibility as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// `pub`
    Public,
    /// `pub(crate)`, `crate`
    Crate,
    /// `pub(super)`, `pub(in super)`
    Super,
    /// `pub(in path)`
    In(PathIndex),
    /// None, or `pub(self)`.
    Private,
    /// That of the enum or trait it stands in.
    Inherited,
}

/// `mod m;` or `mod m { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleDeclaration {
    /// Its item.
    pub item: ItemIndex,
    /// The scope of its body when that stands in braces.
    pub body: Option<ScopeIndex>,
    /// Every `#[path]` it has, each with the condition of its `cfg_attr`.
    pub paths: Vec<(Box<str>, Option<CfgIndex>)>,
    /// Whether it has `#[macro_use]`.
    pub macro_use: bool,
}

/// One leaf of a `use` tree, or an `extern crate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Scope it stands in.
    pub scope: ScopeIndex,
    /// Innermost item around it.
    pub item: Option<ItemIndex>,
    /// What it imports.
    pub path: Segments,
    /// Where its path begins.
    pub anchor: Anchor,
    /// How.
    pub kind: ImportKind,
    /// Written visibility.
    pub visibility: Visibility,
    /// The leaf's path.
    pub span: Span,
    /// The condition it stands under.
    pub cfg: Option<CfgIndex>,
}

/// Ways to import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// One name, in the given namespaces (`{self}` imports types only), bound under
    /// the name given; `None` for `as _`.
    Single(Option<Symbol>, Namespaces),
    /// `*`
    Glob,
    /// `extern crate path as name;`, with or without `#[macro_use]`.
    ExternCrate(Option<Symbol>, bool),
}

/// An impl block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impl {
    /// Its item.
    pub item: ItemIndex,
    /// The type, when it is a path.
    pub self_type: Option<PathIndex>,
    /// The shape of the type.
    pub self_shape: TypeIx,
    /// The trait.
    pub of_trait: Option<PathIndex>,
}

/// A `macro_rules!` definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MacroDefinition {
    /// Its item.
    pub item: ItemIndex,
    /// Paths in its body: a stretch of [`ItemTree::macro_paths`].
    pub body: (u32, u32),
    /// The predicate of the only `#[cfg]` in its body: that of what it is given.
    pub condition: Option<Box<str>>,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cfg {
    /// The condition around it.
    pub outer: Option<CfgIndex>,
    /// The predicate as written; for `#[test]` and the like the word `test`.
    pub predicate: Box<str>,
    /// Whether it holds in tests only.
    pub test: bool,
    /// The macro that adds the condition to the items it is given, when no predicate is
    /// written: what it adds is known once its definition is.
    pub by_macro: Option<Symbol>,
}

/// `include!("file")` in item position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    /// Scope it stands in.
    pub scope: ScopeIndex,
    /// The literal.
    pub file: Box<str>,
    /// The condition it stands under.
    pub cfg: Option<CfgIndex>,
    /// Where the call stands.
    pub span: Span,
}

/// Something in a file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Whether the paths in it were still found, token by token.
    pub recovered: bool,
}

impl ItemTree {
    /// The symbols of a path.
    #[must_use]
    pub fn names(&self, segments: Segments) -> &[Symbol] {
        let start = segments.start as usize;
        &self.segments[start..start + usize::from(segments.len)]
    }

    /// The paths of the attributes or the derives of an item.
    #[must_use]
    pub fn attributes(&self, stretch: Stretch) -> &[PathIndex] {
        &self.attributes[stretch.start as usize..stretch.end as usize]
    }

    /// Gives back memory that is not needed: a tree is kept until everything is resolved.
    pub(super) fn finish(&mut self) {
        self.scopes.shrink_to_fit();
        self.items.shrink_to_fit();
        self.modules.shrink_to_fit();
        self.imports.shrink_to_fit();
        self.impls.shrink_to_fit();
        self.paths.shrink_to_fit();
        self.macro_paths.shrink_to_fit();
        self.attributes.shrink_to_fit();
        self.places.shrink_to_fit();
        self.segments.shrink_to_fit();
        self.cfgs.shrink_to_fit();
        self.shapes.finish();
        self.parts.finish();
    }

    /// What a path stands in.
    #[must_use]
    pub fn place(&self, path: &WrittenPath) -> Place {
        self.places[path.place as usize]
    }

    /// The text of a symbol.
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        self.symbols.text(symbol)
    }

    /// The path that a type alias stands for.
    #[must_use]
    pub fn aliased(&self, item: ItemIndex) -> Option<&WrittenPath> {
        let at = self.aliases.binary_search_by_key(&item, |(alias, _)| *alias).ok()?;
        Some(&self.paths[self.aliases[at].1 as usize])
    }

    /// Whether anything under `cfg` is test-only code.
    #[must_use]
    pub fn is_test(&self, cfg: Option<CfgIndex>) -> bool {
        let mut current = cfg;
        while let Some(index) = current {
            let cfg = &self.cfgs[index as usize];
            if cfg.test {
                return true;
            }
            current = cfg.outer;
        }
        false
    }
}
