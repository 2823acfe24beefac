//! The text of a comment that is an exception:
//! `layers: allow(RULE[, RULE]): reason[, until YYYY-MM-DD][, owner NAME]`.
//!
//! A comment that is meant as one and is not well-formed is told apart from prose that
//! happens to begin with the same word: the latter has no brackets behind its first word,
//! and that word is not close to `allow`.

use jiff::civil::Date;

use crate::facts::Span;
use crate::suggest;

/// What every such comment holds.
pub const MARKER: &str = "layers:";

/// The form to write.
const FORM: &str = "write `layers: allow(RULE): reason`, and if need be `, until 2027-03-01` and `, owner @name` behind it";

const ALLOW: &str = "allow";

/// A well-formed comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Ids of the rules it is an exception of, each with its place in the file.
    pub rules: Vec<(String, Span)>,
    /// Why.
    pub reason: String,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Who answers for it.
    pub owner: Option<String>,
}

/// What is wrong with a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// What.
    pub message: String,
    /// Where in the file.
    pub span: Span,
    /// What to say there.
    pub label: String,
    /// The way out.
    pub help: String,
}

/// Reads the text of a comment without its marks (`//`, `#`), which begins at the byte
/// `offset` of its file. `None` when it is not meant as an exception.
#[must_use]
pub fn read(text: &str, offset: u32) -> Option<Result<Directive, Malformed>> {
    let rest = text.trim_start().strip_prefix(MARKER)?.trim_start();
    let reader = Reader { text, offset };
    let word_end = rest.find(|c: char| !c.is_alphanumeric() && !"-_".contains(c));
    let (word, behind) = rest.split_at(word_end.unwrap_or(rest.len()));
    let arguments = behind.trim_start().strip_prefix('(');
    if word != ALLOW {
        let is_meant = suggest::closest(&word.to_lowercase(), [ALLOW]).is_some();
        return (is_meant || (arguments.is_some() && !word.is_empty())).then(|| {
            let help = if is_meant { "did you mean `allow`?" } else { FORM };
            let message = format!("`{word}` is not known here");
            Err(reader.malformed(message, word, "unknown", help))
        });
    }
    Some(match arguments {
        Some(arguments) => reader.allow(arguments),
        None => Err(reader.malformed(
            "an exception names the rules it is one of".to_owned(),
            word,
            "without rules",
            FORM,
        )),
    })
}

struct Reader<'a> {
    text: &'a str,
    offset: u32,
}

impl Reader<'_> {
    /// Reads what stands behind `allow(`.
    fn allow(&self, arguments: &str) -> Result<Directive, Malformed> {
        let Some((list, rest)) = arguments.split_once(')') else {
            let message = "the list of rules is not closed".to_owned();
            return Err(self.malformed(message, arguments, "there is no `)`", FORM));
        };
        let mut rules: Vec<(String, Span)> = Vec::new();
        for id in list.split(',').map(str::trim) {
            if id.is_empty() {
                let message = "an exception names the rules it is one of".to_owned();
                return Err(self.malformed(message, list, "a rule is missing", FORM));
            }
            if rules.iter().all(|(known, _)| known != id) {
                rules.push((id.to_owned(), self.span(id)));
            }
        }
        let Some(rest) = rest.trim_start().strip_prefix(':') else {
            return Err(self.without_reason(list));
        };
        let (mut rest, mut until, mut owner) = (rest.trim(), None, None);
        loop {
            let tail = rest.rsplit(',').next().unwrap_or_default().trim();
            if let Some(date) = after(tail, "until") {
                if until.replace(self.date(date, tail)?).is_some() {
                    return Err(self.twice(tail, "until"));
                }
            } else if let Some(name) = after(tail, "owner").filter(|name| is_owner(name)) {
                if owner.replace(name.to_owned()).is_some() {
                    return Err(self.twice(tail, "owner"));
                }
            } else {
                break;
            }
            rest = rest[..rest.len() - tail.len()].trim_end().trim_end_matches(',').trim_end();
        }
        if !rest.contains(char::is_alphanumeric) {
            return Err(self.without_reason(list));
        }
        let reason = rest.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Directive { rules, reason, until, owner })
    }

    fn date(&self, date: &str, tail: &str) -> Result<Date, Malformed> {
        date.parse().map_err(|_| {
            let help =
                "write the date as in `until 2027-03-01`, or put it where it is not the last part";
            self.malformed(format!("`{date}` is not a date"), tail, "not a date", help)
        })
    }

    fn without_reason(&self, list: &str) -> Malformed {
        let message = "an exception needs a reason".to_owned();
        self.malformed(message, list, "why?", FORM)
    }

    fn twice(&self, tail: &str, word: &str) -> Malformed {
        let message = format!("an exception has one `{word}`");
        self.malformed(message, tail, "the second", &format!("keep one `{word}`"))
    }

    fn malformed(&self, message: String, part: &str, label: &str, help: &str) -> Malformed {
        Malformed { message, span: self.span(part), label: label.to_owned(), help: help.to_owned() }
    }

    /// Where a part of the text stands in the file.
    fn span(&self, part: &str) -> Span {
        let start = part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        let at = |byte: usize| self.offset.saturating_add(u32::try_from(byte).unwrap_or(u32::MAX));
        Span { start: at(start), end: at(start + part.trim_end().len().max(1)) }
    }
}

/// What stands behind `word` at the beginning of `part`, without a full stop at its end.
fn after<'a>(part: &'a str, word: &str) -> Option<&'a str> {
    let rest = part.strip_prefix(word)?;
    let is_word = rest.is_empty() || rest.starts_with([' ', '\t', ':', '=']);
    is_word.then(|| rest.trim_start_matches([' ', '\t', ':', '=']).trim_end_matches('.').trim_end())
}

/// Whether this names someone, and is not how a sentence goes on.
fn is_owner(name: &str) -> bool {
    name.starts_with('@') || (!name.is_empty() && !name.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests;
