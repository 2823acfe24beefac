//! Exceptions in source files.
//!
//! The lexer drops comments, so that they are what stands between two tokens; only those
//! of documentation are tokens themselves.

use std::ops::Range;

use layers_rules::exceptions::directive::{self, Malformed};
use proc_macro2::{TokenStream, TokenTree};

use super::extents::Extents;
use super::{Comment, ExceptionComment, Said, line_end, line_start, number, said, span};
use crate::source::Source;

/// A token by its bytes of the text. A group is two: one for each bracket.
struct Token {
    bytes: Range<usize>,
    kind: TokenKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TokenKind {
    Hash,
    Open,
    /// With the index of what it closes.
    Close(usize),
    Other,
}

/// The exceptions in `source`, which is made of `tokens`; where it could be read as a
/// whole, `file` tells what begins where.
pub fn of_source(
    source: &Source<'_>,
    tokens: TokenStream,
    file: Option<&syn::File>,
) -> Vec<ExceptionComment> {
    let mut flat = Vec::new();
    flatten(source, tokens, &mut flat);
    let mut found = of_documentation(source, &flat);
    let mut extents = Extents::new(source);
    let mut below = Vec::new();
    let mut end = 0;
    for index in 0..=flat.len() {
        let start = flat.get(index).map_or(source.code.len(), |token| token.bytes.start);
        if start > end {
            let comments = comments(&source.code[end..start], end);
            for said in said(source.code, source.skipped(), &comments) {
                let whole = &said.0;
                let begin = line_start(source.code, whole.start);
                if index > 0 && end > begin {
                    found.push(exception(source, &(begin..whole.start), said));
                } else {
                    let begin =
                        first_of_item(&flat, index).map_or(start, |token| token.bytes.start);
                    extents.want(begin);
                    below.push((start, begin, said));
                }
            }
        }
        end = end.max(flat.get(index).map_or(start, |token| token.bytes.end));
    }
    if let Some(file) = file {
        extents.read(file);
    }
    for (start, begin, said) in below {
        let end = line_end(source.code, start).max(extents.end(begin));
        found.push(exception(source, &(start.min(begin)..end), said));
    }
    found.sort_by_key(|exception| exception.span);
    found
}

fn exception(source: &Source<'_>, covers: &Range<usize>, (whole, says): Said) -> ExceptionComment {
    let span = |range| span(source.skipped(), range);
    ExceptionComment { span: span(&whole), covers: span(covers), reaches: true, says }
}

/// The comments in what stands between two tokens, which begins at `offset`.
fn comments(gap: &str, offset: usize) -> Vec<Comment> {
    let mut comments = Vec::new();
    let mut at = 0;
    while let Some(found) = gap[at..].find('/') {
        let start = at + found;
        let rest = &gap[start..];
        let (len, is_line) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), true)
        } else {
            (block_len(rest), false)
        };
        at = start + len.max(1);
        let marks = if is_line { (2, 0) } else { (2, 2) };
        if len >= marks.0 + marks.1 {
            let (start, end) = (offset + start, offset + start + len);
            let body = start + marks.0..end - marks.1;
            comments.push(Comment { whole: start..end, body, is_line });
        }
    }
    comments
}

/// Length of the block comment that `text` begins with; blocks nest.
fn block_len(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with(b"*/") {
            (depth, at) = (depth.saturating_sub(1), at + 2);
        } else {
            at += 1;
        }
        if depth == 0 {
            break;
        }
    }
    at.min(text.len())
}

fn flatten(source: &Source<'_>, tokens: TokenStream, flat: &mut Vec<Token>) {
    for token in tokens {
        let mut push = |span: proc_macro2::Span, kind| {
            let span = source.span(span).range();
            let skipped = source.skipped();
            let bytes = span.start.saturating_sub(skipped)..span.end.saturating_sub(skipped);
            flat.push(Token { bytes, kind });
        };
        match token {
            TokenTree::Group(group) => {
                push(group.span_open(), TokenKind::Open);
                let open = flat.len() - 1;
                flatten(source, group.stream(), flat);
                let close = source.span(group.span_close()).range();
                let skipped = source.skipped();
                let bytes = close.start.saturating_sub(skipped)..close.end.saturating_sub(skipped);
                flat.push(Token { bytes, kind: TokenKind::Close(open) });
            }
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                push(punct.span(), TokenKind::Hash);
            }
            other => push(other.span(), TokenKind::Other),
        }
    }
}

/// The first attribute of the item whose next token is at `index`, when that token comes
/// behind attributes.
fn first_of_item(flat: &[Token], index: usize) -> Option<&Token> {
    let mut first = index;
    while let Some(before) = first.checked_sub(1)
        && let TokenKind::Close(open) = flat[before].kind
        && let Some(hash) = open.checked_sub(1)
        && flat[hash].kind == TokenKind::Hash
    {
        first = hash;
    }
    (first < index).then(|| &flat[first])
}

/// Exceptions written as documentation: `//!` covers what it documents, `///` is none.
fn of_documentation(source: &Source<'_>, flat: &[Token]) -> Vec<ExceptionComment> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (index, token) in flat.iter().enumerate() {
        match token.kind {
            TokenKind::Open => open.push(index),
            TokenKind::Close(_) => {
                open.pop();
            }
            TokenKind::Hash => {
                let Some((body, is_inner)) = documentation(&source.code[token.bytes.clone()])
                else {
                    continue;
                };
                let end = token.bytes.start + body.end;
                let body = token.bytes.start + body.start..end;
                let offset = number(source.skipped() + body.start);
                let Some(says) = directive::read(&source.code[body.clone()], offset) else {
                    continue;
                };
                let says = if is_inner { says } else { Err(outer(span(source.skipped(), &body))) };
                let start = open.last().map_or(0, |open| flat[*open].bytes.start);
                let is_close = |token: &&Token| matches!(token.kind, TokenKind::Close(of) if Some(&of) == open.last());
                let close = flat[index..].iter().find(is_close);
                let end = close.map_or(source.code.len(), |token| token.bytes.end);
                let exception = exception(source, &(start..end), (token.bytes.clone(), says));
                found.push(ExceptionComment { reaches: false, ..exception });
            }
            TokenKind::Other => {}
        }
    }
    found
}

/// Where the text of a documentation comment stands in it, and whether it documents what
/// it stands in; `None` for other tokens.
fn documentation(text: &str) -> Option<(Range<usize>, bool)> {
    let is_inner = text.starts_with("//!") || text.starts_with("/*!");
    let is_outer = text.starts_with("///") || text.starts_with("/**");
    let end = if text.starts_with("/*") { text.len().saturating_sub(2) } else { text.len() };
    (is_inner || is_outer).then_some((3..end.max(3), is_inner))
}

fn outer(span: layers_rules::facts::Span) -> Malformed {
    Malformed {
        message: "documentation is no exception".to_owned(),
        span,
        label: "told to every reader".to_owned(),
        help: "begin the comment with `//`, or with `//!` at the top of a file for all of it"
            .to_owned(),
    }
}
