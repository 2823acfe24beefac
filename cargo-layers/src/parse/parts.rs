//! What items are made of, beyond their names: what signatures mention, parameters, the
//! attributes of fields and imports, and methods that are called.

use layers_rules::facts::Span;
use syn::Expr;
use syn::spanned::Spanned;

use super::item_tree::{CfgIndex, ItemIndex, PathIndex, Symbol};
use super::reader::{Reader, index};

/// The parts of all items of one file; each list is empty where nothing needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// What signatures mention, in the order in which it is read.
    pub mentions: Vec<Mentioned>,
    /// The parameters of functions, `self` apart.
    pub inputs: Vec<Input>,
    /// What functions with a written result return.
    pub results: Vec<(ItemIndex, Stretch)>,
    /// The attributes of fields.
    pub field_attributes: Vec<(ItemIndex, Symbol, PathIndex)>,
    /// The attributes of `use` declarations, each with the imports it is for.
    pub import_attributes: Vec<(Stretch, PathIndex)>,
    /// The methods that are called on something whose type can't be told; all others are
    /// among the expressions.
    pub calls: Vec<Call>,
    /// What is handed to calls without being run: closures, and functions by their names.
    pub handed: Vec<Handed>,
}

/// A type or trait that is named in a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mentioned {
    /// By a path.
    Path(PathIndex),
    /// A type of the language, or `Self`.
    Word(Symbol),
}

/// A stretch of a list: where it starts, and one past its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Stretch {
    /// The first.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// The function.
    pub item: ItemIndex,
    /// Its name; `_` where a pattern takes it apart.
    pub name: Symbol,
    /// Where it stands: its name, or the colon behind a pattern.
    pub span: Span,
    /// What its type mentions.
    pub mentions: Stretch,
}

/// A method call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Innermost item.
    pub item: ItemIndex,
    /// The method's name.
    pub name: Symbol,
    /// Where the name begins.
    pub start: u32,
    /// The condition it stands under.
    pub cfg: Option<CfgIndex>,
}

/// An argument of a call that is a closure, or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handed {
    /// Innermost item.
    pub item: ItemIndex,
    /// Where it stands.
    pub span: Span,
}

impl Stretch {
    /// Nothing, at the end of a list of this length.
    pub(super) fn at(len: usize) -> Self {
        let at = index(len);
        Self { start: at, end: at }
    }
}

impl Parts {
    pub(super) fn finish(&mut self) {
        self.mentions.shrink_to_fit();
        self.calls.shrink_to_fit();
        self.inputs.shrink_to_fit();
        self.results.shrink_to_fit();
        self.handed.shrink_to_fit();
        // Items within the signature of another come before it until then.
        self.inputs.sort_by_key(|input| input.item);
        self.results.sort_by_key(|(item, _)| *item);
    }

    /// What a function returns, when that is written.
    #[must_use]
    pub fn result(&self, item: ItemIndex) -> Option<Stretch> {
        let found = self.results.binary_search_by_key(&item, |(item, _)| *item);
        found.ok().map(|at| self.results[at].1)
    }
}

impl Reader<'_> {
    /// The parts to add to, where signatures are needed.
    pub(super) fn signature_parts(&mut self) -> Option<&mut Parts> {
        self.needs.signatures.then_some(&mut self.tree.parts)
    }

    /// Reads a part of the signature of the innermost item; gives what it mentions.
    pub(super) fn in_signature<R>(&mut self, read: impl FnOnce(&mut Self) -> R) -> (R, Stretch) {
        let outer = std::mem::replace(&mut self.in_signature, self.needs.signatures);
        let start = index(self.tree.parts.mentions.len());
        let result = read(self);
        self.in_signature = outer;
        let end = index(self.tree.parts.mentions.len());
        if let Some(item) = self.item {
            self.tree.items[item as usize].mentions.end = end;
        }
        (result, Stretch { start, end })
    }

    /// Notes a type or trait, where it stands in a signature.
    pub(super) fn mention(&mut self, mentioned: Mentioned) {
        if self.in_signature {
            self.tree.parts.mentions.push(mentioned);
        }
    }

    /// Notes what a call is given, where that is a closure or a path and so not run by then.
    pub(super) fn handed(&mut self, argument: &Expr) {
        if let Some(item) = self.item.filter(|_| self.needs.bodies)
            && matches!(argument, Expr::Closure(_) | Expr::Path(_))
        {
            let span = self.source.span(argument.span());
            self.tree.parts.handed.push(Handed { item, span });
        }
    }

    /// Notes a method call on something of which nothing is known.
    pub(super) fn unknown_call(&mut self, name: &proc_macro2::Ident) {
        if let Some(item) = self.item.filter(|_| self.needs.bodies) {
            let start = self.name_start(name.span());
            let name = self.symbol(name);
            self.tree.parts.calls.push(Call { item, name, start, cfg: self.cfg });
        }
    }
}
