//! The names that a call of a macro of the same file declares, without expanding it.
//!
//! A body says `pub struct Code`, or `pub struct $name` where `$name:ident` stands near the
//! front of the rule: then the call tells the name.

use layers_rules::facts::ItemKind;
use proc_macro2::{Ident, TokenStream, TokenTree};

use super::item_tree::{ModuleDeclaration, ScopeKind, Visibility};
use super::macros::kind_of;
use super::reader::Reader;
use super::scan::is_punct;

/// Something that the body of a macro declares.
#[derive(Clone)]
pub struct NamePattern {
    kind: ItemKind,
    name: Name,
}

#[derive(Clone)]
enum Name {
    /// The name as it stands in the body.
    Fixed(Ident),
    /// What a variable of the rule with this matcher stands for.
    Variable(Ident, TokenStream),
}

impl NamePattern {
    /// What one rule of a macro declares.
    pub fn of_rule(matcher: Option<&TokenStream>, body: &TokenStream) -> Vec<Self> {
        let mut found = Vec::new();
        declared(body.clone(), &mut |kind, name, variable| {
            let name = match (matcher, variable) {
                (Some(matcher), true) => Name::Variable(name.clone(), matcher.clone()),
                (_, false) => Name::Fixed(name.clone()),
                (None, true) => return,
            };
            found.push(Self { kind, name });
        });
        found
    }
}

/// Calls `found` with what tokens declare: at their top level, in repetitions, and in the
/// arguments of macros, but not in impls and other blocks.
fn declared(tokens: TokenStream, found: &mut impl FnMut(ItemKind, &Ident, bool)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        match token {
            TokenTree::Group(group) if is_punct(before, '!') || is_punct(before, '$') => {
                declared(group.stream(), found);
            }
            TokenTree::Ident(word) => {
                let kind = if word == "mod" {
                    ItemKind::Module
                } else if let Some((kind, _)) = kind_of(word) {
                    kind
                } else {
                    continue;
                };
                match (tokens.get(at + 1), tokens.get(at + 2)) {
                    (Some(TokenTree::Ident(name)), _) => found(kind, name, false),
                    (Some(TokenTree::Punct(punct)), Some(TokenTree::Ident(name)))
                        if punct.as_char() == '$' && name != "crate" =>
                    {
                        found(kind, name, true);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// The identifier that `variable` of a matcher stands for in `arguments`, as far as the
/// two can be laid side by side token by token.
fn bound(variable: &Ident, matcher: &TokenStream, arguments: &TokenStream) -> Option<Ident> {
    let matcher: Vec<TokenTree> = matcher.clone().into_iter().collect();
    let arguments: Vec<TokenTree> = arguments.clone().into_iter().collect();
    let (mut at, mut given) = (0, 0);
    while let Some(token) = matcher.get(at) {
        match (token, matcher.get(at + 1), matcher.get(at + 3)) {
            (TokenTree::Punct(dollar), Some(TokenTree::Ident(name)), Some(fragment))
                if dollar.as_char() == '$' =>
            {
                let TokenTree::Ident(fragment) = fragment else { return None };
                if fragment == "ident" {
                    let TokenTree::Ident(ident) = arguments.get(given)? else { return None };
                    if name == variable {
                        return Some(ident.clone());
                    }
                    given += 1;
                } else if fragment == "vis" {
                    given = after_visibility(&arguments, given);
                } else {
                    given = up_to(&arguments, given, matcher.get(at + 4))?;
                }
                at += 4;
            }
            // `$(#[$meta:meta])*` takes the attributes.
            (TokenTree::Punct(dollar), Some(TokenTree::Group(repeated)), _)
                if dollar.as_char() == '$' =>
            {
                if !is_punct(repeated.stream().into_iter().next().as_ref(), '#') {
                    return None;
                }
                while is_punct(arguments.get(given), '#') {
                    given += 2;
                }
                at += 3;
            }
            _ => {
                if token.to_string() != arguments.get(given)?.to_string() {
                    return None;
                }
                at += 1;
                given += 1;
            }
        }
    }
    None
}

fn after_visibility(tokens: &[TokenTree], at: usize) -> usize {
    match (tokens.get(at), tokens.get(at + 1)) {
        (Some(TokenTree::Ident(word)), Some(TokenTree::Group(_))) if word == "pub" => at + 2,
        (Some(TokenTree::Ident(word)), _) if word == "pub" => at + 1,
        _ => at,
    }
}

/// Where the token that must follow a fragment stands.
fn up_to(tokens: &[TokenTree], from: usize, end: Option<&TokenTree>) -> Option<usize> {
    let end = end?.to_string();
    (from..tokens.len()).find(|at| tokens[*at].to_string() == end)
}

impl Reader<'_> {
    /// Declares what a call of a macro of this file declares.
    pub(super) fn declare_from_body(&mut self, path: &syn::Path, arguments: &TokenStream) {
        let Some(called) = path.get_ident() else { return };
        let symbol = self.symbol(called);
        let extent = self.span(called.span());
        let patterns = self.macro_names.get(&symbol).cloned().unwrap_or_default();
        let mut names: Vec<(ItemKind, Ident)> = Vec::new();
        for pattern in patterns {
            let name = match pattern.name {
                Name::Fixed(name) => Some(name),
                Name::Variable(name, matcher) => bound(&name, &matcher, arguments),
            };
            if let Some(name) = name
                && !names.iter().any(|(kind, known)| *kind == pattern.kind && *known == name)
            {
                names.push((pattern.kind, name));
            }
        }
        for (kind, name) in names {
            let namespaces = super::items::namespaces(kind);
            let item = self.declare(kind, &name, Visibility::Public, extent, namespaces);
            self.tree.items[item as usize].span = extent;
            if kind == ItemKind::Module {
                let scope = self.in_scope(ScopeKind::Module, extent.start, |reader| {
                    reader.tree.scopes[reader.scope as usize].opaque = true;
                });
                self.tree.modules.push(ModuleDeclaration {
                    item,
                    body: Some(scope),
                    paths: Vec::new(),
                    macro_use: false,
                });
            }
        }
    }
}
