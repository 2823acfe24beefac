//! Which settings there are, read off the types.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::Config;
use super::sources::PREFIX;

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What it is called in files: `http.bind`.
    pub path: String,
    /// What it means.
    pub meaning: String,
    /// Whether there has to be a value.
    pub is_required: bool,
    /// Whether nobody may see the value.
    pub is_secret: bool,
}

impl Key {
    /// What it is called in the environment: `APP_HTTP__BIND`.
    #[must_use]
    pub fn variable(&self) -> String {
        variable(&self.path)
    }
}

/// What the setting of this path is called in the environment.
pub(super) fn variable(path: &str) -> String {
    format!("{PREFIX}{}", path.replace('.', "__").to_uppercase())
}

/// All settings, in the order of their names.
#[must_use]
pub fn keys() -> Vec<Key> {
    let settings = SchemaSettings::default().with(|settings| settings.inline_subschemas = true);
    let schema = settings.into_generator().into_root_schema_for::<Config>();
    let mut keys = Vec::new();
    if let Some(schema) = schema.as_object() {
        add(schema, "", &mut keys);
    }
    keys.sort_by(|one, other| one.path.cmp(&other.path));
    keys
}

fn add(schema: &Map<String, Value>, path: &str, keys: &mut Vec<Key>) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    let required = schema.get("required").and_then(Value::as_array);
    for (name, property) in properties {
        let Some(property) = property.as_object() else { continue };
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        if property.contains_key("properties") {
            add(property, &path, keys);
            continue;
        }
        let meaning = property.get("description").and_then(Value::as_str).unwrap_or_default();
        keys.push(Key {
            path,
            meaning: meaning.replace('\n', " "),
            is_required: required.is_some_and(|names| names.iter().any(|known| known == name)),
            is_secret: property.get("writeOnly") == Some(&Value::Bool(true)),
        });
    }
}
