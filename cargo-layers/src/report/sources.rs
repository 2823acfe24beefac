//! Source text for reports: byte spans to lines and columns, and the lines to show.

use std::collections::BTreeMap;

use camino::Utf8Path;
use layers_rules::facts::Span;
use layers_rules::finding::{Finding, Location};

use crate::config::{Config, ConfigFile};
use crate::disk::{self, Boundary};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A place in a file as people count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line; the first is 1.
    pub line: u32,
    /// Column in bytes of UTF-8; the first is 1. A byte-order mark is not counted.
    pub column: u32,
}

/// Where a stretch of text begins and where it ends, its last byte excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Its first byte.
    pub start: Position,
    /// The byte after its last.
    pub end: Position,
}

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Unicode code points, which are Rust's `char`.
    CodePoints,
    /// Code units of UTF-16.
    Utf16,
}

/// The text of the files that findings speak of.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<String, Source>,
}

/// The text of one file.
#[derive(Clone, Debug)]
pub struct Source {
    text: String,
    /// Offset of the first byte of each line.
    lines: Vec<usize>,
}

impl Sources {
    /// Reads every file that one of `findings` speaks of, by its path from the folder `root`
    /// and as far as it lies within `boundary`. A file that cannot be read as UTF-8 is left
    /// out: findings in it are shown without lines.
    #[must_use]
    pub fn read(root: &Utf8Path, boundary: &Boundary, findings: &[Finding]) -> Self {
        let mut sources = Self::default();
        for location in findings.iter().flat_map(locations) {
            if sources.files.contains_key(&location.file) {
                continue;
            }
            if let Ok(text) = disk::read_text(&root.join(&location.file), boundary) {
                sources.insert(location.file.clone(), text);
            }
        }
        sources
    }

    /// Reads these files as [`Self::read`] does; those that cannot be read as UTF-8 are left
    /// out.
    #[must_use]
    pub fn of_files<'a>(
        root: &Utf8Path,
        boundary: &Boundary,
        files: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut sources = Self::default();
        for file in files {
            let text = disk::read_text(&root.join(file), boundary);
            if let (None, Ok(text)) = (sources.get(file), text) {
                sources.insert(file.to_owned(), text);
            }
        }
        sources
    }

    /// Adds the text of a file, in place of the text known so far.
    pub fn insert(&mut self, file: String, text: String) {
        self.files.insert(file, Source::new(text));
    }

    /// Adds the files that the rules were read from, as they were then.
    pub fn insert_config(&mut self, config: &Config) {
        self.insert_files(config.files.iter().cloned());
    }

    /// Adds files as they were when they were read.
    pub fn insert_files(&mut self, files: impl IntoIterator<Item = ConfigFile>) {
        for file in files {
            self.insert(file.path, file.text);
        }
    }

    /// The text of a file, if it is known.
    #[must_use]
    pub fn get(&self, file: &str) -> Option<&Source> {
        self.files.get(file)
    }

    /// Where a location begins and ends; the first byte of the file where its text is
    /// not known.
    #[must_use]
    pub fn range(&self, location: &Location) -> Range {
        self.range_in(location, Unit::Bytes)
    }

    /// As [`Sources::range`], with columns that count something else than bytes.
    #[must_use]
    pub fn range_in(&self, location: &Location, unit: Unit) -> Range {
        self.get(&location.file).map_or(
            Range { start: Position { line: 1, column: 1 }, end: Position { line: 1, column: 1 } },
            |source| source.range_in(location.span, unit),
        )
    }
}

/// Every location that a finding speaks of.
fn locations(finding: &Finding) -> impl Iterator<Item = &Location> {
    std::iter::once(&finding.primary)
        .chain(&finding.secondary)
        .map(|label| &label.location)
        .chain(finding.chain.iter().map(|step| &step.location))
}

impl Source {
    fn new(text: String) -> Self {
        let newlines = text.match_indices('\n').map(|(index, _)| index + 1);
        let lines = std::iter::once(0).chain(newlines).collect();
        Self { text, lines }
    }

    /// Where `span` begins and ends. What lies past the end of the text counts as its end.
    #[must_use]
    pub fn range(&self, span: Span) -> Range {
        self.range_in(span, Unit::Bytes)
    }

    fn range_in(&self, span: Span, unit: Unit) -> Range {
        let bytes = self.clamp(span);
        Range { start: self.position(bytes.start, unit), end: self.position(bytes.end, unit) }
    }

    /// `span` as a range of bytes that lies within the text.
    #[must_use]
    pub fn clamp(&self, span: Span) -> std::ops::Range<usize> {
        let start = span.range().start.min(self.text.len());
        let end = span.range().end.clamp(start, self.text.len());
        start..end
    }

    /// The word that begins at a position, or its first character where it is no word; `None`
    /// for a position outside of the text.
    #[must_use]
    pub fn word_at(&self, position: Position) -> Option<Span> {
        let index = usize::try_from(position.line).ok()?.checked_sub(1)?;
        let column = usize::try_from(position.column).ok()?.checked_sub(1)?;
        self.lines.get(index)?;
        let rest = self.line(index).get(column..)?;
        let start = self.line_start(index) + column;
        let is_part = |character: char| character.is_alphanumeric() || character == '_';
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest.find(|character| !is_part(character)).unwrap_or(rest.len()).max(first);
        Some(Span { start: number(start), end: number(start + length) })
    }

    fn position(&self, offset: usize, unit: Unit) -> Position {
        let index = self.line_index(offset);
        let start = self.line_start(index);
        let length = offset.saturating_sub(start);
        let before = || self.text.get(start..start + length).unwrap_or_default();
        let column = match unit {
            Unit::Bytes => length,
            Unit::CodePoints => before().chars().count(),
            Unit::Utf16 => before().encode_utf16().count(),
        };
        Position { line: number(index + 1), column: number(column + 1) }
    }

    /// Index of the line that holds the byte at `offset`; the first line is 0.
    #[must_use]
    pub fn line_index(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// Offset of the first byte of a line that is text, past a byte-order mark.
    #[must_use]
    pub fn line_start(&self, index: usize) -> usize {
        match index {
            0 if self.text.starts_with(BYTE_ORDER_MARK) => BYTE_ORDER_MARK.len(),
            _ => self.lines[index],
        }
    }

    /// The text of a line without its end, `\n` or `\r\n`.
    #[must_use]
    pub fn line(&self, index: usize) -> &str {
        let end = self.lines.get(index + 1).copied().unwrap_or(self.text.len());
        let line = &self.text[self.line_start(index)..end];
        let line = line.strip_suffix('\n').unwrap_or(line);
        line.strip_suffix('\r').unwrap_or(line)
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// `text` with every character that would steer a terminal or reorder the line replaced
/// by one that is seen, and takes as many bytes of UTF-8.
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\t' => character,
            // Controls that change the direction of text hide what a line says.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
                char::REPLACEMENT_CHARACTER
            }
            _ if character.is_control() && character.len_utf8() == 1 => '?',
            _ if character.is_control() => '·',
            _ => character,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str, start: u32, end: u32) -> (u32, u32, u32, u32) {
        let range = Source::new(text.to_owned()).range(Span { start, end });
        (range.start.line, range.start.column, range.end.line, range.end.column)
    }

    #[test]
    fn lines_and_columns_begin_at_one() {
        assert_eq!(range("use a;\nuse b;\n", 0, 3), (1, 1, 1, 4));
        assert_eq!(range("use a;\nuse b;\n", 11, 12), (2, 5, 2, 6));
        assert_eq!(range("use a;\nuse b;\n", 4, 11), (1, 5, 2, 5));
    }

    #[test]
    fn columns_count_bytes() {
        // `ß` takes two bytes, a tab one.
        assert_eq!(range("/*ß*/\tuse a;", 11, 12), (1, 12, 1, 13));
    }

    #[test]
    fn columns_count_what_a_format_counts() {
        // Two bytes, one code point and one unit; then four bytes, one and two.
        let source = Source::new("\u{feff}/*ß𝄞*/ use a;\nx".to_owned());
        let column = |unit| {
            let range = source.range_in(Span { start: 14, end: 17 }, unit);
            (range.start.column, range.end.column)
        };
        assert_eq!(column(Unit::Bytes), (12, 15));
        assert_eq!(column(Unit::CodePoints), (8, 11));
        assert_eq!(column(Unit::Utf16), (9, 12));
    }

    #[test]
    fn a_carriage_return_belongs_to_its_line() {
        let text = "use a;\r\nuse b;\r\n";
        assert_eq!(range(text, 12, 13), (2, 5, 2, 6));
        let source = Source::new(text.to_owned());
        assert_eq!((source.line(0), source.line(1), source.line(2)), ("use a;", "use b;", ""));
    }

    #[test]
    fn a_byte_order_mark_is_not_counted() {
        let text = "\u{feff}use a;\nuse b;";
        assert_eq!(range(text, 7, 8), (1, 5, 1, 6));
        assert_eq!(range(text, 14, 15), (2, 5, 2, 6));
        assert_eq!(range(text, 0, 0), (1, 1, 1, 1));
        assert_eq!(Source::new(text.to_owned()).line(0), "use a;");
    }

    #[test]
    fn a_span_past_the_end_is_the_end() {
        assert_eq!(range("use a;\n", 400, 500), (2, 1, 2, 1));
        assert_eq!(range("use a;", 4, 500), (1, 5, 1, 7));
        assert_eq!(range("", 3, 1), (1, 1, 1, 1));
        assert_eq!(range("use a;", 4, 2), (1, 5, 1, 5));
    }

    #[test]
    fn a_position_leads_back_to_the_word_there() {
        let source = Source::new("\u{feff}use a;\n  pub fn ä_b() {}\n".to_owned());
        let word = |line, column| {
            let span = source.word_at(Position { line, column })?;
            Some(&source.text[span.range()])
        };
        assert_eq!(word(1, 1), Some("use"));
        assert_eq!(word(2, 10), Some("ä_b"));
        assert_eq!(word(2, 14), Some("("));
        assert_eq!(word(1, 7), Some(""));
        assert_eq!((word(1, 8), word(9, 1), word(0, 1), word(2, 11)), (None, None, None, None));
    }

    #[test]
    fn a_file_that_is_not_known_has_a_first_line() {
        let location = Location { file: "gone.rs".to_owned(), span: Span { start: 9, end: 12 } };
        let range = Sources::default().range(&location);
        assert_eq!(range.start, Position { line: 1, column: 1 });
        assert_eq!(range.end, range.start);
    }

    #[test]
    fn nothing_in_a_line_steers_the_terminal() {
        for text in ["a\u{1b}[31mb", "a\rb", "x\u{202e}y", "x\u{9b}y", "x\u{200f}y"] {
            let shown = printable(text);
            assert_eq!(shown.len(), text.len(), "{text:?}");
            assert!(!shown.chars().any(char::is_control), "{shown:?}");
            assert!(!shown.contains(['\u{202e}', '\u{200f}']), "{shown:?}");
        }
        assert_eq!(printable("\tß use a;"), "\tß use a;");
    }
}
