//! Where the lines of an example stand in the file that holds it.

use std::collections::BTreeMap;

use layers_rules::policy::Snippet;

use crate::config::ConfigFile;

/// The texts of the files that hold examples.
pub(super) struct Places(BTreeMap<String, String>);

impl Places {
    pub(super) fn new(files: Vec<ConfigFile>) -> Self {
        Self(files.into_iter().map(|file| (file.path, file.text)).collect())
    }

    /// The line of the file that a line of an example is, both counted from 1. Where the
    /// example is written on one line, all of its lines are that one.
    pub(super) fn line(&self, snippet: &Snippet, line: usize) -> usize {
        let Some(text) = self.0.get(&snippet.location.file) else { return 1 };
        let range = snippet.location.span.range();
        let before = text.get(..range.start).unwrap_or_default();
        let first = before.matches('\n').count() + 1;
        let written = text.get(range).unwrap_or_default();
        let quoted = ["'''", "\"\"\""].iter().find_map(|quotes| written.strip_prefix(quotes));
        match quoted {
            // TOML does not count the break right behind the quotes.
            Some(quoted) => {
                let skipped = quoted.starts_with('\n') || quoted.starts_with("\r\n");
                first + usize::from(skipped) + line - 1
            }
            None => first,
        }
    }

    /// `file:line` of the example itself.
    pub(super) fn of(&self, snippet: &Snippet) -> String {
        format!("{}:{}", snippet.location.file, self.line(snippet, 1))
    }
}

#[cfg(test)]
mod tests {
    use layers_rules::policy::raw::{RawEntry, RawPolicy};

    use super::*;

    /// The lines that the first and the second line of the bad example stand on.
    fn lines(example: &str) -> (usize, usize) {
        let text = format!("[rules.a]\nexamples = [{{ bad = {example} }}]\n");
        let policy: RawPolicy = toml::from_str(&text).expect("a policy");
        let RawEntry::Rule(rule) = &policy.rules[0] else { panic!("a rule") };
        let bad = rule.examples[0].get_ref().bad.as_ref().expect("an example");
        let offset = |at: usize| u32::try_from(at).expect("a short text");
        let span = layers_rules::facts::Span {
            start: offset(bad.span().start),
            end: offset(bad.span().end),
        };
        let file = "layers.toml".to_owned();
        let location = layers_rules::finding::Location { file: file.clone(), span };
        let snippet = Snippet { text: bad.get_ref().clone(), location };
        let places = Places::new(vec![ConfigFile { path: file, text }]);
        (places.line(&snippet, 1), places.line(&snippet, 2))
    }

    #[test]
    fn lines_of_examples_are_lines_of_files() {
        assert_eq!(lines("'''\nuse a;\nuse b;\n'''"), (3, 4));
        assert_eq!(lines("'''use a;\nuse b;\n'''"), (2, 3));
        assert_eq!(lines("\"\"\"\r\nuse a;\r\nuse b;\"\"\""), (3, 4));
        assert_eq!(lines(r#""use a;\nuse b;""#), (2, 2));
    }
}
