//! Exceptions in manifests.

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

use super::{Comment, ExceptionComment, line_end, line_start, may_be_in, said, span};

/// The exceptions in a Cargo.toml, or in what is not quite one.
#[must_use]
pub fn of_manifest(text: &str) -> Vec<ExceptionComment> {
    if !may_be_in(text) {
        return Vec::new();
    }
    let tokens: Vec<Token> = Source::new(text).lex().collect();
    let mut exceptions = Vec::new();
    let mut comments = Vec::new();
    let (mut depth, mut code_end) = (0_usize, 0);
    for (index, token) in tokens.iter().enumerate() {
        let (start, end) = (token.span().start(), token.span().end());
        match token.kind() {
            TokenKind::Whitespace | TokenKind::Newline => continue,
            TokenKind::Comment => {
                comments.push(Comment { whole: start..end, body: start + 1..end, is_line: true });
                continue;
            }
            _ => {}
        }
        for (whole, says) in said(text, 0, &std::mem::take(&mut comments)) {
            let begin = line_start(text, whole.start);
            let is_behind = code_end > begin;
            let covers = if is_behind {
                begin..whole.start
            } else {
                let end = extent(&tokens[index..], depth).unwrap_or(line_end(text, start));
                start..end.max(line_end(text, start))
            };
            let (span, covers) = (span(0, &whole), span(0, &covers));
            exceptions.push(ExceptionComment { span, covers, reaches: false, says });
        }
        match token.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        code_end = end;
    }
    exceptions
}

/// Where the entry or the table ends that begins with the first of `tokens`; `None` within
/// a value.
fn extent(tokens: &[Token], depth: usize) -> Option<usize> {
    let first = tokens.first().filter(|_| depth == 0)?;
    let is_table = first.kind() == TokenKind::LeftSquareBracket;
    let (mut depth, mut is_line_start, mut end) = (0_usize, false, first.span().start());
    for token in tokens {
        match token.kind() {
            TokenKind::Newline if depth == 0 && !is_table => return Some(end),
            TokenKind::Newline => is_line_start = true,
            TokenKind::Whitespace | TokenKind::Comment => {}
            TokenKind::LeftSquareBracket if depth == 0 && is_line_start => return Some(end),
            kind => {
                match kind {
                    TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth += 1,
                    TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                        depth = depth.saturating_sub(1);
                    }
                    _ => {}
                }
                is_line_start = false;
                end = token.span().end();
            }
        }
    }
    Some(end)
}
