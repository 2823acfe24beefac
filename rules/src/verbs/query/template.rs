//! Messages with places for the values of a row.

use std::str::FromStr;

use thiserror::Error;

/// A message in which `{column}` stands for a value; `{{` and `}}` are braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageTemplate {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Column(String),
}

impl MessageTemplate {
    /// The columns it speaks of, in order.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Column(name) => Some(name.as_str()),
        })
    }

    /// The message with the values of one row.
    pub fn fill<'v>(&self, value: impl Fn(&str) -> &'v str) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Text(text) => text.as_str(),
            Part::Column(name) => value(name),
        });
        parts.collect()
    }
}

/// Why a text is no template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// `{` that no `}` follows.
    #[error("a `{{` is not closed")]
    NotClosed,
    /// `}` without a `{` before it.
    #[error("a `}}` closes nothing")]
    NotOpened,
    /// `{}`
    #[error("`{{}}` names no column")]
    Nameless,
}

impl FromStr for MessageTemplate {
    type Err = TemplateError;

    fn from_str(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            plain.push_str(before);
            if let Some(after) = brace.strip_prefix("{{").or_else(|| brace.strip_prefix("}}")) {
                plain.push_str(&brace[..1]);
                rest = after;
                continue;
            }
            let inside = brace.strip_prefix('{').ok_or(TemplateError::NotOpened)?;
            let (name, after) = inside.split_once('}').ok_or(TemplateError::NotClosed)?;
            let name = name.trim();
            if name.is_empty() {
                return Err(TemplateError::Nameless);
            }
            if name.contains('{') {
                return Err(TemplateError::NotClosed);
            }
            parts.push(Part::Text(std::mem::take(&mut plain)));
            parts.push(Part::Column(name.to_owned()));
            rest = after;
        }
        plain.push_str(rest);
        parts.push(Part::Text(plain));
        Ok(Self { parts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> Result<String, TemplateError> {
        let template: MessageTemplate = text.parse()?;
        Ok(template.fill(|name| if name == "name" { "Order" } else { "3" }))
    }

    #[test]
    fn columns_are_replaced_and_braces_can_be_written() {
        let message = filled("`{name}` has { count } {{fields}}");
        assert_eq!(message.as_deref(), Ok("`Order` has 3 {fields}"));
        let template: MessageTemplate = "{b} {a}{b}".parse().expect("a template");
        assert_eq!(template.columns().collect::<Vec<_>>(), ["b", "a", "b"]);
    }

    #[test]
    fn stray_braces_are_errors() {
        assert_eq!(filled("{name"), Err(TemplateError::NotClosed));
        assert_eq!(filled("{a {b}"), Err(TemplateError::NotClosed));
        assert_eq!(filled("name}"), Err(TemplateError::NotOpened));
        assert_eq!(filled("{ }"), Err(TemplateError::Nameless));
    }
}
