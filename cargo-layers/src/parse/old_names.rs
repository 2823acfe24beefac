//! Words that were names in the 2015 edition and are keywords since.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use super::scan::is_punct;

/// The tokens with `r#` in front of every such word that stands where a name does; `None`
/// when there is none.
pub fn made_raw(tokens: &[TokenTree]) -> Option<TokenStream> {
    let mut changed = false;
    let raw = each(tokens, &mut changed);
    changed.then_some(raw)
}

fn each(tokens: &[TokenTree], changed: &mut bool) -> TokenStream {
    let raw = tokens.iter().enumerate().map(|(at, token)| match token {
        TokenTree::Ident(ident) if is_name(tokens, at, ident) => {
            *changed = true;
            TokenTree::Ident(Ident::new_raw(&ident.to_string(), ident.span()))
        }
        TokenTree::Group(group) => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let mut raw = Group::new(group.delimiter(), each(&inner, changed));
            raw.set_span(group.span());
            TokenTree::Group(raw)
        }
        other => other.clone(),
    });
    raw.collect()
}

/// Whether a word that has become a keyword is none here, by what stands around it.
fn is_name(tokens: &[TokenTree], at: usize, ident: &Ident) -> bool {
    let next = tokens.get(at + 1);
    let word = |words: &[&str]| matches!(next, Some(TokenTree::Ident(next)) if words.iter().any(|word| next == word));
    let brace =
        matches!(next, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace);
    let declared = at.checked_sub(1).is_some_and(|before| {
        matches!(&tokens[before], TokenTree::Ident(before) if super::scan::declares(before))
    });
    if ident == "async" {
        declared || !(brace || is_punct(next, '|') || word(&["fn", "move", "unsafe", "extern"]))
    } else if ident == "await" {
        !at.checked_sub(1).is_some_and(|before| is_punct(tokens.get(before), '.'))
    } else if ident == "dyn" {
        let begins = is_punct(next, '\'') || is_punct(next, '?');
        let ends = next.is_none() || matches!(next, Some(TokenTree::Punct(_)));
        declared || (ends && !begins)
    } else if ident == "try" {
        declared || !brace
    } else {
        false
    }
}
