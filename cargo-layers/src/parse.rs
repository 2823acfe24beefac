//! From the text of one file to its [`ItemTree`]. The only user of syn.

mod attributes;
mod bodies;
pub mod comments;
mod conditions;
mod extent;
mod fallback;
mod functions;
mod imports;
pub mod item_tree;
mod items;
mod macro_names;
mod macros;
mod nesting;
mod old_names;
pub mod parts;
mod patterns;
mod reader;
mod scan;
pub mod shapes;
pub mod symbols;
mod types;
mod values;

use std::str::FromStr;

use layers_rules::facts::{Needs, Span};
use proc_macro2::TokenStream;

use crate::source::Source;
use item_tree::{ItemTree, Problem};
use reader::Reader;

pub use reader::is_primitive;

/// Stack for a thread that calls [`parse`], in bytes. syn recurses once per level of
/// nesting; `nesting` refuses files that would need more than this.
pub const STACK_SIZE: usize = 256 << 20;

/// Reads one source file. Never fails: what can't be read is in
/// [`ItemTree::problems`], and everything else is still there.
#[must_use]
pub fn parse(text: &str) -> ItemTree {
    parse_for(text, Needs::SOURCE)
}

/// Like [`parse`], without the parts that nothing needs.
#[must_use]
pub fn parse_for(text: &str, needs: Needs) -> ItemTree {
    let source = Source::new(text);
    let mut reader = Reader::new(&source, needs);
    read(&mut reader, &source);
    // syn's spans point into a thread-local copy of the text; nothing refers to it now.
    proc_macro2::extra::invalidate_current_thread_spans();
    reader.finish()
}

fn read(reader: &mut Reader<'_>, source: &Source<'_>) {
    let tokens = match TokenStream::from_str(source.code) {
        Ok(tokens) => tokens,
        Err(error) => {
            reader.tree.problems.push(Problem {
                message: "this is not Rust: a character, string or bracket is left open".to_owned(),
                span: source.span(error.span()),
                recovered: false,
            });
            return;
        }
    };
    if let Some(problem) = nesting::too_deep(&tokens, source) {
        reader.tree.problems.push(Problem {
            message: "this is nested too deeply to be read".to_owned(),
            span: source.span(problem),
            recovered: false,
        });
        return;
    }
    let commented = comments::may_be_in(source.code).then(|| tokens.clone());
    let file = syn::parse2::<syn::File>(tokens);
    if let Some(tokens) = commented {
        reader.tree.exceptions = comments::of_source(source, tokens, file.as_ref().ok());
    }
    match file {
        Ok(file) => reader.file(&file),
        Err(error) => {
            reader.tree.problems.push(Problem {
                message: format!("not the Rust of today: {error}"),
                span: source.span(error.span()),
                recovered: true,
            });
            if let Ok(tokens) = TokenStream::from_str(source.code) {
                reader.items_one_by_one(tokens);
            }
        }
    }
}

/// The smallest span around both.
fn join(first: Span, last: Span) -> Span {
    Span { start: first.start, end: last.end.max(first.end) }
}

#[cfg(test)]
mod tests;
