//! Impls, traits' and impls' members, foreign items.

use layers_rules::facts::{DependencyKind, ItemKind};
use proc_macro2::Ident;
use syn::visit::Visit;
use syn::{Attribute, Generics, ImplItem, TraitItem, Type};

use super::Shape;
use crate::parse::extent::Extent;
use crate::parse::item_tree::{Impl, Namespace, Namespaces, PathIndex, Visibility};
use crate::parse::reader::Reader;

impl Reader<'_> {
    pub(super) fn foreign(&mut self, item: &syn::ForeignItem) {
        match item {
            syn::ForeignItem::Fn(it) => self.under(&it.attrs, |reader| {
                let shape =
                    reader.shape(ItemKind::Fn, &it.sig.ident, &it.vis, it.extent(), &it.attrs);
                reader.item_with(&shape, Some(&it.sig.generics), |reader, _| {
                    reader.function(&it.sig, None);
                });
            }),
            syn::ForeignItem::Static(it) => self.under(&it.attrs, |reader| {
                let shape =
                    reader.shape(ItemKind::Static, &it.ident, &it.vis, it.extent(), &it.attrs);
                reader.item_with(&shape, None, |reader, _| reader.visit_type(&it.ty));
            }),
            syn::ForeignItem::Type(it) => self.under(&it.attrs, |reader| {
                let shape =
                    reader.shape(ItemKind::Type, &it.ident, &it.vis, it.extent(), &it.attrs);
                reader.item_with(&shape, None, |_, _| ());
            }),
            syn::ForeignItem::Macro(it) => self.macro_call(&it.mac),
            syn::ForeignItem::Verbatim(tokens) => self.scan(tokens.clone(), DependencyKind::Type),
            _ => {}
        }
    }

    pub(super) fn implementation(&mut self, it: &syn::ItemImpl) {
        let name = match &*it.self_ty {
            Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.clone()),
            _ => None,
        };
        let ident = name.unwrap_or_else(|| Ident::new("_", it.impl_token.span));
        let shape = Shape {
            kind: ItemKind::Impl,
            ident: &ident,
            visibility: Visibility::Inherited,
            namespaces: Namespaces::NONE,
            extent: it.extent(),
            attributes: &it.attrs,
        };
        let item = self.declare_shape(&shape);
        self.fill(item, true, &it.attrs, Some(&it.generics), |reader| {
            let of_trait = it
                .trait_
                .as_ref()
                .and_then(|implemented| reader.path_of_kind(&implemented.0, DependencyKind::Impl));
            let self_type = match &*it.self_ty {
                Type::Path(path) if path.qself.is_none() => {
                    reader.path_of_kind(&path.path, DependencyKind::Impl)
                }
                other => {
                    reader.visit_type(other);
                    None
                }
            };
            reader.tree.impls.push(Impl { item, self_type, of_trait });
            for item in &it.items {
                reader.impl_item(item);
            }
        });
    }

    pub(super) fn path_of_kind(
        &mut self,
        path: &syn::Path,
        kind: DependencyKind,
    ) -> Option<PathIndex> {
        let recorded = self.record(path, path.segments.len(), kind, Namespace::Type);
        self.generic_arguments(path);
        recorded
    }

    fn impl_item(&mut self, item: &ImplItem) {
        match item {
            ImplItem::Const(it) => self.under(&it.attrs, |reader| {
                let visibility = reader.visibility(&it.vis);
                reader.associated(
                    (ItemKind::Const, &it.ident, visibility, it.extent()),
                    &it.attrs,
                    Some(&it.generics),
                    |reader| {
                        reader.visit_type(&it.ty);
                        reader.visit_expr(&it.expr);
                    },
                );
            }),
            ImplItem::Fn(it) => self.under(&it.attrs, |reader| {
                let visibility = reader.visibility(&it.vis);
                reader.associated(
                    (ItemKind::Method, &it.sig.ident, visibility, it.extent()),
                    &it.attrs,
                    Some(&it.sig.generics),
                    |reader| reader.function(&it.sig, Some(&it.block)),
                );
            }),
            ImplItem::Type(it) => self.under(&it.attrs, |reader| {
                let visibility = reader.visibility(&it.vis);
                reader.associated(
                    (ItemKind::Type, &it.ident, visibility, it.extent()),
                    &it.attrs,
                    Some(&it.generics),
                    |reader| reader.visit_type(&it.ty),
                );
            }),
            ImplItem::Macro(it) => self.macro_call(&it.mac),
            ImplItem::Verbatim(tokens) => self.scan(tokens.clone(), DependencyKind::Type),
            _ => {}
        }
    }

    pub(super) fn trait_item(&mut self, item: &TraitItem) {
        let inherited = Visibility::Inherited;
        match item {
            TraitItem::Const(it) => self.under(&it.attrs, |reader| {
                let head = (ItemKind::Const, &it.ident, inherited, it.extent());
                reader.associated(head, &it.attrs, Some(&it.generics), |reader| {
                    reader.visit_type(&it.ty);
                    if let Some((_, value)) = &it.default {
                        reader.visit_expr(value);
                    }
                });
            }),
            TraitItem::Fn(it) => self.under(&it.attrs, |reader| {
                let head = (ItemKind::Method, &it.sig.ident, inherited, it.extent());
                reader.associated(head, &it.attrs, Some(&it.sig.generics), |reader| {
                    reader.function(&it.sig, it.default.as_ref());
                });
            }),
            TraitItem::Type(it) => self.under(&it.attrs, |reader| {
                let head = (ItemKind::Type, &it.ident, inherited, it.extent());
                reader.associated(head, &it.attrs, Some(&it.generics), |reader| {
                    for bound in &it.bounds {
                        reader.visit_type_param_bound(bound);
                    }
                    if let Some((_, default)) = &it.default {
                        reader.visit_type(default);
                    }
                });
            }),
            TraitItem::Macro(it) => self.macro_call(&it.mac),
            TraitItem::Verbatim(tokens) => self.scan(tokens.clone(), DependencyKind::Type),
            _ => {}
        }
    }

    /// A member of an impl or a trait: no scope declares its name.
    fn associated(
        &mut self,
        (kind, ident, visibility, extent): (
            ItemKind,
            &Ident,
            Visibility,
            (proc_macro2::Span, proc_macro2::Span),
        ),
        attributes: &[Attribute],
        generics: Option<&Generics>,
        read: impl FnOnce(&mut Self),
    ) {
        let namespaces = Namespaces::NONE;
        let shape = Shape { kind, ident, visibility, namespaces, extent, attributes };
        self.item_with(&shape, generics, |reader, _| read(reader));
    }
}
