//! Refuses what would overflow the stack: syn and every walk over its trees recurse.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use crate::source::Source;

/// Levels allowed. Real code stays below 100; a debug build of syn needs about 14 KiB
/// a level, so that this many fit [`super::STACK_SIZE`] with room to spare.
const LIMIT: usize = 12_000;

/// Where the tokens are nested more deeply than can be parsed safely, if anywhere.
///
/// Brackets nest, and so does every operator, `else` or arrow in a row, since each can
/// add a level to the syntax tree: the tokens since the last `;` or `,` are counted as
/// one level each.
///
/// To walk over tokens is to copy them, so only groups long enough to matter are entered.
pub fn too_deep(tokens: &TokenStream, source: &Source<'_>) -> Option<Span> {
    if most_levels(source.code.len()) <= LIMIT {
        return None;
    }
    let mut stack = vec![(tokens.clone().into_iter().peekable(), 0_usize)];
    let mut depth = 0_usize;
    while let Some((iter, run)) = stack.last_mut() {
        let Some(token) = iter.next() else {
            let (_, run) = stack.pop().expect("the loop saw it");
            depth -= run;
            continue;
        };
        match token {
            TokenTree::Punct(punct) if matches!(punct.as_char(), ';' | ',') => {
                depth -= *run;
                *run = 0;
            }
            other => {
                *run += 1;
                depth += 1;
                if depth > LIMIT {
                    return Some(other.span());
                }
                if let TokenTree::Group(group) = other {
                    let closes_item = group.delimiter() == Delimiter::Brace;
                    if closes_item && ends_statement(iter.peek()) {
                        // What stands before a block does not nest in what follows it.
                        depth -= *run;
                        *run = 0;
                    }
                    let extent = source.span(group.span()).range();
                    if depth + most_levels(extent.len()) > LIMIT {
                        stack.push((group.stream().into_iter().peekable(), 0));
                    }
                }
            }
        }
    }
    None
}

/// How many levels so many bytes can hold at the most: `//!` stands for six tokens, and
/// nothing else for more of them by its length.
fn most_levels(bytes: usize) -> usize {
    2 * bytes
}

/// Whether a `}` in front of `next` ends what stands before it.
fn ends_statement(next: Option<&TokenTree>) -> bool {
    match next {
        Some(TokenTree::Ident(ident)) => *ident != "else" && *ident != "as",
        Some(TokenTree::Punct(punct)) => matches!(punct.as_char(), '#'),
        Some(TokenTree::Literal(_) | TokenTree::Group(_)) | None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn refused(code: &str) -> bool {
        too_deep(&TokenStream::from_str(code).expect("lexes"), &Source::new(code)).is_some()
    }

    #[test]
    fn deep_nesting_of_any_kind_is_refused() {
        assert!(refused(&format!("const A: u8 = {}1{};", "(".repeat(13_000), ")".repeat(13_000))));
        assert!(refused(&format!("const A: bool = {}true;", "!".repeat(13_000))));
        assert!(refused(&format!("fn f() {{ {} {{}} }}", "if a {} else ".repeat(13_000))));
        assert!(refused(&format!("const A: u8 = 1{};", " + 1".repeat(13_000))));
    }

    #[test]
    fn what_is_deep_in_the_midst_of_other_code_is_refused() {
        let long = "fn f() { g(); }".repeat(1_000);
        let code = |levels| {
            let deep = format!("const A: u8 = {}1{};", "(".repeat(levels), ")".repeat(levels));
            format!("{long} mod m {{ {deep} }} {long}")
        };
        assert!(!refused(&code(11_980)));
        assert!(refused(&code(12_010)));
    }

    #[test]
    fn the_shortest_tokens_are_counted_in_full() {
        let code = |levels| format!("fn f() {{ {}a }}", "//!\n".repeat(levels));
        assert!(!refused(&code(3_990)));
        assert!(refused(&code(4_000)));
    }

    #[test]
    fn long_files_and_long_tables_are_not_deep() {
        assert!(!refused(&"fn f() { g(); }".repeat(13_000)));
        assert!(!refused(&format!("const A: [u8; 13000] = [{}];", "0,".repeat(13_000))));
        assert!(!refused(&"#[test] fn f() {} impl A for B {} ".repeat(9_000)));
        assert!(!refused(&format!("fn f() {{ {} }}", "if a { b } ".repeat(13_000))));
    }
}
