//! Comments that are exceptions, `layers: allow(…)`, in source files and in Cargo.toml.
//!
//! A lexer finds the comments, so that nothing in a string counts, and a file without the
//! marker costs one search. A comment covers the next line of code, and the whole of what
//! begins there: an item, a statement, a field, a match arm, a part of a `use`; in a
//! manifest an entry or a table. Behind code it covers that line. Where it covers `mod m;`
//! it covers the files of that module. `//!` covers what it is the documentation of: the
//! file or the module in braces, and no other file.

mod extents;
mod manifest;
mod source;

use std::ops::Range;

use layers_rules::exceptions::directive::{self, Directive, MARKER, Malformed};
use layers_rules::facts::Span;

pub use manifest::of_manifest;
pub(super) use source::of_source;

/// A comment that is, or was meant to be, an exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionComment {
    /// Where it stands, marks included.
    pub span: Span,
    /// Where the findings begin that it covers.
    pub covers: Span,
    /// Whether it covers as well what stands in other files and is declared there.
    pub reaches: bool,
    /// What it says.
    pub says: Result<Directive, Malformed>,
}

/// Whether a text can hold such a comment.
pub(super) fn may_be_in(text: &str) -> bool {
    text.contains(MARKER)
}

/// A comment as the lexer finds it, in bytes of the text.
#[derive(Clone, Debug)]
struct Comment {
    /// With its marks.
    whole: Range<usize>,
    /// Without them.
    body: Range<usize>,
    /// Whether it ends where the line does, so that the next line can continue it.
    is_line: bool,
}

/// What a comment says, and where.
type Said = (Range<usize>, Result<Directive, Malformed>);

/// Those of `comments`, which have no code between them, that are meant as exceptions. A
/// line that ends with a comma goes on in the comment below. `skipped` bytes of the file
/// stand before the text.
fn said(text: &str, skipped: usize, comments: &[Comment]) -> Vec<Said> {
    let mut said = Vec::new();
    let mut rest = comments;
    while let [first, others @ ..] = rest {
        rest = others;
        let mut body = text[first.body.clone()].to_owned();
        if !is_marked(&body) {
            continue;
        }
        let mut whole = first.whole.clone();
        let mut is_line = first.is_line;
        while is_line && body.trim_end().ends_with(',') {
            let [next, others @ ..] = rest else { break };
            let between = &text[whole.end..next.whole.start];
            let is_next_line = between.trim().is_empty() && between.matches('\n').count() == 1;
            if !is_next_line || is_marked(&text[next.body.clone()]) {
                break;
            }
            // Its marks become blanks, so that every word keeps its place.
            body.extend(std::iter::repeat_n(' ', next.body.start - first.body.start - body.len()));
            body.push_str(&text[next.body.clone()]);
            whole.end = next.whole.end;
            is_line = next.is_line;
            rest = others;
        }
        let offset = number(skipped + first.body.start);
        said.extend(directive::read(&body, offset).map(|says| (whole, says)));
    }
    said
}

fn is_marked(body: &str) -> bool {
    body.trim_start().starts_with(MARKER)
}

/// The end of the line that holds the byte at `offset`, its break apart.
fn line_end(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |end| offset + end)
}

/// The beginning of the line that holds the byte at `offset`.
fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |end| end + 1)
}

fn number(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn span(skipped: usize, range: &Range<usize>) -> Span {
    Span { start: number(skipped + range.start), end: number(skipped + range.end) }
}

#[cfg(test)]
mod tests;
