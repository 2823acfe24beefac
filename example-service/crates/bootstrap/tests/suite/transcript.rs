//! What was asked and answered, for people to read: without secrets, and with names in the place
//! of ids, so that it is the same whenever and wherever it happens.

use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

/// Members whose value nobody may see.
const SECRET: [&str; 6] =
    ["access_token", "refresh_token", "password", "new_password", "current_password", "token"];
/// The most characters of a body.
const LONGEST: usize = 150;

/// What was asked and answered. Clones are the same one.
#[derive(Clone, Default)]
pub(crate) struct Transcript {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    text: String,
    ids: Vec<String>,
}

impl Transcript {
    /// Says what comes next.
    pub(crate) fn heading(&self, text: &str) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let separator = if inner.text.is_empty() { "" } else { "\n" };
        writeln!(inner.text, "{separator}{text}").expect("text can be written");
    }

    /// Notes a request and its answer.
    pub(crate) fn note(&self, who: &str, request: &str, body: &str, status: u16, answer: &str) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let request = inner.named(request);
        let (body, answer) = (inner.shown(body), inner.shown(answer));
        let separator = if body.is_empty() { "" } else { " " };
        writeln!(inner.text, "  {who:<9} {request}{separator}{body}").expect("text can be written");
        writeln!(inner.text, "{}", format!("            {status} {answer}").trim_end())
            .expect("text can be written");
    }

    pub(crate) fn text(&self) -> String {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).text.clone()
    }
}

impl Inner {
    fn shown(&mut self, body: &str) -> String {
        let Ok(mut value) = serde_json::from_str(body) else { return String::new() };
        mask(&mut value);
        let shown = problem(&value).unwrap_or_else(|| value.to_string());
        let shown = self.named(&shown);
        if shown.chars().count() <= LONGEST {
            return shown;
        }
        let start: String = shown.chars().take(LONGEST).collect();
        format!("{start}…")
    }

    /// The same text with `<1>`, `<2>` and so on for ids, in the order in which they come up.
    fn named(&mut self, text: &str) -> String {
        const LENGTH: usize = 36;
        let mut named = String::new();
        let mut rest = text;
        while let Some(start) = rest.char_indices().map(|(index, _)| index).find(|index| {
            rest.get(*index..index + LENGTH).is_some_and(|id| uuid::Uuid::try_parse(id).is_ok())
        }) {
            let id = &rest[start..start + LENGTH];
            let known = self.ids.iter().position(|known| known == id);
            let number = known.unwrap_or_else(|| {
                self.ids.push(id.to_owned());
                self.ids.len() - 1
            });
            write!(named, "{}<{}>", &rest[..start], number + 1).expect("text can be written");
            rest = &rest[start + LENGTH..];
        }
        named + rest
    }
}

/// A problem in few words.
fn problem(body: &Value) -> Option<String> {
    let kind = body["type"].as_str()?.strip_prefix("urn:marketplace:problem:")?;
    let errors = body["errors"].as_array();
    let wrong = errors.map(|errors| serde_json::json!(errors).to_string());
    Some(format!("{kind}: {}", wrong.as_deref().or_else(|| body["detail"].as_str())?))
}

/// Replaces what is secret, and times.
fn mask(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if SECRET.contains(&name.as_str()) {
                    *member = "***".into();
                } else if name.ends_with("_at") {
                    *member = "<time>".into();
                } else {
                    mask(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}
