//! Attributes: derives, paths, paths inside their arguments.

use layers_rules::facts::{DependencyKind, Span};
use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Path, Token};

use super::conditions::{implies_test, split_at_commas};
use super::item_tree::{Anchor, ItemIndex, Namespace, PathIndex, Symbol};
use super::parts::Stretch;
use super::reader::{Reader, index};
use super::scan::is_punct;

/// The attributes of one item.
#[derive(Default)]
pub struct Attributes {
    /// Derives apart.
    pub plain: Vec<PathIndex>,
    /// The derives.
    pub derives: Vec<PathIndex>,
}

impl Reader<'_> {
    /// Records every path in `attributes`.
    pub(super) fn attributes(&mut self, attributes: &[Attribute]) -> Attributes {
        let mut found = Attributes::default();
        for attribute in attributes {
            self.meta(&attribute.meta, &mut found);
        }
        found
    }

    /// Records every path in the attributes of an item.
    pub(super) fn attributes_of(&mut self, item: ItemIndex, attributes: &[Attribute]) {
        let found = self.attributes(attributes);
        let kept = &mut self.tree.attributes;
        let mut keep = |paths: Vec<PathIndex>| {
            let start = index(kept.len());
            kept.extend(paths);
            Stretch { start, end: index(kept.len()) }
        };
        let (attributes, derives) = (keep(found.plain), keep(found.derives));
        let item = &mut self.tree.items[item as usize];
        (item.attributes, item.derives) = (attributes, derives);
    }

    fn meta(&mut self, meta: &Meta, found: &mut Attributes) {
        let path = meta.path();
        if path.is_ident("doc") || path.is_ident("cfg") {
            return;
        }
        if path.is_ident("derive") {
            if let Meta::List(list) = meta {
                self.derives(list.tokens.clone(), found);
            }
            return;
        }
        if path.is_ident("cfg_attr") {
            if let Meta::List(list) = meta {
                self.conditional(list.tokens.clone(), found);
            }
            return;
        }
        if !names_a_tool(path) {
            let outer = self.speculative;
            let len = path.segments.len();
            // It may be built in, or the helper of a derive or of another attribute.
            self.speculative = true;
            let recorded = self.record(path, len, DependencyKind::Attribute, Namespace::Macro);
            found.plain.extend(recorded);
            self.speculative = outer;
        }
        match meta {
            Meta::List(list) => {
                self.scan(list.tokens.clone(), DependencyKind::Attribute);
                self.string_paths(list.tokens.clone());
            }
            Meta::NameValue(pair) => syn::visit::visit_expr(self, &pair.value),
            Meta::Path(_) => {}
        }
    }

    fn derives(&mut self, tokens: TokenStream, found: &mut Attributes) {
        let parser = Punctuated::<Path, Token![,]>::parse_terminated;
        let Ok(paths) = parser.parse2(tokens) else { return };
        for path in &paths {
            let len = path.segments.len();
            found.derives.extend(self.record(path, len, DependencyKind::Derive, Namespace::Macro));
        }
    }

    /// `cfg_attr(predicate, attributes…)`
    fn conditional(&mut self, tokens: TokenStream, found: &mut Attributes) {
        let mut parts = split_at_commas(tokens).into_iter();
        let Some(predicate) = parts.next() else { return };
        let test = implies_test(predicate.clone());
        let outer = self.cfg;
        self.cfg = Some(self.condition(predicate, test));
        for part in parts {
            if let Ok(meta) = syn::parse2::<Meta>(part) {
                self.meta(&meta, found);
            }
        }
        self.cfg = outer;
    }

    /// Paths in strings behind a `=`, as in `#[serde(with = "a::b")]`.
    fn string_paths(&mut self, tokens: TokenStream) {
        let mut after_equals = false;
        for token in tokens {
            match &token {
                TokenTree::Group(group) => self.string_paths(group.stream()),
                TokenTree::Literal(literal) if after_equals => {
                    let text = literal.to_string();
                    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
                    if let Some(path) = inner.filter(|path| path.contains("::")) {
                        let span = self.span(literal.span());
                        self.string_path(path, Span { start: span.start + 1, end: span.end - 1 });
                    }
                }
                _ => {}
            }
            after_equals = is_punct(Some(&token), '=');
        }
    }

    fn string_path(&mut self, text: &str, span: Span) {
        let Ok(path) = syn::parse_str::<syn::Path>(text) else { return };
        let mut names: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let mut anchor = if path.leading_colon.is_some() { Anchor::Global } else { Anchor::Plain };
        if anchor == Anchor::Plain {
            let supers = names.iter().take_while(|name| *name == "super").count();
            match names[0].as_str() {
                "Self" => return,
                "crate" => {
                    anchor = Anchor::Crate;
                    names.remove(0);
                }
                "self" => {
                    anchor = Anchor::Super(0);
                    names.remove(0);
                }
                "super" => {
                    anchor = Anchor::Super(u8::try_from(supers).unwrap_or(u8::MAX));
                    names.drain(..supers);
                }
                _ => {}
            }
        }
        let symbols: Vec<Symbol> = names.iter().map(|name| self.symbol(name)).collect();
        if anchor == Anchor::Plain && self.is_generic(symbols[0]) {
            return;
        }
        let mut path = self.written(anchor, &symbols, span, DependencyKind::Attribute, None);
        path.speculative = true;
        self.push_path(path);
    }
}

/// Whether an attribute belongs to a tool and is no path to anything.
fn names_a_tool(path: &Path) -> bool {
    path.segments.len() > 1
        && ["rustfmt", "clippy", "diagnostic", "miri", "rust_analyzer"]
            .iter()
            .any(|tool| path.segments[0].ident == tool)
}
