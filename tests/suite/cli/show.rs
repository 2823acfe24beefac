//! `show`: names and coverage.

use layers_tests::{repository, tree};
use serde_json::{Value, json};

use super::{CLEAN, FAILED, VIOLATIONS, layers, project};

fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn names_of_one_module_as_json() {
    let red = project("shop-red");
    let arguments = ["show", "names", "shop-http::handlers", "--format", "json"];
    let run = layers(red.root(), &arguments);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let document = document(&run.stdout);
    assert_eq!(document["version"], 1);
    let modules = document["modules"].as_array().expect("modules are a list");
    assert_eq!(modules.len(), 1);
    assert_eq!(modules[0]["path"], "shop_http::handlers");
    assert_eq!(modules[0]["file"], "crates/http/src/handlers.rs");
    let names = modules[0]["names"].as_array().expect("names are a list");
    let orders = names.iter().find(|name| name["name"] == "OrderRepository");
    let expected = json!({
        "name": "OrderRepository",
        "namespace": "type",
        "to": "shop_persistence::OrderRepository",
        "made_in": null,
        "visibility": "private",
        "how": "import",
        "resolved": true,
        "external": false,
        "import": {
            "file": "crates/http/src/handlers.rs",
            "line": 4,
            "column": 5,
            "written": "shop_application::OrderRepository",
        },
        "chain": [{
            "file": "crates/application/src/lib.rs",
            "line": 5,
            "from": "shop_application::OrderRepository",
            "to": "shop_persistence::OrderRepository",
            "how": "reexport",
        }],
    });
    assert_eq!(orders, Some(&expected), "{names:#?}");
}

#[test]
fn names_of_all_modules_are_sorted_and_the_same_on_any_number_of_threads() {
    let red = project("shop-red");
    let arguments = ["layers", "show", "names", "--format", "json"];
    let on = |threads: &str| {
        let mut command = layers_tests::binary::command(red.root(), &arguments);
        layers_tests::binary::run(command.env("RAYON_NUM_THREADS", threads)).stdout
    };
    let text = on("1");
    assert_eq!(on("7"), text);
    let document = document(&text);
    let modules = document["modules"].as_array().expect("modules are a list");
    let paths: Vec<_> = modules.iter().map(|module| module["path"].as_str()).collect();
    assert!(paths.len() > 5 && paths.is_sorted(), "{paths:?}");
    for module in modules {
        let names = module["names"].as_array().expect("names are a list");
        assert!(names.is_sorted_by_key(|name| name["name"].as_str()), "{module}");
    }
}

#[test]
fn what_a_macro_makes_is_told_by_the_module_it_is_made_in() {
    let folder = repository::root().join("fixtures/resolver/made");
    let run = layers(&folder, &["show", "names", "shop::facade", "--format", "json"]);
    let name = &document(&run.stdout)["modules"][0]["names"][0];
    assert_eq!(name["name"], "FixedClock", "{run:?}");
    assert_eq!((&name["to"], &name["made_in"]), (&json!(null), &json!("shop::ports")));
    let run = layers(&folder, &["show", "names", "shop::facade"]);
    assert!(run.stdout.contains("made by a macro in shop::ports"), "{}", run.stdout);
}

#[test]
fn names_as_text_are_a_line_each() {
    let run = layers(project("shop-red").root(), &["show", "names", "shop_domain"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let mut lines = run.stdout.lines();
    assert_eq!(lines.next(), Some("shop_domain  (crates/domain/src/lib.rs)"));
    let money = lines.find(|line| line.trim_start().starts_with("Money "));
    let words: Vec<_> = money.unwrap_or_default().split_whitespace().collect();
    let place = "crates/domain/src/lib.rs:6";
    let expected = ["Money", "type,", "value", "pub", "import", "shop_domain::money::Money", place];
    assert_eq!(words, expected);
}

#[test]
fn a_module_that_does_not_exist_is_corrected() {
    let run = layers(project("shop-red").root(), &["show", "names", "shop_domain::mony"]);
    assert_eq!((run.code, run.stdout.as_str()), (FAILED, ""));
    assert!(run.stderr.contains("did you mean `shop_domain::money`?"), "{}", run.stderr);
    let far = layers(project("shop-red").root(), &["show", "names", "x"]);
    assert!(far.stderr.contains("without a path"), "{}", far.stderr);
}

#[test]
fn nothing_needs_a_policy() {
    let red = project("shop-red");
    std::fs::remove_file(red.root().join("layers.toml")).expect("it is there");
    for what in [["show", "names"], ["show", "coverage"], ["query", "SELECT 1"]] {
        assert_eq!(layers(red.root(), &what).code, CLEAN, "{what:?}");
    }
}

/// A shop with a path that leads nowhere, a macro that can't be seen through, a path
/// behind it, and a module without a file.
fn gaps() -> tree::Copy {
    let red = project("shop-red");
    let path = red.root().join("crates/domain/src/money.rs");
    let gaps = "\nuse crate::nowhere::Thing;\nmod gone;\n\
                mod made {\n    std::generate! { thing }\n}\nuse made::Made;\n";
    tree::write(&path, &(tree::read(&path) + gaps));
    red
}

#[test]
fn coverage_shows_every_gap_with_its_place() {
    let red = gaps();
    let money = "crates/domain/src/money.rs";
    let text = tree::read(&red.root().join(money));
    let line = |part: &str| 1 + text.lines().position(|line| line.contains(part)).unwrap_or(0);
    let run = layers(red.root(), &["show", "coverage", "--format", "json"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let document = document(&run.stdout);
    let crates = document["crates"].as_array().expect("crates are a list");
    let domain = crates.iter().find(|krate| krate["crate"] == "shop_domain");
    let domain = domain.expect("the crate is there");
    let sum: u64 = ["resolved", "external", "opaque", "unresolved"]
        .iter()
        .filter_map(|part| domain[part].as_u64())
        .sum();
    assert_eq!(domain["seen"].as_u64(), Some(sum), "{domain}");
    for (figure, list, part) in [
        ("unresolved", "unresolved_paths", "nowhere"),
        ("opaque", "opaque_paths", "made::Made"),
        ("unseen_macros", "unseen_macros", "generate!"),
        ("problems", "problems", "mod gone"),
    ] {
        assert_eq!(domain[figure], 1, "{figure}: {document}");
        let gaps = document[list].as_array().expect("gaps are a list");
        assert_eq!(gaps.len(), 1, "{list}: {document}");
        let place = (gaps[0]["file"].as_str(), gaps[0]["line"].as_u64());
        assert_eq!(place, (Some(money), Some(line(part) as u64)), "{list}: {document}");
    }

    let shown = layers(red.root(), &["show", "coverage"]).stdout;
    for part in ["crate::nowhere::Thing", "made::Made", "std::generate", "no file for this module"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let all = shown.lines().find(|line| line.starts_with("all "));
    assert!(all.is_some_and(|line| line.ends_with('1')), "{shown}");
}

#[test]
fn an_unresolved_path_can_be_denied() {
    let green = project("shop-green");
    assert_eq!(layers(green.root(), &["check", "--deny-unresolved"]).code, CLEAN);
    let path = green.root().join("crates/domain/src/money.rs");
    tree::write(&path, &(tree::read(&path) + "\nuse crate::nowhere::Thing;\n"));
    let allowed = layers(green.root(), &["check", "--format", "short"]);
    assert_eq!((allowed.code, allowed.stdout.as_str()), (CLEAN, ""), "{allowed:?}");
    let denied = layers(green.root(), &["check", "--format", "json", "--deny-unresolved"]);
    assert_eq!(denied.code, VIOLATIONS, "{denied:?}");
    let document = document(&denied.stdout);
    let findings = document["findings"].as_array().expect("findings are a list");
    assert_eq!(findings.len(), 1, "{document}");
    assert_eq!(findings[0]["rule"], "unresolved-path");
    assert_eq!(findings[0]["severity"], "error");
    assert_eq!(findings[0]["primary"]["file"], "crates/domain/src/money.rs");
    assert_eq!(findings[0]["fingerprint"].as_str().map(str::len), Some(16), "{document}");

    let elsewhere = ["check", "--format", "short", "--deny-unresolved", "-p", "shop-http"];
    assert_eq!(layers(green.root(), &elsewhere).code, CLEAN);
}
