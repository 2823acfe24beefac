//! The few lines of a file that are shown with a finding.

use std::fmt;
use std::ops::Range;

use layers_rules::finding::Label;
use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};

use super::one_line;
use crate::report::sources::{Source, printable};

/// A label over more lines than this is shown at its first line alone.
const MOST_LINES: usize = 8;

/// A secondary label is shown with the primary one when at most so many lines lie between.
const MOST_LINES_BETWEEN: usize = 2;

/// Consecutive lines of a file and the labels in them, as the handler of miette wants
/// them. It holds text that is safe to show, not the text of the file itself.
#[derive(Debug)]
pub(super) struct Excerpt {
    file: String,
    text: String,
    first_line: usize,
    /// Offset in `text` of each line's first byte.
    lines: Vec<usize>,
    labels: Vec<LabeledSpan>,
}

impl Excerpt {
    /// The lines around `primary`, with those of `secondary` that stand close by. Gives
    /// back the others.
    pub(super) fn new<'f>(
        source: &Source,
        primary: &'f Label,
        secondary: Vec<&'f Label>,
    ) -> (Self, Vec<&'f Label>) {
        let mut lines = shown_lines(source, primary);
        let (near, far): (Vec<&Label>, Vec<&Label>) = secondary.into_iter().partition(|label| {
            let other = shown_lines(source, label);
            let close = label.location.file == primary.location.file
                && other.start <= lines.end + MOST_LINES_BETWEEN
                && lines.start <= other.end + MOST_LINES_BETWEEN;
            if close {
                lines = lines.start.min(other.start)..lines.end.max(other.end);
            }
            close
        });

        let mut excerpt = Self {
            file: printable(&primary.location.file),
            text: String::new(),
            first_line: lines.start,
            lines: Vec::new(),
            labels: Vec::new(),
        };
        for index in lines {
            excerpt.lines.push(excerpt.text.len());
            excerpt.text.push_str(&printable(source.line(index)));
            excerpt.text.push('\n');
        }
        excerpt.labels.push(excerpt.label(source, primary, true));
        for label in near {
            excerpt.labels.push(excerpt.label(source, label, false));
        }
        (excerpt, far)
    }

    fn label(&self, source: &Source, label: &Label, primary: bool) -> LabeledSpan {
        let lines = shown_lines(source, label);
        let bytes = source.clamp(label.location.span);
        let start = self.offset(source, lines.start, bytes.start);
        let end = if lines.end > source.line_index(bytes.end) {
            self.offset(source, lines.end - 1, bytes.end)
        } else {
            self.offset(source, lines.start, usize::MAX)
        };
        let text = (!label.text.is_empty()).then(|| one_line(&label.text));
        let length = end.saturating_sub(start);
        if primary {
            LabeledSpan::new_primary_with_span(text, (start, length))
        } else {
            LabeledSpan::new_with_span(text, (start, length))
        }
    }

    /// Offset in the excerpt of the byte at `offset` of the file, which stands in the
    /// line with this index. Line ends are not shown, so what lies in one is put before it.
    fn offset(&self, source: &Source, line: usize, offset: usize) -> usize {
        let column = offset.saturating_sub(source.line_start(line)).min(source.line(line).len());
        self.lines[line - self.first_line] + column
    }

    fn line_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset).saturating_sub(1)
    }
}

/// Indices of the lines in which a label is shown.
fn shown_lines(source: &Source, label: &Label) -> Range<usize> {
    let bytes = source.clamp(label.location.span);
    let first = source.line_index(bytes.start);
    let last = source.line_index(bytes.end);
    if last - first < MOST_LINES { first..last + 1 } else { first..first + 1 }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Excerpt {}

impl Diagnostic for Excerpt {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

impl SourceCode for Excerpt {
    /// The whole excerpt where lines around a span are asked for, since it holds no others;
    /// else the text of the span itself, by which the handler finds its line and column.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, length) = match lines_before {
            0 => (span.offset(), span.len()),
            _ => (0, self.text.len()),
        };
        let data =
            self.text.as_bytes().get(start..start + length).ok_or(MietteError::OutOfBounds)?;
        let first = self.line_of(start);
        let last = self.line_of(start + length);
        Ok(Box::new(MietteSpanContents::new_named(
            self.file.clone(),
            data,
            (start, length).into(),
            self.first_line + first,
            start - self.lines[first],
            last - first + 1,
        )))
    }
}
