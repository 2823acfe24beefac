//! The state of reading one file, and how symbols, scopes and paths enter the tree.

use std::fmt::{Display, Write};

use layers_rules::facts::{DependencyKind, Needs, Span};
use proc_macro2::Ident;
use rustc_hash::FxHashMap;

use super::item_tree::{
    Anchor, CfgIndex, ItemIndex, ItemTree, Namespace, PathIndex, Place, PlaceIndex, Scope,
    ScopeIndex, ScopeKind, Segments, Symbol, WrittenPath,
};
use super::macro_names::NamePattern;
use super::parts::Mentioned;
use super::shapes::{ExprIx, ListIx, TypeIx};
use super::symbols::SymbolTable;
use crate::source::Source;

/// Builds the [`ItemTree`] of one file.
pub struct Reader<'a> {
    pub(super) source: &'a Source<'a>,
    /// Which parts are needed.
    pub(super) needs: Needs,
    pub(super) tree: ItemTree,
    symbols: SymbolTable,
    buffer: String,
    pub(super) scope: ScopeIndex,
    pub(super) item: Option<ItemIndex>,
    pub(super) cfg: Option<CfgIndex>,
    /// Local variables in scope, innermost last; those below the floor belong to an
    /// enclosing function and can't be seen.
    locals: Vec<(Symbol, ExprIx)>,
    locals_floor: usize,
    /// Type and const parameters in scope, likewise.
    generics: Vec<Symbol>,
    generics_floor: usize,
    /// Whether what is read stands in the arguments of a macro, so that it may be no
    /// path at all.
    pub(super) speculative: bool,
    /// Whether what is read is part of a signature, so that what it names is mentioned there.
    pub(super) in_signature: bool,
    /// Whether the items that are read are arguments of a macro.
    pub(super) macro_argument: bool,
    /// What the bodies of the macros defined so far declare.
    pub(super) macro_names: FxHashMap<Symbol, Vec<NamePattern>>,
    /// The shape of the expression that was read last.
    pub(super) value_shape: ExprIx,
    /// The shape of the type that was read last.
    pub(super) type_shape: TypeIx,
    /// The generic arguments of the path that was read last.
    pub(super) arguments: ListIx,
    /// What the pattern that is read next takes apart.
    pub(super) subject: ExprIx,
    /// The call that the closure read next is an argument of.
    pub(super) closure_of: ExprIx,
}

/// How many locals and generics were in scope at some point.
#[derive(Clone, Copy)]
pub struct Mark {
    locals: usize,
    locals_floor: usize,
    generics: usize,
    generics_floor: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source<'a>, needs: Needs) -> Self {
        let mut tree = ItemTree { lines: source.line_count(), ..ItemTree::default() };
        tree.scopes.push(Scope {
            kind: ScopeKind::File,
            parent: None,
            start: 0,
            cfg: None,
            opaque: false,
        });
        Self {
            source,
            needs,
            tree,
            symbols: SymbolTable::default(),
            buffer: String::new(),
            scope: 0,
            item: None,
            cfg: None,
            locals: Vec::new(),
            locals_floor: 0,
            generics: Vec::new(),
            generics_floor: 0,
            speculative: false,
            in_signature: false,
            macro_argument: false,
            macro_names: FxHashMap::default(),
            value_shape: 0,
            type_shape: 0,
            arguments: 0,
            subject: 0,
            closure_of: 0,
        }
    }

    pub(super) fn finish(mut self) -> ItemTree {
        self.tree.finish();
        self.tree.symbols = self.symbols.finish();
        self.tree
    }

    /// The symbol of an identifier or another piece of text; `r#` is dropped.
    pub(super) fn symbol(&mut self, text: &impl Display) -> Symbol {
        self.buffer.clear();
        write!(self.buffer, "{text}").expect("writing to a string does not fail");
        let text = self.buffer.strip_prefix("r#").unwrap_or(&self.buffer);
        self.symbols.symbol(text)
    }

    /// The text of a symbol.
    pub(super) fn text(&self, symbol: Symbol) -> &str {
        self.symbols.text(symbol)
    }

    pub(super) fn span(&self, span: proc_macro2::Span) -> Span {
        self.source.span(span)
    }

    /// Reads something in a new scope.
    pub(super) fn in_scope(
        &mut self,
        kind: ScopeKind,
        start: u32,
        read: impl FnOnce(&mut Self),
    ) -> ScopeIndex {
        let outer = self.scope;
        self.scope = index(self.tree.scopes.len());
        let scope = self.scope;
        self.tree.scopes.push(Scope {
            kind,
            parent: Some(outer),
            start,
            cfg: self.cfg,
            opaque: false,
        });
        read(self);
        self.scope = outer;
        scope
    }

    /// Reads something as part of `item`, which sees neither locals nor generics from
    /// around it when it is `closed`.
    pub(super) fn in_item(&mut self, item: ItemIndex, closed: bool, read: impl FnOnce(&mut Self)) {
        let outer = self.item.replace(item);
        let mark = self.mark();
        self.locals_floor = self.locals.len();
        if closed {
            self.generics_floor = self.generics.len();
        }
        read(self);
        self.reset(mark);
        self.item = outer;
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            locals: self.locals.len(),
            locals_floor: self.locals_floor,
            generics: self.generics.len(),
            generics_floor: self.generics_floor,
        }
    }

    pub(super) fn reset(&mut self, mark: Mark) {
        self.locals.truncate(mark.locals);
        self.locals_floor = mark.locals_floor;
        self.generics.truncate(mark.generics);
        self.generics_floor = mark.generics_floor;
    }

    /// Binds a variable to what it is known to hold.
    pub(super) fn bind_local(&mut self, ident: &Ident, value: ExprIx) {
        let symbol = self.symbol(ident);
        self.locals.push((symbol, value));
    }

    pub(super) fn bind_generic(&mut self, ident: &Ident) {
        let symbol = self.symbol(ident);
        self.generics.push(symbol);
    }

    pub(super) fn is_local(&self, symbol: Symbol) -> bool {
        self.local(symbol).is_some()
    }

    /// What a variable in scope holds.
    pub(super) fn local(&self, symbol: Symbol) -> Option<ExprIx> {
        let visible = &self.locals[self.locals_floor..];
        visible.iter().rev().find(|(local, _)| *local == symbol).map(|(_, value)| *value)
    }

    pub(super) fn is_generic(&self, symbol: Symbol) -> bool {
        self.generics[self.generics_floor..].contains(&symbol)
    }

    /// What the reader stands in.
    pub(super) fn place(&mut self) -> PlaceIndex {
        let here = Place { scope: self.scope, item: self.item, cfg: self.cfg };
        if self.tree.places.last() != Some(&here) {
            self.tree.places.push(here);
        }
        index(self.tree.places.len() - 1)
    }

    /// Stores segments and gives their place.
    pub(super) fn segments(&mut self, symbols: &[Symbol]) -> Segments {
        let start = index(self.tree.segments.len());
        self.tree.segments.extend_from_slice(symbols);
        Segments { start, len: u16::try_from(symbols.len()).unwrap_or(u16::MAX) }
    }

    /// A path that stands where the reader is.
    pub(super) fn written(
        &mut self,
        anchor: Anchor,
        symbols: &[Symbol],
        span: Span,
        kind: DependencyKind,
        namespace: Option<Namespace>,
    ) -> WrittenPath {
        WrittenPath {
            place: self.place(),
            anchor,
            segments: self.segments(symbols),
            span,
            kind,
            namespace,
            speculative: self.speculative,
        }
    }

    /// Adds a path to the tree.
    pub(super) fn push_path(&mut self, path: WrittenPath) -> PathIndex {
        self.tree.paths.push(path);
        index(self.tree.paths.len() - 1)
    }

    /// Records a path of syn's, generic arguments apart. `None` when it starts at a
    /// local, a type parameter or `Self`, and so names nothing new.
    pub(super) fn record(
        &mut self,
        path: &syn::Path,
        len: usize,
        kind: DependencyKind,
        namespace: Namespace,
    ) -> Option<PathIndex> {
        let segments = &path.segments;
        let first = &segments[0].ident;
        let lone = len == 1 && path.leading_colon.is_none();
        let mut start = 0;
        let mut anchor = if path.leading_colon.is_some() { Anchor::Global } else { Anchor::Plain };
        if anchor == Anchor::Plain {
            if *first == "Self" || (lone && *first == "self") {
                let word = self.symbol(first);
                self.mention(Mentioned::Word(word));
                return None;
            } else if *first == "crate" {
                (anchor, start) = (Anchor::Crate, 1);
            } else if *first == "self" || *first == "super" {
                let mut up = 0;
                while start < len
                    && (segments[start].ident == "super"
                        || (start == 0 && segments[start].ident == "self"))
                {
                    up += u8::from(segments[start].ident == "super");
                    start += 1;
                }
                anchor = Anchor::Super(up);
            }
        }
        let mut symbols = smallvec::SmallVec::<[Symbol; 8]>::new();
        for segment in segments.iter().take(len).skip(start) {
            symbols.push(self.symbol(&segment.ident));
        }
        if anchor == Anchor::Plain {
            let hidden = match namespace {
                Namespace::Value if lone => {
                    self.is_local(symbols[0]) || self.is_generic(symbols[0])
                }
                Namespace::Macro => false,
                Namespace::Type | Namespace::Value => {
                    self.is_generic(symbols[0]) || (lone && is_primitive(self.text(symbols[0])))
                }
            };
            if hidden {
                if !self.is_generic(symbols[0]) {
                    self.mention(Mentioned::Word(symbols[0]));
                }
                return None;
            }
        }
        let begin = path.leading_colon.map_or(first.span(), |colon| colon.spans[0]);
        let span = self.source.between(begin, segments[len - 1].ident.span());
        let path = self.written(anchor, &symbols, span, kind, Some(namespace));
        let path = self.push_path(path);
        if matches!(kind, DependencyKind::Type | DependencyKind::Impl) {
            self.mention(Mentioned::Path(path));
        }
        Some(path)
    }
}

/// Whether `name` alone in type position is a type of the language.
#[must_use]
pub fn is_primitive(name: &str) -> bool {
    matches!(
        name,
        "bool"
            | "char"
            | "str"
            | "u8"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
            | "i8"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "f16"
            | "f32"
            | "f64"
            | "f128"
    )
}

/// A number of parts as an item's form stores it.
pub(super) fn count(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// A length or position as the tree stores it.
pub(super) fn index(position: usize) -> u32 {
    u32::try_from(position).expect("a file has fewer than 2^32 of anything")
}
