//! The JSON schema of a policy file, made of the very types that read one.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{LongExtends, LongLayer, RawExtends, RawLayer, RawPatterns, RawPolicy, VERBS};
use crate::packs::PACKS;
use crate::verbs::{KIND_WORDS, Metric, RECEIVER_WORDS, VisibilityWord};

/// The JSON schema of a policy file, for editors that complete and check TOML. Draft 7 is
/// the newest that all of those understand.
///
/// It refuses every file whose shape is wrong; what only the workspace can tell (a layer
/// that is not defined, a pattern that matches nothing) is left to `check`.
#[must_use]
pub fn schema() -> Schema {
    let settings = SchemaSettings::draft07().with_transform(RecursiveTransform(without_null));
    let mut schema = settings.into_generator().into_root_schema_for::<RawPolicy>();
    schema.insert("title".to_owned(), json!("layers.toml"));
    schema
}

/// TOML has no null: a key that may be missing is just not there.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(forms)) = schema.get_mut("anyOf") {
        forms.retain(|form| form.get("type").is_none_or(|name| name != "null"));
        if forms.len() == 1
            && let Some(forms) = schema.remove("anyOf")
        {
            schema.insert("allOf".to_owned(), forms);
        }
    }
}

/// A text or a list of texts, each of which is as `one` says.
fn one_or_more(one: &Value) -> Schema {
    json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
}

impl JsonSchema for RawPatterns {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Patterns".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "array"], "items": { "type": "string" } })
    }
}

impl JsonSchema for RawLayer {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Layer".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let members = generator.subschema_for::<RawPatterns>();
        let table = generator.subschema_for::<LongLayer>();
        json_schema!({
            "description": "What belongs to the layer: a path pattern or a list of them; or a table that says more of it.",
            "anyOf": [members, table],
        })
    }
}

impl JsonSchema for RawExtends {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Extends".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let pack = pack(generator);
        let table = generator.subschema_for::<LongExtends>();
        json_schema!({
            "description": "The name of a pack or the path of a file; or a table that maps its layers to yours.",
            "anyOf": [pack, table],
        })
    }
}

/// What `extends` takes: a built-in pack, the path of a file, or a crate.
pub(super) fn pack(_: &mut SchemaGenerator) -> Schema {
    let packs: Vec<&str> = PACKS.iter().map(|pack| pack.name).collect();
    json_schema!({
        "anyOf": [
            { "description": "A pack that comes with the tool.", "enum": packs },
            {
                "description": "Path of a file, relative to the folder of this one.",
                "type": "string",
                "pattern": r"[/\\]|\.[Tt][Oo][Mm][Ll]$",
            },
            {
                "description": "`crate:NAME`: the pack that a crate ships, on which the workspace depends.",
                "type": "string",
                "pattern": "^crate:.",
            },
        ]
    })
}

/// A severity, or off.
pub(super) fn level(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "oneOf": [
            { "const": "error", "description": "A violation fails the run." },
            { "const": "warn", "description": "A violation is shown, and does not fail the run." },
            { "const": "note", "description": "A violation is mentioned." },
            { "const": "off", "description": "The rule is not judged." },
        ]
    })
}

/// Words for kinds of items.
pub(super) fn kinds(_: &mut SchemaGenerator) -> Schema {
    let words: Vec<&str> = KIND_WORDS.iter().map(|(word, _)| *word).collect();
    one_or_more(&json!({ "type": "string", "enum": words }))
}

/// Words for visibilities.
pub(super) fn visibilities(_: &mut SchemaGenerator) -> Schema {
    let words: Vec<&str> = VisibilityWord::WORDS.iter().map(|(word, _)| *word).collect();
    one_or_more(&json!({ "type": "string", "enum": words }))
}

/// Words for ways to take `self`.
pub(super) fn receivers(_: &mut SchemaGenerator) -> Schema {
    let words: Vec<&str> = RECEIVER_WORDS.iter().map(|(word, _)| *word).collect();
    one_or_more(&json!({ "type": "string", "enum": words }))
}

/// A rule holds one verb; without any it says more of a rule that comes from elsewhere.
pub(super) fn one_verb(schema: &mut Schema) {
    let required = |key: &str| json!({ "required": [key] });
    let mut forms: Vec<Value> = VERBS.into_iter().map(required).collect();
    forms.push(json!({ "not": { "anyOf": forms } }));
    schema.insert("oneOf".to_owned(), forms.into());
    let demands = json!({ "anyOf": [required("must"), required("must-not")] });
    let mut needs = Map::new();
    needs.insert("items".to_owned(), demands);
    needs.insert("must".to_owned(), json!(["items"]));
    needs.insert("must-not".to_owned(), json!(["items"]));
    schema.insert("dependencies".to_owned(), needs.into());
}

/// The crates that a rule about manifests speaks of.
pub(super) fn allow_or_deny(schema: &mut Schema) {
    schema.insert("anyOf".to_owned(), json!([{ "required": ["allow"] }, { "required": ["deny"] }]));
    let by_source = json!({ "properties": { "by": { "const": "source" } }, "required": ["by"] });
    schema.insert("if".to_owned(), by_source);
    let of_manifests = ["deny", "dependency-kinds", "features", "targets"];
    let mut keys: Map<String, Value> =
        of_manifests.into_iter().map(|key| (key.to_owned(), json!(false))).collect();
    keys.insert("via".to_owned(), json!({ "const": "direct" }));
    schema.insert("then".to_owned(), json!({ "required": ["allow"], "properties": keys }));
}

/// A limit has an upper or a lower end.
pub(super) fn max_or_min(schema: &mut Schema) {
    schema.insert("anyOf".to_owned(), json!([{ "required": ["max"] }, { "required": ["min"] }]));
}

/// Words for metrics.
pub(super) fn metrics(_: &mut SchemaGenerator) -> Schema {
    let words: Vec<&str> = Metric::WORDS.iter().map(|(word, _)| *word).collect();
    json_schema!({ "type": "string", "enum": words })
}

/// An exception covers something less than everything.
pub(super) fn from_or_to(schema: &mut Schema) {
    schema.insert("anyOf".to_owned(), json!([{ "required": ["from"] }, { "required": ["to"] }]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::raw::Level;

    #[test]
    fn every_level_is_there() {
        let level = level(&mut SchemaGenerator::default());
        let words: Vec<&str> = level
            .get("oneOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|form| form.get("const")?.as_str())
            .collect();
        assert_eq!(words, Level::WORDS);
    }

    #[test]
    fn every_key_is_described() {
        let schema = schema().to_value();
        let definitions = schema["definitions"].as_object().expect("an object").values();
        let mut keys = 0;
        for table in definitions.chain([&schema]) {
            let properties = table.get("properties").and_then(Value::as_object);
            for (key, value) in properties.into_iter().flatten() {
                keys += 1;
                assert!(value.get("description").is_some(), "{key}: {value}");
            }
        }
        assert!(keys > 40, "only {keys} keys");
    }
}
