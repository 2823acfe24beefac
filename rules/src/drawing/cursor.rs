//! Reading one line from left to right.

use std::ops::Range;

/// A place in a line.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, line: Range<usize>) -> Self {
        Self { text, at: line.start, end: line.end }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What is left of the line.
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..self.end]
    }

    /// From a place further left to here.
    pub(super) fn since(&self, start: usize) -> Range<usize> {
        start..self.at
    }

    /// A stretch of the text.
    pub(super) fn passed(&self, range: Range<usize>) -> &'t str {
        &self.text[range]
    }

    /// From here to the end of the line.
    pub(super) fn remaining(&self) -> Range<usize> {
        self.at..self.end
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest().trim().is_empty()
    }

    pub(super) fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes past `text`, if it stands here.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let is_here = self.rest().starts_with(text);
        if is_here {
            self.at += text.len();
        }
        is_here
    }

    /// Goes past everything that is meant, and gives it.
    pub(super) fn take_while(&mut self, is_meant: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.find(|c| !is_meant(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Goes past `end` and gives what stands before it; `None` where it does not stand.
    pub(super) fn take_until(&mut self, end: &str) -> Option<&'t str> {
        let rest = self.rest();
        let length = rest.find(end)?;
        self.at += length + end.len();
        Some(&rest[..length])
    }

    /// A text in quotes.
    pub(super) fn quoted(&mut self) -> Option<&'t str> {
        let mut ahead = *self;
        let text = ahead.take("\"").then(|| ahead.take_until("\"")).flatten()?;
        *self = ahead;
        Some(text)
    }
}

/// A label as one line, without marks of emphasis.
pub(super) fn plain(label: &str) -> String {
    let mut text = label.replace("\\n", " ");
    for line_break in ["<br/>", "<br />", "<br>"] {
        text = text.replace(line_break, " ");
    }
    let text = text.trim().trim_matches(['"', '`']).replace("**", "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
