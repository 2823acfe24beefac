//! Module declarations, and who may see an item.

use layers_rules::facts::{DependencyKind, ItemKind};
use syn::{Attribute, Meta};

use crate::parse::conditions;
use crate::parse::extent::Extent;
use crate::parse::item_tree::{ModuleDeclaration, Namespace, ScopeKind, Visibility};
use crate::parse::reader::Reader;

impl Reader<'_> {
    pub(super) fn module(&mut self, it: &syn::ItemMod) {
        let shape = self.shape(ItemKind::Module, &it.ident, &it.vis, it.extent(), &it.attrs);
        let start = self.source.start(it.ident.span());
        let mut paths = Vec::new();
        self.path_attributes(&it.attrs, &mut paths);
        let macro_use = it.attrs.iter().any(|attribute| attribute.path().is_ident("macro_use"));
        let item = self.declare_shape(&shape);
        self.attributes_of(item, &it.attrs);
        let body = it.content.as_ref().map(|(_, items)| {
            // An item of a module is no part of the module's own item.
            let outer = self.item.take();
            let mark = self.mark();
            let scope = self.in_scope(ScopeKind::Module, start, |reader| reader.items(items));
            self.reset(mark);
            self.item = outer;
            scope
        });
        self.tree.modules.push(ModuleDeclaration { item, body, paths, macro_use });
    }

    fn path_attributes(
        &mut self,
        attributes: &[Attribute],
        paths: &mut Vec<(Box<str>, Option<u32>)>,
    ) {
        for attribute in attributes {
            if attribute.path().is_ident("path") {
                if let Some(path) = string_value(&attribute.meta) {
                    paths.push((path.into(), None));
                }
            } else if attribute.path().is_ident("cfg_attr")
                && let Meta::List(list) = &attribute.meta
            {
                let parts = conditions::split_at_commas(list.tokens.clone());
                for part in parts.iter().skip(1) {
                    if let Ok(meta) = syn::parse2::<Meta>(part.clone())
                        && meta.path().is_ident("path")
                        && let Some(path) = string_value(&meta)
                    {
                        let test = conditions::implies_test(parts[0].clone());
                        let condition = self.condition(parts[0].clone(), test);
                        paths.push((path.into(), Some(condition)));
                    }
                }
            }
        }
    }

    pub(in crate::parse) fn visibility(&mut self, visibility: &syn::Visibility) -> Visibility {
        match visibility {
            syn::Visibility::Public(_) => Visibility::Public,
            syn::Visibility::Restricted(restricted) => {
                let path = &restricted.path;
                if path.is_ident("crate") {
                    Visibility::Crate
                } else if path.is_ident("self") {
                    Visibility::Private
                } else if path.is_ident("super") {
                    Visibility::Super
                } else {
                    let len = path.segments.len();
                    self.record(path, len, DependencyKind::Type, Namespace::Type)
                        .map_or(Visibility::Crate, Visibility::In)
                }
            }
            syn::Visibility::Inherited => Visibility::Private,
        }
    }
}

fn string_value(meta: &Meta) -> Option<String> {
    let Meta::NameValue(pair) = meta else { return None };
    let syn::Expr::Lit(literal) = &pair.value else { return None };
    let syn::Lit::Str(text) = &literal.lit else { return None };
    Some(text.value())
}
