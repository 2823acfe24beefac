//! Macro calls and `macro_rules!`, without expansion.

use layers_rules::facts::{DependencyKind, ItemKind, Modifiers};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Block, Expr, ItemMacro, Macro, Token};

use super::conditions::implies_test;
use super::extent::Extent;
use super::item_tree::{
    Anchor, Include, MacroDefinition, Namespace, Namespaces, PathIndex, Symbol, Visibility,
};
use super::items::is_documented;
use super::macro_names::NamePattern;
use super::reader::{Reader, index};
use super::scan::{self, Follows, Found, is_punct};

impl Reader<'_> {
    /// A macro call in an expression, statement, pattern or type.
    pub(super) fn macro_call(&mut self, call: &Macro) {
        self.macro_path(call);
        let outer = std::mem::replace(&mut self.speculative, true);
        self.macro_arguments(call.tokens.clone());
        self.speculative = outer;
    }

    fn macro_path(&mut self, call: &Macro) -> Option<PathIndex> {
        let len = call.path.segments.len();
        self.record(&call.path, len, DependencyKind::Macro, Namespace::Macro)
    }

    /// Expressions if they parse as such, else statements, else raw tokens.
    fn macro_arguments(&mut self, tokens: TokenStream) {
        if tokens.is_empty() {
            return;
        }
        let expressions = Punctuated::<Expr, Token![,]>::parse_terminated;
        if let Ok(expressions) = expressions.parse2(tokens.clone()) {
            for expression in &expressions {
                self.visit_expr(expression);
            }
            return;
        }
        if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
            let mark = self.mark();
            for statement in &statements {
                self.visit_stmt(statement);
            }
            self.reset(mark);
            return;
        }
        self.scan(tokens, DependencyKind::Call);
    }

    /// A macro call, or a definition, in item position.
    pub(super) fn item_macro(&mut self, item: &ItemMacro) {
        if let Some(ident) = &item.ident {
            self.macro_rules(item, ident);
            return;
        }
        let called = self.macro_path(&item.mac);
        let tokens = &item.mac.tokens;
        if item.mac.path.is_ident("include")
            && let Ok(file) = syn::parse2::<syn::LitStr>(tokens.clone())
        {
            let span = self.span(file.span());
            let file = file.value().into();
            let (scope, cfg) = (self.scope, self.cfg);
            self.tree.includes.push(Include { scope, file, cfg, span });
            return;
        }
        let outer = (self.macro_argument, self.cfg);
        self.macro_argument = true;
        self.cfg = self.condition_of_macro(&item.mac.path);
        let read = match arms(&item.mac.path, tokens) {
            Some(arms) => self.conditional_items(&arms),
            None => self.arguments_as_items(tokens),
        };
        (self.macro_argument, self.cfg) = outer;
        if read {
            return;
        }
        self.tree.scopes[self.scope as usize].opaque = true;
        self.tree.unseen_calls.extend(called);
        self.declare_by_keyword(tokens.clone());
        self.declare_from_body(&item.mac.path, tokens);
        let outer = std::mem::replace(&mut self.speculative, true);
        self.macro_arguments(tokens.clone());
        self.speculative = outer;
    }

    /// Reads the arguments, or the blocks among them (`cfg_if!`), as items.
    fn arguments_as_items(&mut self, tokens: &TokenStream) -> bool {
        if let Ok(file) = syn::parse2::<syn::File>(tokens.clone()) {
            self.items(&file.items);
            return !file.items.is_empty();
        }
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let mut blocks = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if let TokenTree::Group(group) = token
                && group.delimiter() == Delimiter::Brace
            {
                let Ok(file) = syn::parse2::<syn::File>(group.stream()) else { return false };
                blocks.push((file, condition_before(&tokens[..at])));
            }
        }
        if !tokens
            .first()
            .is_some_and(|token| matches!(token, TokenTree::Ident(word) if word == "if" ))
        {
            return false;
        }
        self.conditional_items(&blocks)
    }

    /// Reads items of which those of the first block are there whose predicate holds; whether
    /// there are any blocks.
    fn conditional_items(&mut self, blocks: &[Branch]) -> bool {
        let outer = self.cfg;
        let mut otherwise = outer;
        for (file, predicate) in blocks {
            self.cfg = otherwise;
            if let Some(predicate) = predicate {
                let test = implies_test(predicate.clone());
                let condition = self.condition(predicate.clone(), test);
                otherwise = Some(self.opposite(condition));
                self.cfg = Some(condition);
            }
            self.items(&file.items);
        }
        self.cfg = outer;
        !blocks.is_empty()
    }

    /// Declares what stands behind `struct`, `fn` and the like in the arguments of a
    /// macro whose output is not seen.
    fn declare_by_keyword(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, pair) in tokens.windows(2).enumerate() {
            let (TokenTree::Ident(word), TokenTree::Ident(name)) = (&pair[0], &pair[1]) else {
                continue;
            };
            // `static ref NAME` is how lazy_static spells it.
            let name = match tokens.get(at + 2) {
                Some(TokenTree::Ident(later)) if *name == "ref" || *name == "mut" => later,
                _ => name,
            };
            if let Some((kind, namespaces)) = kind_of(word) {
                let span = self.span(name.span());
                self.declare(kind, name, Visibility::Public, span, namespaces);
            }
        }
    }

    fn macro_rules(&mut self, item: &ItemMacro, ident: &Ident) {
        // The macro around a definition may add the attribute.
        let exported = self.macro_argument
            || item.attrs.iter().any(|attribute| has_word(&attribute.meta, "macro_export"));
        let (first, last) = item.extent();
        let extent = self.source.between(first, last);
        let definition =
            self.declare(ItemKind::Macro, ident, Visibility::Private, extent, Namespaces::NONE);
        self.tree.items[definition as usize].exported = exported;
        let first = index(self.tree.macro_paths.len());
        self.in_item(definition, true, |reader| {
            reader.modify(Modifiers::DOCUMENTED, is_documented(&item.attrs));
            reader.attributes_of(definition, &item.attrs);
            let mut matcher = None;
            let mut after_arrow = false;
            let mut arrow = false;
            let mut conditions = Vec::new();
            let mut patterns = Vec::new();
            for token in item.mac.tokens.clone() {
                match &token {
                    TokenTree::Group(group) if after_arrow => {
                        reader.macro_body(group.stream());
                        reader.predicates_in(group.stream(), &mut conditions);
                        patterns.extend(NamePattern::of_rule(matcher.as_ref(), &group.stream()));
                    }
                    TokenTree::Group(group) => matcher = Some(group.stream()),
                    _ => {}
                }
                after_arrow = arrow && is_punct(Some(&token), '>');
                arrow = is_punct(Some(&token), '=');
            }
            let name = reader.symbol(ident);
            reader.macro_names.insert(name, patterns);
            let body = (first, index(reader.tree.macro_paths.len()));
            let condition = conditions.pop().filter(|_| conditions.is_empty());
            reader.tree.macros.push(MacroDefinition { item: definition, body, condition });
        });
    }

    /// Collects the predicates of every `#[cfg(…)]` in tokens that have no variable.
    fn predicates_in(&mut self, tokens: TokenStream, found: &mut Vec<Box<str>>) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else { continue };
            match condition_before(&tokens[..=at]) {
                Some(predicate) => {
                    let condition = self.condition(predicate, false);
                    let text = self.tree.cfgs[condition as usize].predicate.clone();
                    if !found.contains(&text) {
                        found.push(text);
                    }
                }
                None => self.predicates_in(group.stream(), found),
            }
        }
    }

    fn macro_body(&mut self, tokens: TokenStream) {
        scan::paths(tokens, &mut |found| {
            let lone = found.names.len() == 1 && found.anchor == Anchor::Plain;
            if lone && found.follows != Follows::Bang {
                return;
            }
            let namespace = (found.follows == Follows::Bang).then_some(Namespace::Macro);
            let path = self.found(&found, DependencyKind::Macro, namespace);
            self.tree.macro_paths.push(path);
        });
    }

    /// Records the paths in raw tokens.
    pub(super) fn scan(&mut self, tokens: TokenStream, kind: DependencyKind) {
        scan::paths(tokens, &mut |found| {
            if found.follows == Follows::MethodCall {
                self.unknown_call(&found.names[0]);
                return;
            }
            let lone = found.names.len() == 1 && found.anchor == Anchor::Plain;
            let (namespace, kind) = match found.follows {
                Follows::Bang => (Some(Namespace::Macro), DependencyKind::Macro),
                Follows::Call if lone => (Some(Namespace::Value), kind),
                _ => (None, kind),
            };
            let first = self.symbol(&found.names[0]);
            if found.anchor == Anchor::Plain && self.is_generic(first) {
                return;
            }
            let type_like = self.text(first).starts_with(char::is_uppercase);
            if lone && (self.is_local(first) || (found.follows == Follows::Other && !type_like)) {
                return;
            }
            let path = self.found(&found, kind, namespace);
            self.push_path(path);
        });
    }

    fn found(
        &mut self,
        found: &Found,
        kind: DependencyKind,
        namespace: Option<Namespace>,
    ) -> super::item_tree::WrittenPath {
        let symbols: Vec<Symbol> = found.names.iter().map(|name| self.symbol(name)).collect();
        let span = self.source.between(found.first, found.last);
        let mut path = self.written(found.anchor, &symbols, span, kind, namespace);
        path.speculative = true;
        path
    }
}

/// Whether `meta` is the word, or a `cfg_attr` that holds it.
fn has_word(meta: &syn::Meta, word: &str) -> bool {
    meta.path().is_ident(word)
        || matches!(meta, syn::Meta::List(list) if list.path.is_ident("cfg_attr")
        && list.tokens.clone().into_iter().any(|token| {
            matches!(token, TokenTree::Ident(ident) if ident == word)
        }))
}

/// The predicate of the `#[cfg(…)]` that tokens end with.
/// Items, and under which predicate they are there; under none of those before where it is
/// absent.
type Branch = (syn::File, Option<TokenStream>);

/// The arms of `cfg_select! { predicate => { items } _ => { items } }`; `None` of any other
/// macro, and where an arm holds no items.
fn arms(path: &syn::Path, tokens: &TokenStream) -> Option<Vec<Branch>> {
    if path.segments.last()?.ident != "cfg_select" {
        return None;
    }
    let mut arms = Vec::new();
    let mut predicate = Vec::new();
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_arrow = is_punct(Some(&token), '=') && is_punct(tokens.peek(), '>');
        if !is_arrow {
            predicate.push(token);
            continue;
        }
        tokens.next();
        let Some(TokenTree::Group(group)) = tokens.next() else { return None };
        let file = syn::parse2::<syn::File>(group.stream()).ok()?;
        tokens.next_if(|token| is_punct(Some(token), ','));
        let is_rest = matches!(&predicate[..], [TokenTree::Ident(word)] if word == "_");
        let written = std::mem::take(&mut predicate);
        arms.push((file, (!is_rest).then(|| TokenStream::from_iter(written))));
    }
    predicate.is_empty().then_some(arms)
}

fn condition_before(tokens: &[TokenTree]) -> Option<TokenStream> {
    let [.., TokenTree::Punct(hash), TokenTree::Group(attribute)] = tokens else { return None };
    if hash.as_char() != '#' {
        return None;
    }
    let mut inner = attribute.stream().into_iter();
    match (inner.next(), inner.next()) {
        (Some(TokenTree::Ident(word)), Some(TokenTree::Group(predicate))) if word == "cfg" => {
            Some(predicate.stream())
        }
        _ => None,
    }
}

pub(super) fn kind_of(word: &Ident) -> Option<(ItemKind, Namespaces)> {
    Some(match word.to_string().as_str() {
        "struct" => (ItemKind::Struct, Namespaces::TYPES_AND_VALUES),
        "enum" => (ItemKind::Enum, Namespaces::TYPES),
        "union" => (ItemKind::Union, Namespaces::TYPES),
        "trait" => (ItemKind::Trait, Namespaces::TYPES),
        "type" => (ItemKind::Type, Namespaces::TYPES),
        "fn" => (ItemKind::Fn, Namespaces::VALUES),
        "const" => (ItemKind::Const, Namespaces::VALUES),
        "static" => (ItemKind::Static, Namespaces::VALUES),
        _ => return None,
    })
}
