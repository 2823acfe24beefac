//! What a source text expects of rules, written in its comments.
//!
//! `//~ RULE` expects a finding of that rule on its line, `//~^ RULE` on the line above
//! and `//~^^ RULE` two lines above; `#~` does the same in TOML. Several ids are
//! separated by commas, and an id is repeated as often as the rule finds something on
//! that line.

use thiserror::Error;

/// One finding that is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark<'text> {
    /// The line that it is expected on; the first is 1.
    pub line: usize,
    /// The rule.
    pub rule: &'text str,
}

/// A comment that begins like a mark and is none.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum MarkError {
    /// Behind the sign stands something else than ids of rules.
    #[error("a mark is `//~ RULE` or `//~^ RULE, RULE`, not `{text}`")]
    Malformed {
        /// The line it stands on; the first is 1.
        line: usize,
        /// That line.
        text: String,
    },
    /// It has more `^` than there are lines above it.
    #[error("this mark points above the file")]
    AboveFile {
        /// The line it stands on; the first is 1.
        line: usize,
    },
}

impl MarkError {
    /// The line it stands on; the first is 1.
    #[must_use]
    pub fn line(&self) -> usize {
        match self {
            Self::Malformed { line, .. } | Self::AboveFile { line } => *line,
        }
    }
}

/// The marks of a text, in order.
///
/// # Errors
///
/// When a mark is malformed.
pub fn marks(text: &str) -> Result<Vec<Mark<'_>>, MarkError> {
    let mut marks = Vec::new();
    for (index, content) in text.lines().enumerate() {
        let Some((_, written)) = split(content) else { continue };
        let ids = written.trim_start_matches('^');
        let above = written.len() - ids.len();
        let line = index + 1;
        let marked = line
            .checked_sub(above)
            .filter(|marked| *marked > 0)
            .ok_or(MarkError::AboveFile { line })?;
        for rule in ids.split(',').map(str::trim) {
            if !is_id(rule) {
                let text = content.trim().to_owned();
                return Err(MarkError::Malformed { line, text });
            }
            marks.push(Mark { line: marked, rule });
        }
    }
    Ok(marks)
}

/// A line without the mark at its end.
#[must_use]
pub fn without_mark(line: &str) -> &str {
    split(line).map_or(line, |(before, _)| before).trim_end()
}

/// What stands before the sign of a mark, and what behind it.
fn split(line: &str) -> Option<(&str, &str)> {
    line.split_once("//~").or_else(|| line.split_once("#~"))
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_point_at_lines() {
        let text = "use a::B; //~ one, one\n\n//~^^ two\n// ~ none\nx = 1 #~ three\n";
        let found = marks(text).expect("well-formed marks");
        let of = |line, rule| Mark { line, rule };
        assert_eq!(found, [of(1, "one"), of(1, "one"), of(1, "two"), of(5, "three")]);
    }

    #[test]
    fn a_malformed_mark_is_refused() {
        let error = marks("\nuse a::B; //~ two words").expect_err("two words");
        assert_eq!(error.line(), 2);
        assert!(error.to_string().ends_with("not `use a::B; //~ two words`"), "{error}");
        assert!(marks("//~").is_err());
        assert_eq!(marks("a\n//~^^ one"), Err(MarkError::AboveFile { line: 2 }));
    }

    #[test]
    fn a_mark_can_be_taken_away() {
        assert_eq!(without_mark("use a::B; //~^ one, two"), "use a::B;");
        assert_eq!(without_mark("    //~^ one"), "");
        assert_eq!(without_mark("use a::B; // why"), "use a::B; // why");
    }
}
