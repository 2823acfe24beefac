//! Impls, traits' and impls' members, foreign items.

use layers_rules::facts::{DependencyKind, ItemKind, Modifiers};
use proc_macro2::Ident;
use syn::visit::Visit;
use syn::{Attribute, Field, Generics, ImplItem, Safety, TraitItem, Type, TypeParamBound};

use super::{Shape, is_documented, is_mutable};
use crate::parse::extent::Extent;
use crate::parse::item_tree::{Impl, ItemIndex, Namespace, Namespaces, PathIndex, Visibility};
use crate::parse::reader::{Reader, count};
use crate::parse::shapes::{FieldType, Parameter};

impl Reader<'_> {
    pub(super) fn foreign(&mut self, item: &syn::ForeignItem) {
        match item {
            syn::ForeignItem::Fn(it) => self.under(&it.attrs, |reader| {
                let shape =
                    reader.shape(ItemKind::Fn, &it.sig.ident, &it.vis, it.extent(), &it.attrs);
                reader.item_with(&shape, Some(&it.sig.generics), |reader, _| {
                    reader.function(&it.sig, None);
                    reader.modify(Modifiers::UNSAFE, !matches!(it.sig.safety, Safety::Safe(_)));
                });
            }),
            syn::ForeignItem::Static(it) => self.under(&it.attrs, |reader| {
                let shape =
                    reader.shape(ItemKind::Static, &it.ident, &it.vis, it.extent(), &it.attrs);
                reader.item_with(&shape, None, |reader, _| {
                    reader.modify(Modifiers::MUTABLE, is_mutable(&it.mutability));
                    reader.modify(Modifiers::UNSAFE, true);
                    reader.declared_type(&it.ty);
                });
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
            reader.modify(Modifiers::UNSAFE, it.unsafety.is_some());
            let (header, _) = reader.in_signature(|reader| reader.header(item, it));
            reader.tree.impls.push(header);
            for item in &it.items {
                reader.impl_item(item);
            }
        });
    }

    /// The trait and the type of an impl.
    fn header(&mut self, item: ItemIndex, it: &syn::ItemImpl) -> Impl {
        let of_trait = it
            .trait_
            .as_ref()
            .and_then(|implemented| self.path_of_kind(&implemented.0, DependencyKind::Impl));
        let (self_type, self_shape) = match &*it.self_ty {
            Type::Path(path) if path.qself.is_none() => {
                let recorded = self.path_of_kind(&path.path, DependencyKind::Impl);
                let arguments = std::mem::take(&mut self.arguments);
                let shape = self.shape_of_path(None, &path.path, recorded, arguments);
                (recorded, shape)
            }
            other => (None, self.written_type(other)),
        };
        Impl { item, self_type, self_shape, of_trait }
    }

    pub(super) fn path_of_kind(
        &mut self,
        path: &syn::Path,
        kind: DependencyKind,
    ) -> Option<PathIndex> {
        let recorded = self.record(path, path.segments.len(), kind, Namespace::Type);
        self.arguments = self.generic_arguments(path);
        recorded
    }

    /// What a trait's name also stands for.
    pub(super) fn supertraits<'ast>(
        &mut self,
        bounds: impl IntoIterator<Item = &'ast TypeParamBound>,
    ) {
        let (bounds, _) = self.in_signature(|reader| reader.bounds(bounds));
        if let Some(item) = self.item
            && bounds != 0
        {
            let name = self.symbol(&"Self");
            self.tree.shapes.parameters.push(Parameter { item, name, bounds, declared: false });
        }
    }

    pub(super) fn fields<'ast>(&mut self, fields: impl ExactSizeIterator<Item = &'ast Field>) {
        if let Some(item) = self.item {
            self.tree.items[item as usize].form.fields = count(fields.len());
        }
        for (number, field) in fields.enumerate() {
            self.field(field, number);
        }
    }

    fn field(&mut self, field: &Field, number: usize) {
        self.under(&field.attrs, |reader| {
            let attributes = reader.attributes(&field.attrs).plain;
            let visibility = reader.visibility(&field.vis);
            let (name, start) = match &field.ident {
                Some(ident) => (reader.symbol(ident), Some(reader.name_start(ident.span()))),
                None => (reader.symbol(&number), None),
            };
            let (written, mentions) = reader.in_signature(|reader| reader.written_type(&field.ty));
            if let Some((_, default)) = &field.default {
                reader.visit_expr(default);
            }
            if let Some(item) = reader.item {
                let documented = is_documented(&field.attrs);
                let fields = &mut reader.tree.shapes.fields;
                fields.push(FieldType {
                    item,
                    name,
                    written,
                    visibility,
                    start,
                    documented,
                    mentions,
                });
                if let Some(parts) = reader.signature_parts() {
                    let attributes = attributes.into_iter().map(|path| (item, name, path));
                    parts.field_attributes.extend(attributes);
                }
            }
        });
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
                        reader.body_at(it.eq_token.span);
                        reader.declared_type(&it.ty);
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
                    |reader| {
                        reader.modify(Modifiers::BODY, true);
                        reader.declared_type(&it.ty);
                    },
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
                    reader.declared_type(&it.ty);
                    if let Some((equals, value)) = &it.default {
                        reader.body_at(equals.span);
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
                    reader.modify(Modifiers::BODY, it.default.is_some());
                    reader.in_signature(|reader| {
                        for bound in &it.bounds {
                            reader.visit_type_param_bound(bound);
                        }
                        if let Some((_, default)) = &it.default {
                            reader.visit_type(default);
                        }
                    });
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
