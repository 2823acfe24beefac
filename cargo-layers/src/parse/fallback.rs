//! For files that syn refuses: item by item, and token by token where even that fails.

use layers_rules::facts::{DependencyKind, ItemKind};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::Item;
use syn::parse::{ParseStream, Parser};

use super::item_tree::{ModuleDeclaration, Namespaces, ScopeKind, Visibility};
use super::old_names;
use super::reader::Reader;

impl Reader<'_> {
    /// Reads the items of `tokens` that parse, if need be with names that have become
    /// keywords, and the paths of those that don't.
    pub(super) fn items_one_by_one(&mut self, tokens: TokenStream) {
        let mut parts = Vec::new();
        let split = |input: ParseStream<'_>| {
            while !input.is_empty() {
                let ahead = input.fork();
                if let Ok(item) = ahead.parse::<Item>() {
                    syn::parse::discouraged::Speculative::advance_to(input, &ahead);
                    parts.push(Ok(item));
                } else {
                    let tokens = refused_item(input)?;
                    let renamed = old_names::made_raw(&tokens).map(syn::parse2::<Item>);
                    parts.push(match renamed {
                        Some(Ok(item)) => Ok(item),
                        Some(Err(_)) | None => Err(tokens),
                    });
                }
            }
            Ok(())
        };
        // The closure consumes every token and fails on none.
        if split.parse2(tokens).is_err() {
            return;
        }
        for part in parts {
            match part {
                Ok(item) => self.one_item(&item),
                Err(tokens) => self.refused(&tokens),
            }
        }
    }

    fn refused(&mut self, tokens: &[TokenTree]) {
        self.tree.scopes[self.scope as usize].opaque = true;
        let Some((word, name)) = declaration(tokens) else {
            self.scan(tokens.iter().cloned().collect(), DependencyKind::Type);
            return;
        };
        let start = self.span(name.span());
        if word == "mod"
            && let Some(TokenTree::Group(body)) = tokens.last()
        {
            let item =
                self.declare(ItemKind::Module, name, Visibility::Public, start, Namespaces::TYPES);
            let outer = self.item.take();
            let scope = self.in_scope(ScopeKind::Module, start.start, |reader| {
                reader.items_one_by_one(body.stream());
            });
            self.item = outer;
            let body = Some(scope);
            self.tree.modules.push(ModuleDeclaration {
                item,
                body,
                paths: Vec::new(),
                macro_use: false,
            });
            return;
        }
        let kind = match word.to_string().as_str() {
            "fn" => Some((ItemKind::Fn, Namespaces::VALUES)),
            "struct" => Some((ItemKind::Struct, Namespaces::TYPES_AND_VALUES)),
            "enum" => Some((ItemKind::Enum, Namespaces::TYPES)),
            "trait" => Some((ItemKind::Trait, Namespaces::TYPES)),
            "type" => Some((ItemKind::Type, Namespaces::TYPES)),
            "const" => Some((ItemKind::Const, Namespaces::VALUES)),
            "static" => Some((ItemKind::Static, Namespaces::VALUES)),
            _ => None,
        };
        let item = kind.map(|(kind, namespaces)| {
            self.declare(kind, name, Visibility::Public, start, namespaces)
        });
        let tokens: TokenStream = tokens.iter().cloned().collect();
        match item {
            Some(item) => self.in_item(item, true, |reader| {
                reader.scan(tokens, DependencyKind::Type);
            }),
            None => self.scan(tokens, DependencyKind::Type),
        }
    }
}

/// The tokens up to the end of an item that does not parse: its `;` or braces.
fn refused_item(input: ParseStream<'_>) -> syn::Result<Vec<TokenTree>> {
    let mut tokens = Vec::new();
    while !input.is_empty() {
        let token = input.parse::<TokenTree>()?;
        let ends = match &token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Ident(_) | TokenTree::Literal(_) => false,
        };
        tokens.push(token);
        if ends {
            break;
        }
    }
    Ok(tokens)
}

/// The keyword and the name of what the tokens declare.
fn declaration(tokens: &[TokenTree]) -> Option<(&Ident, &Ident)> {
    tokens.windows(2).find_map(|pair| match pair {
        [TokenTree::Ident(word), TokenTree::Ident(name)]
            if super::scan::declares(word) && *word != "let" =>
        {
            Some((word, name))
        }
        _ => None,
    })
}
