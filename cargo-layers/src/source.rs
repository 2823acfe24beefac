//! Source text: where it comes from, what syn is given, and the way back from its positions
//! to bytes.

mod overlay;

use layers_rules::facts::Span;
use proc_macro2::LineColumn;

pub use overlay::Overlay;

/// A source text without byte-order mark and shebang, with its line starts.
///
/// proc-macro2 counts lines and characters; everything else here counts bytes from
/// the start of the file.
#[derive(Debug)]
pub struct Source<'text> {
    /// What is parsed.
    pub code: &'text str,
    /// Bytes in front of [`Self::code`].
    skipped: u32,
    /// Offset of each line in [`Self::code`], in bytes.
    lines: Vec<u32>,
    ascii: bool,
}

impl<'text> Source<'text> {
    /// Prepares `text`. Texts of 4 GiB and more are cut there, since offsets are `u32`.
    #[must_use]
    pub fn new(text: &'text str) -> Self {
        let mut code = text.strip_prefix('\u{feff}').unwrap_or(text);
        if code.starts_with("#!") && !starts_inner_attribute(code) {
            code = &code[code.find('\n').unwrap_or(code.len())..];
        }
        let mut lines = vec![0];
        lines.extend(
            code.bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n')
                .map(|(offset, _)| u32::try_from(offset + 1).unwrap_or(u32::MAX)),
        );
        Self {
            code,
            skipped: u32::try_from(text.len() - code.len()).unwrap_or(u32::MAX),
            lines,
            ascii: code.is_ascii(),
        }
    }

    /// Number of lines; what stands behind the last line break counts unless it is empty.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        let is_ended = self.code.is_empty() || self.code.ends_with('\n');
        u32::try_from(self.lines.len() - usize::from(is_ended)).unwrap_or(u32::MAX)
    }

    /// Bytes of the file in front of [`Self::code`].
    #[must_use]
    pub fn skipped(&self) -> usize {
        self.skipped as usize
    }

    /// Offset in the file of a position that proc-macro2 gave for [`Self::code`].
    #[must_use]
    pub fn offset(&self, position: LineColumn) -> u32 {
        let Some(&start) = self.lines.get(position.line.saturating_sub(1)) else {
            return self.skipped;
        };
        let column = if self.ascii {
            position.column
        } else {
            let line = &self.code[start as usize..];
            line.char_indices().nth(position.column).map_or(line.len(), |(byte, _)| byte)
        };
        self.skipped + start + u32::try_from(column).unwrap_or(0)
    }

    /// The bytes a proc-macro2 span stands for.
    #[must_use]
    pub fn span(&self, span: proc_macro2::Span) -> Span {
        Span { start: self.offset(span.start()), end: self.offset(span.end()) }
    }

    /// How many lines `span` touches.
    #[must_use]
    pub fn lines_of(&self, span: Span) -> u32 {
        let line = |offset: u32| {
            let offset = offset.saturating_sub(self.skipped);
            self.lines.partition_point(|start| *start <= offset)
        };
        let last = line(span.end.saturating_sub(1).max(span.start));
        u32::try_from(last - line(span.start) + 1).unwrap_or(u32::MAX)
    }

    /// Where a proc-macro2 span begins.
    #[must_use]
    pub fn start(&self, span: proc_macro2::Span) -> u32 {
        self.offset(span.start())
    }

    /// The bytes from the beginning of a proc-macro2 span to the end of another.
    #[must_use]
    pub fn between(&self, first: proc_macro2::Span, last: proc_macro2::Span) -> Span {
        Span { start: self.start(first), end: self.offset(last.end()) }
    }

    /// The text of `span`.
    #[must_use]
    pub fn text(&self, span: Span) -> &'text str {
        let start = span.start.saturating_sub(self.skipped) as usize;
        let end = span.end.saturating_sub(self.skipped) as usize;
        self.code.get(start..end).unwrap_or_default()
    }
}

/// Whether the `#!` at the start of `code` opens `#![…]` and not a shebang line.
fn starts_inner_attribute(code: &str) -> bool {
    let mut rest = code[2..].trim_start();
    while let Some(comment) = rest.strip_prefix("//") {
        rest = comment.find('\n').map_or("", |end| comment[end..].trim_start());
    }
    rest.starts_with('[')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offset_of_first_ident(text: &str) -> usize {
        let source = Source::new(text);
        let file = syn::parse_str::<syn::File>(source.code).expect("valid Rust");
        let syn::Item::Struct(item) = &file.items[0] else { panic!("a struct") };
        source.span(item.ident.span()).start as usize
    }

    #[test]
    fn offsets_count_bytes_of_the_whole_file() {
        for text in [
            "struct S;",
            "\u{feff}struct S;",
            "#!/usr/bin/env run\nstruct S;",
            "\u{feff}#!/usr/bin/env run\n\nstruct S;",
            "/* äöü */ struct S;",
            "// é\r\nstruct S;",
            "#![allow(x)]\nstruct S;",
        ] {
            assert_eq!(offset_of_first_ident(text), text.find('S').expect("an S"), "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_as_a_reader_does() {
        for (text, lines) in
            [("", 0), ("a", 1), ("a\n", 1), ("a\n\n", 2), ("a\nb", 2), ("#!/bin/sh\na\n", 2)]
        {
            assert_eq!(Source::new(text).line_count(), lines, "{text:?}");
        }
    }

    #[test]
    fn an_inner_attribute_is_no_shebang() {
        assert_eq!(Source::new("#! // why\n [allow(x)]").skipped, 0);
        assert_eq!(Source::new("#!/bin/sh").code, "");
    }
}
