//! The JSON schema of layers.toml: it is up to date, takes every policy that there is, and
//! refuses what the tool refuses.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use jsonschema::Validator;
use layers_rules::policy::raw::{RawPolicy, schema};
use layers_tests::{repository, tree};
use serde_json::{Value, json};

use super::cli::layers;

#[test]
fn the_document_is_what_the_tool_prints() {
    let run = layers(repository::root(), &["schema"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let path = repository::root().join("docs/layers.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        tree::write(&path, &run.stdout);
    }
    assert!(tree::read(&path) == run.stdout, "{path} is stale: renew it with UPDATE=1");
}

#[test]
fn every_policy_keeps_to_it() {
    let validator = validator();
    let policies = policies();
    assert!(policies.len() > 20, "only {} policies", policies.len());
    for (path, policy) in policies {
        let errors = validator.iter_errors(&policy);
        let errors: Vec<String> =
            errors.map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{path}: {errors:#?}");
    }
}

#[test]
fn it_refuses_what_the_tool_refuses() {
    let validator = validator();
    let replacements =
        [json!(1), json!(true), json!("text"), json!(["text"]), json!([1]), json!({})];
    let mut refused = 0;
    for (place, policy) in places() {
        for replacement in &replacements {
            let mut changed = policy.clone();
            *changed.pointer_mut(&place).expect("it was there") = replacement.clone();
            let is_read = toml::from_str::<RawPolicy>(&toml_text(&changed)).is_ok();
            if !is_read {
                refused += 1;
                assert!(!validator.is_valid(&changed), "{replacement} at {place} passes");
            }
        }
    }
    assert!(refused > 150, "only {refused}");
}

#[test]
fn it_refuses_keys_that_do_not_exist() {
    let validator = validator();
    let mut tables = 0;
    for (place, mut policy) in places() {
        let Some(table) = policy.pointer_mut(&place).and_then(Value::as_object_mut) else {
            continue;
        };
        tables += 1;
        table.insert("no-such-key".to_owned(), json!(1));
        assert!(!validator.is_valid(&policy), "a key that does not exist passes at {place}");
    }
    assert!(tables > 10, "only {tables}");
}

#[test]
fn it_refuses_words_and_keys_that_do_not_go_together() {
    let validator = validator();
    let rule = |rule: &str| {
        let policy: Value = toml::from_str(&format!("[rules]\nr = {rule}\n")).expect("it is TOML");
        validator.is_valid(&policy)
    };
    let forbid = r#"forbid = { from = "a", to = "b" }"#;
    assert!(rule(&format!("{{ {forbid} }}")));
    assert!(rule("{ because = \"we say so\" }"));
    for wrong in [
        r#""eror""#,
        r#"{ severity = "fatal" }"#,
        r#"{ forbid = { from = "a", to = "b", via = "anything" } }"#,
        r#"{ forbid = { from = "a", to = "b", kinds = [] } }"#,
        r#"{ items = { kind = "trait" } }"#,
        r#"{ must = { kind = "trait" } }"#,
        r#"{ items = { kind = "train" }, must = { name = "x" } }"#,
        r#"{ items = {}, must = { name = "x" } }"#,
        r#"{ except = [{ reason = "none" }] }"#,
        r#"{ except = [{ from = "a", reason = "none", until = "next week" }] }"#,
        &format!(r#"{{ {forbid}, only = {{ from = "a", to = "b" }} }}"#),
    ] {
        assert!(!rule(wrong), "{wrong} passes");
    }
}

fn validator() -> Validator {
    let schema = schema().to_value();
    jsonschema::meta::validate(&schema).expect("it is a schema");
    jsonschema::validator_for(&schema).expect("it is a schema")
}

/// Every policy of this repository: ours, packs, fixtures, the example, samples of documents.
fn policies() -> Vec<(Utf8PathBuf, Value)> {
    let root = repository::root();
    let is_policy = |path: &Utf8PathBuf| {
        path.file_name() == Some("layers.toml")
            || path.extension() == Some("toml")
                && (path.starts_with("rules/packs") || *path == "fixtures/rules/rules.toml")
    };
    let files = tree::files(root).into_iter().filter(is_policy);
    let files = files.map(|path| (path.clone(), tree::read(&root.join(path))));
    let texts = files.chain(repository::samples());
    texts.map(|(path, text)| (path, toml::from_str(&text).expect("it is TOML"))).collect()
}

/// One place of each kind, as a JSON pointer, with a policy that has it. Places are of one
/// kind when they differ in names and numbers alone.
fn places() -> Vec<(String, Value)> {
    let mut places = BTreeMap::new();
    for (_, policy) in policies() {
        let mut pointers = Vec::new();
        collect(&policy, String::new(), &mut pointers);
        for pointer in pointers {
            places.entry(kind(&pointer)).or_insert_with(|| (pointer, policy.clone()));
        }
    }
    places.into_values().collect()
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(table) => table.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (key, value) in children {
        collect(value, format!("{pointer}/{key}"), pointers);
    }
    pointers.push(pointer);
}

fn kind(pointer: &str) -> String {
    let mut words: Vec<&str> = pointer.split('/').collect();
    for index in 0..words.len() {
        let is_number = words[index].parse::<usize>().is_ok();
        let is_name = index == 2 && matches!(words[1], "layers" | "sets" | "rules");
        if is_number || is_name {
            words[index] = "*";
        }
    }
    words.join("/")
}

fn toml_text(policy: &Value) -> String {
    toml::to_string(policy).unwrap_or_else(|_| "not a table".to_owned())
}
