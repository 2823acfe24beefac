//! Written types and the shape of expressions: what it takes to tell, without inference,
//! what a call hands over.
//!
//! Both are arenas. References, parentheses and dereferences leave no trace in them:
//! looking up a member sees through those anyway. Entry 0 of each arena stands for what is
//! not known, list 0 for the empty list.

use super::item_tree::{ItemIndex, PathIndex, PlaceIndex, Symbol, Visibility};
use super::parts::Stretch;

/// Index into [`Shapes::types`].
pub type TypeIx = u32;
/// Index into [`Shapes::expressions`].
pub type ExprIx = u32;
/// Where a list begins in [`Shapes::lists`]: its length, then its entries.
pub type ListIx = u32;

/// The written types and the expressions of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shapes {
    /// Written types.
    pub types: Vec<TypeShape>,
    /// Expressions that may have a type known from what is written.
    pub expressions: Vec<Expression>,
    /// Lists of either.
    pub lists: Vec<u32>,
    /// Where expressions stand, in stretches: each by its first expression, up to the next.
    pub places: Vec<(ExprIx, PlaceIndex)>,
    /// Functions and methods, sorted by item.
    pub signatures: Vec<Signature>,
    /// Fields of structs, unions and variants, sorted by item.
    pub fields: Vec<FieldType>,
    /// The types of constants and statics, and what type aliases and associated types
    /// stand for; sorted by item.
    pub declared: Vec<(ItemIndex, TypeIx)>,
    /// Type and const parameters in order, and what `where` adds; sorted by item.
    pub parameters: Vec<Parameter>,
}

/// A written type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeShape {
    /// Anything that leads nowhere.
    Unknown,
    /// A path, and the generic arguments of its last segment.
    Path(PathIndex, ListIx),
    /// `Self`
    SelfType,
    /// `Self::Item`
    SelfMember(Symbol),
    /// A type parameter.
    Parameter(Symbol),
    /// `impl` or `dyn` with these traits.
    Traits(ListIx),
    /// A tuple.
    Tuple(ListIx),
    /// A slice or an array.
    Slice(TypeIx),
    /// `Item = T` among generic arguments.
    Member(Symbol, TypeIx),
}

/// An expression, as far as its type can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expression {
    /// Anything whose type is not written.
    Unknown,
    /// A path.
    Path(PathIndex),
    /// `self`
    SelfValue,
    /// `Self`, as a constructor.
    SelfConstructor,
    /// `Self::name`
    SelfPath(Symbol),
    /// Something of a written type: a parameter, an annotated `let`, a cast, a struct
    /// literal.
    Typed(TypeIx),
    /// `callee(arguments)`
    Call(ExprIx, ListIx),
    /// `receiver.name(arguments)`
    Method {
        /// The receiver.
        receiver: ExprIx,
        /// The method.
        name: Symbol,
        /// Where its name begins.
        start: u32,
        /// The arguments.
        arguments: ListIx,
    },
    /// `receiver.name`
    Field {
        /// The receiver.
        receiver: ExprIx,
        /// The field.
        name: Symbol,
        /// Where its name begins.
        start: u32,
    },
    /// `inner?`
    Try(ExprIx),
    /// `inner.await`
    Await(ExprIx),
    /// `async { … }`
    Future(ExprIx),
    /// A tuple.
    Tuple(ListIx),
    /// An array, by its first element.
    Array(ExprIx),
    /// What a loop over it gives, and what an index into it gives when it is no map.
    Element(ExprIx),
    /// `base[index]`
    Index(ExprIx),
    /// One of several of one type: the arms of a `match`, the branches of an `if`.
    Branches(ListIx),
    /// A closure, by what it returns.
    Closure(ExprIx),
    /// What the method call hands to parameter number `.1` of a closure among its
    /// arguments.
    ClosureParameter(ExprIx, u32),
    /// Field number `.2` of what a tuple pattern with this path takes apart.
    PatternField(ExprIx, PathIndex, u32),
    /// The named field of what a struct pattern with this path takes apart.
    PatternName(ExprIx, PathIndex, Symbol),
    /// An element of a tuple.
    TupleElement(ExprIx, u32),
}

/// The types of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Its item.
    pub item: ItemIndex,
    /// What it returns; for an `async fn` what awaiting it gives.
    pub returns: TypeIx,
    /// Its parameters, `self` apart.
    pub parameters: ListIx,
    /// Whether and how it takes `self`.
    pub receiver: Receiver,
    /// Whether it is async.
    pub is_async: bool,
}

/// Ways to take `self`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// Not at all.
    None,
    /// By value, by reference, in a pointer.
    Plain,
    /// `self: Pin<…>`: only what is pinned has this method.
    Pinned,
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldType {
    /// The struct, union or variant.
    pub item: ItemIndex,
    /// Its name, or its number.
    pub name: Symbol,
    /// Its type.
    pub written: TypeIx,
    /// Written visibility.
    pub visibility: Visibility,
    /// Where its name begins; `None` where it has none.
    pub start: Option<u32>,
    /// Whether it has a documentation comment.
    pub documented: bool,
    /// What its type mentions.
    pub mentions: Stretch,
}

/// A generic parameter with bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The item that has it.
    pub item: ItemIndex,
    /// Its name.
    pub name: Symbol,
    /// The traits it is bound by.
    pub bounds: ListIx,
    /// Whether this is its declaration, and not a `where` clause.
    pub declared: bool,
}

impl Default for Shapes {
    fn default() -> Self {
        Self {
            types: vec![TypeShape::Unknown],
            expressions: vec![Expression::Unknown],
            lists: vec![0],
            places: Vec::new(),
            signatures: Vec::new(),
            fields: Vec::new(),
            declared: Vec::new(),
            parameters: Vec::new(),
        }
    }
}

impl Shapes {
    /// The entries of a list.
    #[must_use]
    pub fn list(&self, list: ListIx) -> &[u32] {
        let start = list as usize;
        &self.lists[start + 1..=start + self.lists[start] as usize]
    }

    /// Where an expression stands.
    #[must_use]
    pub fn place(&self, expression: ExprIx) -> PlaceIndex {
        self.places[self.places.partition_point(|(first, _)| *first <= expression) - 1].1
    }

    /// The types of a function.
    #[must_use]
    pub fn signature(&self, item: ItemIndex) -> Option<&Signature> {
        let found = self.signatures.binary_search_by_key(&item, |signature| signature.item);
        found.ok().map(|at| &self.signatures[at])
    }

    /// The fields of a struct, union or variant.
    #[must_use]
    pub fn fields(&self, item: ItemIndex) -> &[FieldType] {
        stretch(&self.fields, item, |field| field.item)
    }

    /// The type of a constant or static, or what an alias stands for.
    #[must_use]
    pub fn declared(&self, item: ItemIndex) -> Option<TypeIx> {
        let found = self.declared.binary_search_by_key(&item, |(item, _)| *item);
        found.ok().map(|at| self.declared[at].1)
    }

    /// The generic parameters of an item.
    #[must_use]
    pub fn parameters(&self, item: ItemIndex) -> &[Parameter] {
        stretch(&self.parameters, item, |parameter| parameter.item)
    }

    /// Puts everything that is found by its item in order, and gives back memory that is
    /// not needed. Items within the signature of another come before it until then.
    pub(super) fn finish(&mut self) {
        self.types.shrink_to_fit();
        self.expressions.shrink_to_fit();
        self.lists.shrink_to_fit();
        self.places.shrink_to_fit();
        self.signatures.shrink_to_fit();
        self.fields.shrink_to_fit();
        self.declared.shrink_to_fit();
        self.parameters.shrink_to_fit();
        self.signatures.sort_by_key(|signature| signature.item);
        self.fields.sort_by_key(|field| field.item);
        self.declared.sort_by_key(|(item, _)| *item);
        self.parameters.sort_by_key(|parameter| parameter.item);
    }
}

fn stretch<T>(entries: &[T], item: ItemIndex, of: impl Fn(&T) -> ItemIndex) -> &[T] {
    let start = entries.partition_point(|entry| of(entry) < item);
    let len = entries[start..].partition_point(|entry| of(entry) == item);
    &entries[start..start + len]
}
