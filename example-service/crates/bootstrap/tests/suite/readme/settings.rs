//! The table of settings.

use std::fmt::Write;
use std::ops::Range;

use bootstrap::config::{BUILT_IN, Key, keys};

const BEGIN: &str = "<!-- This table is written by a test of `bootstrap`. -->\n";
const END: &str = "<!-- Here it ends. -->\n";

/// Where the table stands.
pub(super) fn range(readme: &str) -> Range<usize> {
    let begin = readme.find(BEGIN).expect("the table begins") + BEGIN.len();
    begin..begin + readme[begin..].find(END).expect("the table ends")
}

/// The table as it should be.
pub(super) fn table() -> String {
    let mut table = "| variable | by default | what it says |\n|---|---|---|\n".to_owned();
    for key in keys() {
        let (variable, default) = (key.variable(), default(&key));
        writeln!(table, "| `{variable}` | {default} | {} |", key.meaning).expect("text grows");
    }
    table
}

/// What holds when nothing is set: in every profile, and in one of them.
fn default(key: &Key) -> String {
    let mut parts = Vec::new();
    for (file, text) in BUILT_IN {
        let settings: toml::Table = text.parse().expect("the files are TOML");
        let (section, name) = key.path.split_once('.').expect("it is in a section");
        let Some(value) = settings.get(section).and_then(|section| section.get(name)) else {
            continue;
        };
        let value = match value {
            _ if key.is_secret && name != "url" => "one that everybody knows".to_owned(),
            toml::Value::String(text) => format!("`{text}`"),
            toml::Value::Array(items) if items.is_empty() => "none".to_owned(),
            toml::Value::Integer(number) => format!("`{number}`"),
            toml::Value::Float(number) => format!("`{number:?}`"),
            toml::Value::Boolean(truth) => format!("`{truth}`"),
            other => panic!("{} is of another kind: {other:?}", key.path),
        };
        parts.push(if file == "default" { value } else { format!("in `{file}` {value}") });
    }
    match (parts.is_empty(), key.is_required, parts.iter().all(|part| part.starts_with("in "))) {
        (true, true, _) => "has to be set".to_owned(),
        (true, false, _) => "none".to_owned(),
        (false, true, true) => format!("has to be set; {}", parts.join(", ")),
        _ => parts.join(", "),
    }
}
