//! A document for a terminal.

use std::fmt::Write;

use textwrap::{Options, WordSeparator, WordSplitter};

use super::{Block, Entry, Weight};
use crate::report::human::Style;
use crate::report::sources::printable;

/// Lines are broken after so many characters.
const WIDTH: usize = 90;

pub(super) fn render(blocks: &[Block], style: Style) -> String {
    let mut text = String::new();
    let mut depth = 0;
    let mut after_list = false;
    for block in blocks {
        if after_list && !matches!(block, Block::Heading { .. }) {
            text.push('\n');
        }
        after_list = matches!(block, Block::List(_));
        match block {
            Block::Heading { level, text: title, weight } => {
                depth = level.saturating_sub(1).min(1);
                if !text.is_empty() {
                    text.push('\n');
                }
                heading(&mut text, title, *weight, style);
            }
            Block::Paragraph(lines) => {
                for line in lines.lines() {
                    wrapped(&mut text, line, indent(depth), indent(depth));
                }
            }
            Block::List(entries) => list(&mut text, entries, depth),
            Block::Code(source) => {
                for line in source.lines() {
                    let line = format!("{}{}", indent(depth), printable(line));
                    let _ = writeln!(text, "{}", line.trim_end());
                }
            }
        }
    }
    text
}

fn heading(text: &mut String, title: &str, weight: Option<Weight>, style: Style) {
    let bold = style.bold();
    let _ = write!(text, "{bold}{}{bold:#}", printable(title));
    if let Some(weight) = weight {
        let level = match weight {
            Weight::Of(severity) => style.severity(severity),
            Weight::Off => style.dim(),
        };
        let _ = write!(text, " ({level}{}{level:#})", weight.word());
    }
    text.push('\n');
}

fn list(text: &mut String, entries: &[Entry], depth: usize) {
    for entry in entries {
        let outer = indent(depth);
        wrapped(text, &entry.text, &format!("{outer}- "), &format!("{outer}  "));
        for below in &entry.below {
            wrapped(text, below, &format!("{outer}  - "), &format!("{outer}    "));
        }
    }
}

fn wrapped(text: &mut String, line: &str, first: &str, next: &str) {
    let options = Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(next)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    for line in textwrap::wrap(&printable(line), options) {
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

fn indent(depth: usize) -> &'static str {
    if depth == 0 { "" } else { "  " }
}
