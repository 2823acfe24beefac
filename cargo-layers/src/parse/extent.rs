//! Where items begin and end.
//!
//! `Spanned` of syn would print the whole item anew to find its last token, which
//! costs as much as parsing it did.

use proc_macro2::Span;
use syn::{
    Fields, FieldsNamed, ForeignItemFn, ForeignItemStatic, ForeignItemType, ImplItemConst,
    ImplItemFn, ImplItemType, ItemConst, ItemEnum, ItemFn, ItemImpl, ItemMacro, ItemMod,
    ItemStatic, ItemStruct, ItemTrait, ItemTraitAlias, ItemType, ItemUnion, Safety, Signature,
    TraitItemConst, TraitItemFn, TraitItemType, Variant, Visibility,
};

/// The first and the last token of an item, attributes apart.
pub trait Extent {
    fn extent(&self) -> (Span, Span);
}

macro_rules! extents {
    ($($item:ty: |$it:ident| $first:expr, $last:expr;)*) => {
        $(impl Extent for $item {
            fn extent(&self) -> (Span, Span) {
                let $it = self;
                ($first, $last)
            }
        })*
    };
}

extents! {
    ItemConst: |it| from(&it.vis, it.const_token.span), it.semi_token.span;
    ItemEnum: |it| from(&it.vis, it.enum_token.span), it.brace_token.span.close();
    ItemFn: |it| from(&it.vis, signature(&it.sig)), it.block.brace_token.span.close();
    ItemImpl: |it| it.unsafety.map_or(it.impl_token.span, |token| token.span), it.brace_token.span.close();
    ItemStatic: |it| from(&it.vis, it.static_token.span), it.semi_token.span;
    ItemTrait: |it| from(&it.vis, it.unsafety.map_or(it.trait_token.span, |token| token.span)), it.brace_token.span.close();
    ItemTraitAlias: |it| from(&it.vis, it.trait_token.span), it.semi_token.span;
    ItemType: |it| from(&it.vis, it.type_token.span), it.semi_token.span;
    ItemUnion: |it| from(&it.vis, it.union_token.span), braces(&it.fields);
    ItemStruct: |it| from(&it.vis, it.struct_token.span),
        it.semi_token.map_or_else(|| end_of(&it.fields, it.ident.span()), |token| token.span);
    ItemMacro: |it| it.mac.path.segments[0].ident.span(),
        it.semi_token.map_or_else(|| it.mac.delimiter.span().close(), |token| token.span);
    ItemMod: |it| from(&it.vis, it.mod_token.span),
        it.content.as_ref().map_or_else(
            || it.semi.map_or(it.ident.span(), |token| token.span),
            |(brace, _)| brace.span.close());
    Variant: |it| it.ident.span(), end_of(&it.fields, it.ident.span());
    ForeignItemFn: |it| from(&it.vis, signature(&it.sig)), it.semi_token.span;
    ForeignItemStatic: |it| from(&it.vis, it.static_token.span), it.semi_token.span;
    ForeignItemType: |it| from(&it.vis, it.type_token.span), it.semi_token.span;
    ImplItemConst: |it| from(&it.vis, it.const_token.span), it.semi_token.span;
    ImplItemFn: |it| from(&it.vis, signature(&it.sig)), it.block.brace_token.span.close();
    ImplItemType: |it| from(&it.vis, it.type_token.span), it.semi_token.span;
    TraitItemConst: |it| it.const_token.span, it.semi_token.span;
    TraitItemFn: |it| signature(&it.sig), it.default.as_ref().map_or_else(
        || it.semi_token.map_or(it.sig.ident.span(), |token| token.span),
        |block| block.brace_token.span.close());
    TraitItemType: |it| it.type_token.span, it.semi_token.span;
}

fn from(visibility: &Visibility, keyword: Span) -> Span {
    match visibility {
        Visibility::Public(token) => token.span,
        Visibility::Restricted(restricted) => restricted.pub_token.span,
        Visibility::Inherited => keyword,
    }
}

fn signature(signature: &Signature) -> Span {
    let words = [
        signature.constness.map(|token| token.span),
        signature.asyncness.map(|token| token.span),
        match &signature.safety {
            Safety::Safe(token) => Some(token.span),
            Safety::Unsafe(token) => Some(token.span),
            Safety::Default => None,
        },
        signature.abi.as_ref().map(|abi| abi.extern_token.span),
    ];
    words.into_iter().flatten().next().unwrap_or(signature.fn_token.span)
}

fn braces(fields: &FieldsNamed) -> Span {
    fields.brace_token.span.close()
}

fn end_of(fields: &Fields, name: Span) -> Span {
    match fields {
        Fields::Named(fields) => braces(fields),
        Fields::Unnamed(fields) => fields.paren_token.span.close(),
        Fields::Unit => name,
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::parse;

    #[test]
    fn an_item_reaches_from_its_first_word_to_its_last_token() {
        let items = [
            "pub(crate) const A: u8 = 1;",
            "enum E { A(u8), B { c: u8 } }",
            "pub async fn f() { g() }",
            "const fn f() {}",
            "unsafe extern \"C\" fn f() {}",
            "unsafe trait T {}",
            "impl A for B {}",
            "struct S(u8);",
            "pub struct S { a: u8 }",
            "trait T { fn f(&self); const A: u8 = 1; type B; fn g() {} }",
            "type A = B;",
            "mod m { struct S; }",
            "pub mod m;",
            "union U { a: u8 }",
            "macro_rules! m { () => {} }",
            "macro_rules! m(() => {});",
        ];
        for item in items {
            let code = format!("/// doc\n#[attr]\n{item}\n// end\n");
            let tree = parse(&code);
            let extent = tree.items[0].extent.range();
            assert_eq!(&code[extent], item);
        }
    }
}
