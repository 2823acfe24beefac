//! The description of the API.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::world::World;

async fn document() -> Value {
    World::new().get("", "/openapi.json").await.json()
}

#[tokio::test]
async fn the_description_is_as_reviewed() {
    insta::assert_json_snapshot!("openapi", document().await);
}

/// Every `$ref` within.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn references_lead_somewhere() {
    let document = document().await;
    assert_eq!(document["openapi"], "3.1.0");
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 20, "{found:?}");
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("it is in this document");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[tokio::test]
async fn every_error_is_described_as_a_problem() {
    let document = document().await;
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("there are paths") {
        for (method, operation) in item.as_object().expect("there are operations") {
            let name = operation["operationId"].as_str().expect("it has a name").to_owned();
            assert!(names.insert(name), "{method} {path}");
            let responses = operation["responses"].as_object().expect("it answers");
            for (status, response) in responses {
                if status.starts_with(['4', '5']) {
                    let schema = &response["content"]["application/problem+json"]["schema"];
                    assert_eq!(schema["$ref"], "#/components/schemas/Problem", "{method} {path}");
                }
            }
            let has = |status: &str| responses.contains_key(status);
            assert_eq!(
                operation.get("security").is_some(),
                has("401") && !is_login(path),
                "{path}"
            );
            assert!(
                !path.starts_with("/api") || (has("429") && has("500") && has("503")),
                "{path}"
            );
            assert!(operation.get("requestBody").is_none() || (has("413") && has("415")), "{path}");
        }
    }
}

/// Whether a 401 is about credentials in the body.
fn is_login(path: &str) -> bool {
    ["/account/login", "/account/refresh", "/token"].iter().any(|end| path.ends_with(end))
}
