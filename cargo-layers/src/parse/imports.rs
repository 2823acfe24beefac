//! `use` trees, flattened to their leaves, and `extern crate`.

use layers_rules::facts::Span;
use syn::spanned::Spanned;
use syn::{ItemExternCrate, ItemUse, UseTree};

use super::item_tree::{Anchor, Import, ImportKind, Namespaces, PathIndex, Symbol, Visibility};
use super::join;
use super::parts::Stretch;
use super::reader::{Reader, index};

/// What stands in front of a part of a `use` tree.
#[derive(Clone)]
struct Prefix {
    anchor: Anchor,
    path: Vec<Symbol>,
    /// Where the leaf's own path starts: at the innermost brace or the whole tree's start.
    start: Option<Span>,
    /// Whether `self`, `super` and `crate` may still stand here.
    open: bool,
}

impl Reader<'_> {
    pub(super) fn use_item(&mut self, item: &ItemUse, attributes: &[PathIndex]) {
        let start = index(self.tree.imports.len());
        let visibility = self.visibility(&item.vis);
        let anchor = if item.leading_colon.is_some() { Anchor::Global } else { Anchor::Plain };
        let colon = item.leading_colon.map(|colon| self.span(colon.span()));
        let open = item.leading_colon.is_none();
        let prefix = Prefix { anchor, path: Vec::new(), start: colon, open };
        self.use_tree(&item.tree, prefix, visibility);
        let imports = Stretch { start, end: index(self.tree.imports.len()) };
        if let Some(parts) = self.signature_parts() {
            parts.import_attributes.extend(attributes.iter().map(|path| (imports, *path)));
        }
    }

    fn use_tree(&mut self, tree: &UseTree, mut prefix: Prefix, visibility: Visibility) {
        match tree {
            UseTree::Path(path) => {
                let span = self.span(path.ident.span());
                prefix.start.get_or_insert(span);
                self.extend(&mut prefix, &path.ident);
                self.use_tree(&path.tree, prefix, visibility);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    let mut inner = prefix.clone();
                    inner.start = None;
                    self.use_tree(tree, inner, visibility);
                }
            }
            UseTree::Glob(glob) => {
                let end = self.span(glob.star_token.span());
                self.leaf(&prefix, end, ImportKind::Glob, visibility);
            }
            UseTree::Name(name) => self.single(&name.ident, None, prefix, visibility),
            UseTree::Rename(rename) => {
                self.single(&rename.ident, Some(&rename.rename), prefix, visibility);
            }
        }
    }

    fn single(
        &mut self,
        ident: &proc_macro2::Ident,
        rename: Option<&proc_macro2::Ident>,
        mut prefix: Prefix,
        visibility: Visibility,
    ) {
        let end = self.span(ident.span());
        let named = !prefix.path.is_empty();
        let mut namespaces = Namespaces::ALL;
        if *ident == "self" && named {
            namespaces = Namespaces::TYPES;
        } else {
            self.extend(&mut prefix, ident);
        }
        let name = match rename {
            Some(rename) if *rename == "_" => None,
            Some(rename) => Some(self.symbol(rename)),
            None => prefix.path.last().copied(),
        };
        self.leaf(&prefix, end, ImportKind::Single(name, namespaces), visibility);
    }

    fn extend(&mut self, prefix: &mut Prefix, ident: &proc_macro2::Ident) {
        if prefix.open && prefix.path.is_empty() {
            match prefix.anchor {
                Anchor::Plain if *ident == "crate" => prefix.anchor = Anchor::Crate,
                Anchor::Plain if *ident == "self" => prefix.anchor = Anchor::Super(0),
                Anchor::Plain if *ident == "super" => prefix.anchor = Anchor::Super(1),
                Anchor::Super(up) if *ident == "super" => prefix.anchor = Anchor::Super(up + 1),
                Anchor::Super(_) | Anchor::Crate if *ident == "self" => {}
                _ => {
                    let symbol = self.symbol(ident);
                    prefix.path.push(symbol);
                }
            }
        } else {
            let symbol = self.symbol(ident);
            prefix.path.push(symbol);
        }
    }

    fn leaf(&mut self, prefix: &Prefix, end: Span, kind: ImportKind, visibility: Visibility) {
        let span = join(prefix.start.unwrap_or(end), end);
        let path = self.segments(&prefix.path);
        self.tree.imports.push(Import {
            scope: self.scope,
            item: self.item,
            path,
            anchor: prefix.anchor,
            kind,
            visibility,
            span,
            cfg: self.cfg,
        });
    }

    pub(super) fn extern_crate(&mut self, item: &ItemExternCrate) {
        let visibility = self.visibility(&item.vis);
        let name = match &item.rename {
            Some((_, rename)) if *rename == "_" => None,
            Some((_, rename)) => Some(self.symbol(rename)),
            None => Some(self.symbol(&item.ident)),
        };
        let macro_use = item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_use"));
        let (anchor, path) = if item.ident == "self" {
            (Anchor::Crate, Vec::new())
        } else {
            (Anchor::Plain, vec![self.symbol(&item.ident)])
        };
        let span = self.span(item.ident.span());
        let path = self.segments(&path);
        self.tree.imports.push(Import {
            scope: self.scope,
            item: self.item,
            path,
            anchor,
            kind: ImportKind::ExternCrate(name, macro_use),
            visibility,
            span,
            cfg: self.cfg,
        });
    }
}
