//! Paths in raw tokens: macro arguments that are no Rust, macro bodies, attributes.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

use super::item_tree::Anchor;

/// A run of names found in tokens.
pub struct Found {
    /// Where it begins.
    pub anchor: Anchor,
    /// Its names, anchors apart.
    pub names: Vec<Ident>,
    /// Its first token.
    pub first: Span,
    /// Its last token.
    pub last: Span,
    /// What follows.
    pub follows: Follows,
}

/// What stands behind a run of names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// `!` and a bracket: a macro call.
    Bang,
    /// Round brackets: a call or a tuple pattern.
    Call,
    /// Round brackets, and a dot in front of the one name: a method call.
    MethodCall,
    /// Anything else.
    Other,
}

/// Calls `found` for every path-like run of names in `tokens`, brackets included.
pub fn paths(tokens: TokenStream, found: &mut impl FnMut(Found)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                paths(group.stream(), found);
                at += 1;
            }
            TokenTree::Punct(punct) => at = after_punct(&tokens, at, punct.as_char(), found),
            TokenTree::Ident(ident) => {
                if is_keyword(ident) {
                    at += 1 + usize::from(declares(ident) && is_ident(tokens.get(at + 1)));
                } else {
                    at = run(&tokens, at, at, Anchor::Plain, found);
                }
            }
            TokenTree::Literal(_) => at += 1,
        }
    }
}

/// Reads what a punctuation character may begin; gives the position behind it.
fn after_punct(
    tokens: &[TokenTree],
    at: usize,
    punct: char,
    found: &mut impl FnMut(Found),
) -> usize {
    let next_is_ident = is_ident(tokens.get(at + 1));
    match punct {
        '$' if is_word(tokens.get(at + 1), "crate") && is_colons(tokens, at + 2) => {
            run(tokens, at, at + 4, Anchor::DollarCrate, found)
        }
        // A macro variable, an interpolation, a lifetime: whatever it stands for is
        // not written here, and neither is what is looked up in it.
        '$' | '#' | '\'' if next_is_ident => {
            let mut end = at + 2;
            while is_colons(tokens, end) && is_ident(tokens.get(end + 2)) {
                end += 3;
            }
            end
        }
        '.' if next_is_ident && !(at > 0 && is_punct(tokens.get(at - 1), '.')) => {
            if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(group))) =
                (tokens.get(at + 1), tokens.get(at + 2))
                && group.delimiter() == Delimiter::Parenthesis
            {
                let (first, names) = (name.span(), vec![name.clone()]);
                let (anchor, follows) = (Anchor::Plain, Follows::MethodCall);
                found(Found { anchor, names, first, last: first, follows });
            }
            at + 2
        }
        ':' if is_colons(tokens, at) && is_ident(tokens.get(at + 2)) => {
            let arrow = at > 1 && is_punct(tokens.get(at - 2), '-');
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            let continues = is_ident(before) && !before.is_some_and(is_keyword_token)
                || (is_punct(before, '>') && !arrow);
            if continues { at + 3 } else { run(tokens, at, at + 2, Anchor::Global, found) }
        }
        _ => at + 1,
    }
}

/// Reads names joined by `::` from `at` on; gives the position behind them.
fn run(
    tokens: &[TokenTree],
    first: usize,
    mut at: usize,
    mut anchor: Anchor,
    found: &mut impl FnMut(Found),
) -> usize {
    let mut names = Vec::new();
    let mut last = tokens[first].span();
    while let Some(TokenTree::Ident(ident)) = tokens.get(at) {
        match anchor {
            Anchor::Plain if names.is_empty() && *ident == "crate" => anchor = Anchor::Crate,
            Anchor::Plain if names.is_empty() && *ident == "self" => anchor = Anchor::Super(0),
            Anchor::Plain if names.is_empty() && *ident == "super" => anchor = Anchor::Super(1),
            Anchor::Super(up) if names.is_empty() && *ident == "super" => {
                anchor = Anchor::Super(up.saturating_add(1));
            }
            _ => names.push(ident.clone()),
        }
        last = ident.span();
        at += 1;
        if is_colons(tokens, at) && is_ident(tokens.get(at + 2)) {
            at += 2;
        } else {
            break;
        }
    }
    let follows = match tokens.get(at) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            Follows::Call
        }
        Some(TokenTree::Punct(punct))
            if punct.as_char() == '!'
                && matches!(tokens.get(at + 1), Some(TokenTree::Group(_))) =>
        {
            Follows::Bang
        }
        _ => Follows::Other,
    };
    if !names.is_empty() {
        found(Found { anchor, names, first: tokens[first].span(), last, follows });
    }
    at.max(first + 1)
}

fn is_ident(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Ident(_)))
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

pub fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':')
}

/// Keywords after which an identifier is being declared.
pub fn declares(ident: &Ident) -> bool {
    ["struct", "enum", "union", "trait", "type", "fn", "const", "static", "mod", "let"]
        .iter()
        .any(|word| ident == word)
}

fn is_keyword_token(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(ident) if is_keyword(ident))
}

fn is_keyword(ident: &Ident) -> bool {
    declares(ident)
        || [
            "as", "async", "await", "break", "continue", "dyn", "else", "extern", "false", "for",
            "if", "impl", "in", "loop", "match", "move", "mut", "pub", "ref", "return", "Self",
            "true", "unsafe", "use", "where", "while", "yield",
        ]
        .iter()
        .any(|word| ident == word)
}
