//! Items: what a file declares.

use layers_rules::facts::{DependencyKind, ItemKind, Span};
use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Attribute, Fields, Generics, ImplItem, Item, Meta, Signature, TraitItem, Type};

use super::item_tree::{
    self, Impl, ItemIndex, ModuleDeclaration, Namespace, Namespaces, PathIndex, ScopeKind,
    Visibility,
};
use super::reader::{Reader, index};

/// What `declare` needs to know beyond the name.
struct Shape<'ast> {
    kind: ItemKind,
    ident: &'ast Ident,
    visibility: Visibility,
    namespaces: Namespaces,
    extent: proc_macro2::Span,
    attributes: &'ast [Attribute],
}

impl Reader<'_> {
    pub(super) fn file(&mut self, file: &syn::File) {
        for attribute in &file.attrs {
            self.add_condition(attribute);
        }
        self.tree.scopes[0].cfg = self.cfg;
        self.attributes(&file.attrs);
        self.items(&file.items);
    }

    pub(super) fn items(&mut self, items: &[Item]) {
        for item in items {
            self.one_item(item);
        }
    }

    pub(super) fn one_item(&mut self, item: &Item) {
        self.under(attributes_of(item), |reader| reader.item_of_any_kind(item));
    }

    fn item_of_any_kind(&mut self, item: &Item) {
        match item {
            Item::Const(it) => {
                let shape = self.shape(ItemKind::Const, &it.ident, &it.vis, it.span(), &it.attrs);
                self.item_with(&shape, Some(&it.generics), |reader, _| {
                    reader.visit_type(&it.ty);
                    reader.visit_expr(&it.expr);
                });
            }
            Item::Enum(it) => self.enumeration(it),
            Item::ExternCrate(it) => self.extern_crate(it),
            Item::Fn(it) => {
                let shape = self.shape(ItemKind::Fn, &it.sig.ident, &it.vis, it.span(), &it.attrs);
                let declared = proc_macro_name(&it.attrs, &it.sig.ident);
                let function = self.item_with(&shape, Some(&it.sig.generics), |reader, _| {
                    reader.function(&it.sig, Some(&it.block));
                });
                if let Some(name) = declared {
                    self.proc_macro(function, &name);
                }
            }
            Item::ForeignMod(it) => {
                for item in &it.items {
                    self.foreign(item);
                }
            }
            Item::Impl(it) => self.implementation(it),
            Item::Macro(it) => self.item_macro(it),
            Item::Mod(it) => self.module(it),
            Item::Static(it) => {
                let shape = self.shape(ItemKind::Static, &it.ident, &it.vis, it.span(), &it.attrs);
                self.item_with(&shape, None, |reader, _| {
                    reader.visit_type(&it.ty);
                    reader.visit_expr(&it.expr);
                });
            }
            Item::Struct(it) => {
                let mut shape =
                    self.shape(ItemKind::Struct, &it.ident, &it.vis, it.span(), &it.attrs);
                if !matches!(it.fields, Fields::Named(_)) {
                    shape.namespaces = Namespaces::TYPES_AND_VALUES;
                }
                self.item_with(&shape, Some(&it.generics), |reader, _| reader.fields(&it.fields));
            }
            Item::Trait(it) => {
                let shape = self.shape(ItemKind::Trait, &it.ident, &it.vis, it.span(), &it.attrs);
                self.item_with(&shape, Some(&it.generics), |reader, _| {
                    for bound in &it.supertraits {
                        reader.visit_type_param_bound(bound);
                    }
                    for item in &it.items {
                        reader.trait_item(item);
                    }
                });
            }
            Item::TraitAlias(it) => {
                let shape = self.shape(ItemKind::Trait, &it.ident, &it.vis, it.span(), &it.attrs);
                self.item_with(&shape, Some(&it.generics), |reader, _| {
                    for bound in &it.bounds {
                        reader.visit_type_param_bound(bound);
                    }
                });
            }
            Item::Type(it) => {
                let shape = self.shape(ItemKind::Type, &it.ident, &it.vis, it.span(), &it.attrs);
                self.item_with(&shape, Some(&it.generics), |reader, _| reader.visit_type(&it.ty));
            }
            Item::Union(it) => {
                let shape = self.shape(ItemKind::Union, &it.ident, &it.vis, it.span(), &it.attrs);
                self.item_with(&shape, Some(&it.generics), |reader, _| {
                    reader.visit_fields_named(&it.fields);
                });
            }
            Item::Use(it) => {
                self.attributes(&it.attrs);
                self.use_item(it);
            }
            Item::Verbatim(tokens) => self.unknown_item(tokens.clone()),
            // syn's enum is open; it has no further variant today.
            _ => {}
        }
    }

    fn shape<'ast>(
        &mut self,
        kind: ItemKind,
        ident: &'ast Ident,
        visibility: &syn::Visibility,
        extent: proc_macro2::Span,
        attributes: &'ast [Attribute],
    ) -> Shape<'ast> {
        let visibility = self.visibility(visibility);
        Shape { kind, ident, visibility, namespaces: namespaces(kind), extent, attributes }
    }

    /// Adds an item to the tree.
    pub(super) fn declare(
        &mut self,
        kind: ItemKind,
        ident: &Ident,
        visibility: Visibility,
        extent: Span,
        namespaces: Namespaces,
    ) -> ItemIndex {
        let name = self.symbol(ident);
        let span = self.span(ident.span());
        self.tree.items.push(item_tree::Item {
            scope: self.scope,
            parent: self.item,
            kind,
            name,
            visibility,
            span,
            extent,
            namespaces,
            own_scope: None,
            attributes: Vec::new(),
            derives: Vec::new(),
            cfg: self.cfg,
            exported: false,
        });
        index(self.tree.items.len() - 1)
    }

    fn declare_shape(&mut self, shape: &Shape<'_>) -> ItemIndex {
        let extent = self.span(shape.extent);
        self.declare(shape.kind, shape.ident, shape.visibility, extent, shape.namespaces)
    }

    /// Declares an item and reads what is in it.
    fn item_with(
        &mut self,
        shape: &Shape<'_>,
        generics: Option<&Generics>,
        read: impl FnOnce(&mut Self, ItemIndex),
    ) -> ItemIndex {
        let item = self.declare_shape(shape);
        let closed = !matches!(shape.namespaces, Namespaces::NONE);
        self.fill(item, closed, shape.attributes, generics, |reader| read(reader, item));
        item
    }

    fn fill(
        &mut self,
        item: ItemIndex,
        closed: bool,
        attributes: &[Attribute],
        generics: Option<&Generics>,
        read: impl FnOnce(&mut Self),
    ) {
        self.in_item(item, closed, |reader| {
            if let Some(generics) = generics {
                reader.visit_generics(generics);
            }
            let found = reader.attributes(attributes);
            let entry = &mut reader.tree.items[item as usize];
            entry.attributes = found.plain;
            entry.derives = found.derives;
            read(reader);
        });
    }

    fn enumeration(&mut self, it: &syn::ItemEnum) {
        let shape = self.shape(ItemKind::Enum, &it.ident, &it.vis, it.span(), &it.attrs);
        let start = self.span(it.ident.span()).start;
        self.item_with(&shape, Some(&it.generics), |reader, item| {
            let outer = reader.scope;
            let scope = reader.in_scope(ScopeKind::Enum, start, |reader| {
                let own = reader.scope;
                for variant in &it.variants {
                    reader.under(&variant.attrs, |reader| reader.variant(variant, own, outer));
                }
            });
            reader.tree.items[item as usize].own_scope = Some(scope);
        });
    }

    /// A variant is declared in the enum's scope, and what it names is looked up from
    /// the scope around the enum.
    fn variant(&mut self, it: &syn::Variant, own: u32, outer: u32) {
        let shape = Shape {
            kind: ItemKind::Variant,
            ident: &it.ident,
            visibility: Visibility::Inherited,
            namespaces: Namespaces::TYPES_AND_VALUES,
            extent: it.span(),
            attributes: &it.attrs,
        };
        let item = self.declare_shape(&shape);
        self.scope = outer;
        self.fill(item, false, &it.attrs, None, |reader| {
            reader.fields(&it.fields);
            if let Some((_, discriminant)) = &it.discriminant {
                reader.visit_expr(discriminant);
            }
        });
        self.scope = own;
    }

    fn fields(&mut self, fields: &Fields) {
        for field in fields {
            self.visit_field(field);
        }
    }

    /// A signature whose generics are already in scope, and a body.
    fn function(&mut self, signature: &Signature, body: Option<&syn::Block>) {
        for input in &signature.inputs {
            self.visit_fn_arg(input);
        }
        self.visit_return_type(&signature.output);
        if let Some(body) = body {
            self.visit_block(body);
        }
    }

    /// A procedural macro is a macro at the crate root, whatever its function's name.
    fn proc_macro(&mut self, function: ItemIndex, name: &Ident) {
        let extent = self.tree.items[function as usize].extent;
        let item =
            self.declare(ItemKind::Macro, name, Visibility::Public, extent, Namespaces::NONE);
        self.tree.items[item as usize].exported = true;
    }

    fn foreign(&mut self, item: &syn::ForeignItem) {
        match item {
            syn::ForeignItem::Fn(it) => self.under(&it.attrs, |reader| {
                let shape =
                    reader.shape(ItemKind::Fn, &it.sig.ident, &it.vis, it.span(), &it.attrs);
                reader.item_with(&shape, Some(&it.sig.generics), |reader, _| {
                    reader.function(&it.sig, None);
                });
            }),
            syn::ForeignItem::Static(it) => self.under(&it.attrs, |reader| {
                let shape =
                    reader.shape(ItemKind::Static, &it.ident, &it.vis, it.span(), &it.attrs);
                reader.item_with(&shape, None, |reader, _| reader.visit_type(&it.ty));
            }),
            syn::ForeignItem::Type(it) => self.under(&it.attrs, |reader| {
                let shape = reader.shape(ItemKind::Type, &it.ident, &it.vis, it.span(), &it.attrs);
                reader.item_with(&shape, None, |_, _| ());
            }),
            syn::ForeignItem::Macro(it) => self.macro_call(&it.mac),
            syn::ForeignItem::Verbatim(tokens) => self.scan(tokens.clone(), DependencyKind::Type),
            _ => {}
        }
    }

    fn implementation(&mut self, it: &syn::ItemImpl) {
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
            extent: it.span(),
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

    fn path_of_kind(&mut self, path: &syn::Path, kind: DependencyKind) -> Option<PathIndex> {
        let recorded = self.record(path, path.segments.len(), kind, Namespace::Type);
        self.generic_arguments(path);
        recorded
    }

    fn impl_item(&mut self, item: &ImplItem) {
        match item {
            ImplItem::Const(it) => self.under(&it.attrs, |reader| {
                let visibility = reader.visibility(&it.vis);
                reader.associated(
                    (ItemKind::Const, &it.ident, visibility, it.span()),
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
                    (ItemKind::Method, &it.sig.ident, visibility, it.span()),
                    &it.attrs,
                    Some(&it.sig.generics),
                    |reader| reader.function(&it.sig, Some(&it.block)),
                );
            }),
            ImplItem::Type(it) => self.under(&it.attrs, |reader| {
                let visibility = reader.visibility(&it.vis);
                reader.associated(
                    (ItemKind::Type, &it.ident, visibility, it.span()),
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

    fn trait_item(&mut self, item: &TraitItem) {
        let inherited = Visibility::Inherited;
        match item {
            TraitItem::Const(it) => self.under(&it.attrs, |reader| {
                let head = (ItemKind::Const, &it.ident, inherited, it.span());
                reader.associated(head, &it.attrs, Some(&it.generics), |reader| {
                    reader.visit_type(&it.ty);
                    if let Some((_, value)) = &it.default {
                        reader.visit_expr(value);
                    }
                });
            }),
            TraitItem::Fn(it) => self.under(&it.attrs, |reader| {
                let head = (ItemKind::Method, &it.sig.ident, inherited, it.span());
                reader.associated(head, &it.attrs, Some(&it.sig.generics), |reader| {
                    reader.function(&it.sig, it.default.as_ref());
                });
            }),
            TraitItem::Type(it) => self.under(&it.attrs, |reader| {
                let head = (ItemKind::Type, &it.ident, inherited, it.span());
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
        (kind, ident, visibility, extent): (ItemKind, &Ident, Visibility, proc_macro2::Span),
        attributes: &[Attribute],
        generics: Option<&Generics>,
        read: impl FnOnce(&mut Self),
    ) {
        let namespaces = Namespaces::NONE;
        let shape = Shape { kind, ident, visibility, namespaces, extent, attributes };
        self.item_with(&shape, generics, |reader, _| read(reader));
    }

    fn module(&mut self, it: &syn::ItemMod) {
        let shape = self.shape(ItemKind::Module, &it.ident, &it.vis, it.span(), &it.attrs);
        let start = self.span(it.ident.span()).start;
        let mut paths = Vec::new();
        self.path_attributes(&it.attrs, &mut paths);
        let macro_use = it.attrs.iter().any(|attribute| attribute.path().is_ident("macro_use"));
        let item = self.declare_shape(&shape);
        let found = self.attributes(&it.attrs);
        self.tree.items[item as usize].attributes = found.plain;
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
                let parts = super::conditions::split_at_commas(list.tokens.clone());
                for part in parts.iter().skip(1) {
                    if let Ok(meta) = syn::parse2::<Meta>(part.clone())
                        && meta.path().is_ident("path")
                        && let Some(path) = string_value(&meta)
                    {
                        let test = super::conditions::implies_test(parts[0].clone());
                        let condition = self.condition(parts[0].clone(), test);
                        paths.push((path.into(), Some(condition)));
                    }
                }
            }
        }
    }

    pub(super) fn visibility(&mut self, visibility: &syn::Visibility) -> Visibility {
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

    /// An item that syn keeps as tokens (`macro`, unstable syntax).
    pub(super) fn unknown_item(&mut self, tokens: proc_macro2::TokenStream) {
        self.tree.scopes[self.scope as usize].opaque = true;
        self.scan(tokens, DependencyKind::Type);
    }
}

pub(super) fn namespaces(kind: ItemKind) -> Namespaces {
    match kind {
        ItemKind::Const | ItemKind::Static | ItemKind::Fn => Namespaces::VALUES,
        ItemKind::Method | ItemKind::Impl | ItemKind::Field | ItemKind::Use | ItemKind::Macro => {
            Namespaces::NONE
        }
        ItemKind::Variant => Namespaces::TYPES_AND_VALUES,
        ItemKind::Module
        | ItemKind::Struct
        | ItemKind::Enum
        | ItemKind::Union
        | ItemKind::Trait
        | ItemKind::Type => Namespaces::TYPES,
    }
}

fn string_value(meta: &Meta) -> Option<String> {
    let Meta::NameValue(pair) = meta else { return None };
    let syn::Expr::Lit(literal) = &pair.value else { return None };
    let syn::Lit::Str(text) = &literal.lit else { return None };
    Some(text.value())
}

/// The name of the procedural macro that a function is, if its attributes make it one.
fn proc_macro_name(attributes: &[Attribute], function: &Ident) -> Option<Ident> {
    attributes.iter().find_map(|attribute| {
        let path = attribute.path();
        if path.is_ident("proc_macro") || path.is_ident("proc_macro_attribute") {
            Some(function.clone())
        } else if path.is_ident("proc_macro_derive")
            && let Meta::List(list) = &attribute.meta
        {
            list.tokens.clone().into_iter().find_map(|token| match token {
                proc_macro2::TokenTree::Ident(ident) => Some(ident),
                _ => None,
            })
        } else {
            None
        }
    })
}

fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::ExternCrate(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::ForeignMod(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::TraitAlias(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Union(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}
