//! Items: what a file declares.

mod members;
mod modules;

use layers_rules::facts::{DependencyKind, Form, ItemKind, Modifiers, Span};
use proc_macro2::Ident;
use syn::visit::Visit;
use syn::{Attribute, Fields, GenericParam, Generics, Item, Meta, StaticMutability, Type};

use super::extent::Extent;
use super::item_tree::{self, ItemIndex, Namespaces, ScopeKind, Visibility};
use super::parts::Stretch;
use super::reader::{Reader, index};
use super::shapes::TypeShape;

/// What `declare` needs to know beyond the name.
struct Shape<'ast> {
    kind: ItemKind,
    ident: &'ast Ident,
    visibility: Visibility,
    namespaces: Namespaces,
    extent: (proc_macro2::Span, proc_macro2::Span),
    attributes: &'ast [Attribute],
}

impl Reader<'_> {
    pub(super) fn file(&mut self, file: &syn::File) {
        for attribute in &file.attrs {
            self.add_condition(attribute);
        }
        self.tree.scopes[0].cfg = self.cfg;
        self.tree.documented = is_documented(&file.attrs);
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
                let shape = self.shape(ItemKind::Const, &it.ident, &it.vis, it.extent(), &it.attrs);
                self.item_with(&shape, Some(&it.generics), |reader, _| {
                    reader.body_at(it.eq_token.span);
                    reader.declared_type(&it.ty);
                    reader.visit_expr(&it.expr);
                });
            }
            Item::Enum(it) => self.enumeration(it),
            Item::ExternCrate(it) => self.extern_crate(it),
            Item::Fn(it) => {
                let shape =
                    self.shape(ItemKind::Fn, &it.sig.ident, &it.vis, it.extent(), &it.attrs);
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
                let shape =
                    self.shape(ItemKind::Static, &it.ident, &it.vis, it.extent(), &it.attrs);
                self.item_with(&shape, None, |reader, _| {
                    reader.modify(Modifiers::MUTABLE, is_mutable(&it.mutability));
                    reader.body_at(it.eq_token.span);
                    reader.declared_type(&it.ty);
                    reader.visit_expr(&it.expr);
                });
            }
            Item::Struct(it) => {
                let mut shape =
                    self.shape(ItemKind::Struct, &it.ident, &it.vis, it.extent(), &it.attrs);
                if !matches!(it.fields, Fields::Named(_)) {
                    shape.namespaces = Namespaces::TYPES_AND_VALUES;
                }
                self.item_with(&shape, Some(&it.generics), |reader, _| {
                    reader.fields(it.fields.iter());
                });
            }
            Item::Trait(it) => {
                let shape = self.shape(ItemKind::Trait, &it.ident, &it.vis, it.extent(), &it.attrs);
                self.item_with(&shape, Some(&it.generics), |reader, _| {
                    reader.modify(Modifiers::UNSAFE, it.unsafety.is_some());
                    reader.supertraits(&it.supertraits);
                    for item in &it.items {
                        reader.trait_item(item);
                    }
                });
            }
            Item::TraitAlias(it) => {
                let shape = self.shape(ItemKind::Trait, &it.ident, &it.vis, it.extent(), &it.attrs);
                self.item_with(&shape, Some(&it.generics), |reader, _| {
                    reader.supertraits(&it.bounds);
                });
            }
            Item::Type(it) => {
                let shape = self.shape(ItemKind::Type, &it.ident, &it.vis, it.extent(), &it.attrs);
                self.item_with(&shape, Some(&it.generics), |reader, item| {
                    reader.aliased_type(item, &it.ty);
                });
            }
            Item::Union(it) => {
                let shape = self.shape(ItemKind::Union, &it.ident, &it.vis, it.extent(), &it.attrs);
                self.item_with(&shape, Some(&it.generics), |reader, _| {
                    reader.fields(it.fields.named.iter());
                });
            }
            Item::Use(it) => {
                let attributes = self.attributes(&it.attrs).plain;
                self.use_item(it, &attributes);
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
        extent: (proc_macro2::Span, proc_macro2::Span),
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
        let form = Form { lines: self.source.lines_of(extent), ..Form::default() };
        self.tree.items.push(item_tree::Item {
            scope: self.scope,
            parent: self.item,
            kind,
            name,
            visibility,
            span,
            extent,
            body: None,
            mentions: Stretch::at(self.tree.parts.mentions.len()),
            form,
            namespaces,
            own_scope: None,
            attributes: Stretch::default(),
            derives: Stretch::default(),
            cfg: self.cfg,
            exported: false,
        });
        index(self.tree.items.len() - 1)
    }

    fn declare_shape(&mut self, shape: &Shape<'_>) -> ItemIndex {
        let (first, last) = shape.extent;
        let extent = self.source.between(first, last);
        let item =
            self.declare(shape.kind, shape.ident, shape.visibility, extent, shape.namespaces);
        let modifiers = &mut self.tree.items[item as usize].form.modifiers;
        modifiers.set(Modifiers::DOCUMENTED, is_documented(shape.attributes));
        item
    }

    /// Notes whether the item that is read is so.
    pub(super) fn modify(&mut self, modifier: Modifiers, is_so: bool) {
        if let Some(item) = self.item {
            self.tree.items[item as usize].form.modifiers.set(modifier, is_so);
        }
    }

    /// Notes where the body or the value of the item that is read begins.
    pub(super) fn body_at(&mut self, first: proc_macro2::Span) {
        self.modify(Modifiers::BODY, true);
        if let Some(item) = self.item {
            self.tree.items[item as usize].body = Some(self.source.offset(first.start()));
        }
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
                reader.modify(Modifiers::GENERIC, is_generic(generics));
                reader.in_signature(|reader| reader.visit_generics(generics));
            }
            reader.attributes_of(item, attributes);
            read(reader);
        });
    }

    fn aliased_type(&mut self, alias: ItemIndex, aliased: &Type) {
        self.declared_type(aliased);
        let shapes = &self.tree.shapes;
        if let Some((item, shape)) = shapes.declared.last()
            && *item == alias
            && let TypeShape::Path(path, _) = shapes.types[*shape as usize]
            && matches!(aliased, Type::Path(_))
        {
            self.tree.aliases.push((alias, path));
        }
    }

    fn enumeration(&mut self, it: &syn::ItemEnum) {
        let shape = self.shape(ItemKind::Enum, &it.ident, &it.vis, it.extent(), &it.attrs);
        let start = self.source.start(it.ident.span());
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
            extent: it.extent(),
            attributes: &it.attrs,
        };
        let item = self.declare_shape(&shape);
        self.scope = outer;
        self.fill(item, false, &it.attrs, None, |reader| {
            reader.fields(it.fields.iter());
            if let Some((_, discriminant)) = &it.discriminant {
                reader.visit_expr(discriminant);
            }
        });
        self.scope = own;
    }

    /// A procedural macro is a macro at the crate root, whatever its function's name.
    fn proc_macro(&mut self, function: ItemIndex, name: &Ident) {
        let extent = self.tree.items[function as usize].extent;
        let item =
            self.declare(ItemKind::Macro, name, Visibility::Public, extent, Namespaces::NONE);
        self.tree.items[item as usize].exported = true;
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

pub(super) fn is_mutable(mutability: &StaticMutability) -> bool {
    matches!(mutability, StaticMutability::Mut(_))
}

/// Whether a documentation comment is among the attributes.
pub(super) fn is_documented(attributes: &[Attribute]) -> bool {
    let is_comment = |attribute: &Attribute| matches!(&attribute.meta, Meta::NameValue(pair) if pair.path.is_ident("doc"));
    attributes.iter().any(is_comment)
}

/// Whether there are parameters that stand for types or values.
fn is_generic(generics: &Generics) -> bool {
    generics.params.iter().any(|parameter| !matches!(parameter, GenericParam::Lifetime(_)))
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
