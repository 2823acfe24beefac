//! Prose for people, as text for a terminal or as Markdown.

mod markdown;
mod text;

use layers_rules::finding::Severity;

use super::human::Style;

/// A text made of blocks. What stands in backquotes is code in either form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Block {
    /// A heading of level 1 or below, with what a rule weighs when it is one.
    Heading { level: usize, text: String, weight: Option<Weight> },
    /// Lines, each of which may be wrapped.
    Paragraph(String),
    /// Entries, each with some below it.
    List(Vec<Entry>),
    /// Source code, kept as it is.
    Code(String),
}

/// An entry of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What it says.
    pub text: String,
    /// What belongs to it.
    pub below: Vec<String>,
}

/// What a violation of a rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As much as a finding of this severity.
    Of(Severity),
    /// Nothing: the rule is off.
    Off,
}

impl Document {
    /// Adds a heading of this level, 1 being the highest.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.blocks.push(Block::Heading { level, text: text.to_owned(), weight: None });
    }

    /// Adds the heading of a rule.
    pub fn rule(&mut self, id: &str, weight: Weight) {
        let text = id.to_owned();
        self.blocks.push(Block::Heading { level: 1, text, weight: Some(weight) });
    }

    /// Adds a paragraph, whose lines stay lines.
    pub fn paragraph(&mut self, text: &str) {
        self.blocks.push(Block::Paragraph(text.trim().to_owned()));
    }

    /// Adds a list.
    pub fn list(&mut self, entries: Vec<Entry>) {
        self.blocks.push(Block::List(entries));
    }

    /// Adds source code in Rust.
    pub fn code(&mut self, source: &str) {
        self.blocks.push(Block::Code(source.trim_matches('\n').to_owned()));
    }

    /// The text for a terminal.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        text::render(&self.blocks, style)
    }

    /// The text as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::render(&self.blocks)
    }
}

impl Entry {
    /// An entry with nothing below it.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self { text, below: Vec::new() }
    }
}

impl Weight {
    /// Whether a violation fails the run.
    #[must_use]
    pub fn fails(self) -> bool {
        self == Self::Of(Severity::Error)
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Of(severity) => severity.to_string(),
            Self::Off => "off".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Document {
        let mut document = Document::default();
        document.rule("no-loops", Weight::Of(Severity::Warn));
        document.paragraph("`a` may not use `Vec<T>` & Vec<T>, whatever anybody says about what else there would be to do.");
        document.heading(2, "Why");
        document.paragraph("first line\nsecond line\n");
        document.list(vec![
            Entry { text: "one".to_owned(), below: vec!["under it".to_owned()] },
            Entry::new("two, which is so long that it has to go on in a second line of the text on a terminal".to_owned()),
        ]);
        document.code("\n//! ```\nfn a() {\n\n    b();\n}\n");
        document
    }

    #[test]
    fn text_is_indented_and_wrapped() {
        insta::assert_snapshot!(sample().text(Style::Plain));
    }

    #[test]
    fn markdown_keeps_its_lines_and_escapes_what_it_must() {
        insta::assert_snapshot!(sample().markdown());
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let mut document = Document::default();
        document.paragraph("a\u{1b}[31m b");
        document.code("c\u{7}d");
        let text = document.text(Style::Plain);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text:?}");
    }
}
