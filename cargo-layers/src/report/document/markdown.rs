//! A document as Markdown.

use std::fmt::Write;

use super::{Block, Entry};

pub(super) fn render(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        match block {
            Block::Heading { level, text: title, weight } => {
                let _ = write!(text, "{} {}", "#".repeat(*level), escaped(title));
                if let Some(weight) = weight {
                    let _ = write!(text, " ({})", weight.word());
                }
                text.push('\n');
            }
            Block::Paragraph(lines) => {
                let _ = writeln!(text, "{}", escaped(lines));
            }
            Block::List(entries) => list(&mut text, entries),
            Block::Code(source) => {
                let fence = fence(source);
                let _ = writeln!(text, "{fence}rust\n{source}\n{fence}");
            }
        }
    }
    text
}

fn list(text: &mut String, entries: &[Entry]) {
    for entry in entries {
        let _ = writeln!(text, "- {}", escaped(&entry.text));
        for below in &entry.below {
            let _ = writeln!(text, "  - {}", escaped(below));
        }
    }
}

/// Longer than any row of backquotes in `source`.
fn fence(source: &str) -> String {
    let longest = source.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    "`".repeat((longest + 1).max(3))
}

/// A text in which nothing is taken for HTML; what stands in backquotes never is.
fn escaped(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| {
        if index % 2 == 0 { part.replace('<', "&lt;") } else { part.to_owned() }
    });
    parts.collect::<Vec<_>>().join("`")
}
