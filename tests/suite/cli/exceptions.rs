//! The ledger of all exceptions.

use layers_tests::tree::{self, Copy};
use serde_json::Value;

use super::{CLEAN, FAILED, layers, project};

/// A shop with exceptions of every kind.
fn shop() -> Copy {
    let red = project("shop-red");
    let root = red.root();
    let add = |file: &str, text: &str| {
        tree::write(&root.join(file), &(tree::read(&root.join(file)) + text));
    };
    add(
        "layers.toml",
        "\n[[rules.ports-in-application.except]]\nfrom = \"shop-persistence\"\nreason = \"is to\\nmove\"\nowner = \"@store\"\n\
         \n[[rules.domain-is-pure.except]]\nfrom = \"shop-domain\"\nto = \"std::fs\"\nreason = \"once was needed\"\n\
         \n[[rules.no-frameworks-in-core.except]]\nto = \"tokio\"\nreason = \"soon\"\nuntil = \"2020-01-31\"\n\
         \n[rules.infrastructure-ignores-presentation]\nseverity = \"off\"\n\
         \n[[rules.infrastructure-ignores-presentation.except]]\nto = \"shop-http\"\nreason = \"off\"\n",
    );
    let handlers = root.join("crates/http/src/handlers.rs");
    let import = "use shop_application::OrderRepository;";
    let allow = "// layers: allow(presentation-ignores-infrastructure): for now, owner @web";
    tree::write(&handlers, &tree::read(&handlers).replace(import, &format!("{allow}\n{import}")));
    let run = layers(root, &["baseline"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let baseline = root.join("layers-baseline.toml");
    let (before, _) = run.stdout.split_once(" recorded").expect("a first run");
    assert_eq!(before, "2 findings");
    let text = tree::read(&baseline).replacen("since = \"", "reason = \"old\", since = \"", 1);
    tree::write(&baseline, &text);
    red
}

#[test]
fn every_exception_is_one_line_with_what_there_is_to_know() {
    let shop = shop();
    let run = layers(shop.root(), &["exceptions"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let lines: Vec<Vec<&str>> = run
        .stdout
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    assert_eq!(lines[0][..4], ["rule", "kind", "findings", "covers"]);
    let row = |rule: &str| {
        lines.iter().find(|line| line.first() == Some(&rule)).cloned().unwrap_or_default()
    };
    let persistence = "ports-in-application|config|1|shop-persistence → anything|-|-|@store|is to move|layers.toml:";
    assert!(row("ports-in-application").join("|").starts_with(persistence), "{}", run.stdout);
    let web = "presentation-ignores-infrastructure|inline|1|-|-|-|@web|for now|crates/http/src/handlers.rs:4";
    assert_eq!(row("presentation-ignores-infrastructure").join("|"), web);
    assert_eq!(row("domain-is-pure")[2], "none");
    assert_eq!(row("no-frameworks-in-core")[2], "expired");
    assert_eq!(row("infrastructure-ignores-presentation")[2], "not judged");
    let recorded = row("application-uses-domain-only");
    assert_eq!(recorded[..3], ["application-uses-domain-only", "baseline", "1"]);
    assert_eq!(recorded[3], "shop_application → shop_persistence::OrderRepository");
    assert!(recorded[4].ends_with(" days)") || recorded[4].ends_with(" day)"), "{recorded:?}");
    assert_eq!(
        run.stdout.lines().last(),
        Some(
            "7 exceptions: 4 config, 1 inline, 2 baseline · 4 findings covered · 1 expired, 1 unused, 5 without owner"
        )
    );
}

#[test]
fn programs_read_the_same() {
    let shop = shop();
    let run = layers(shop.root(), &["exceptions", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(document["version"], 1);
    let entries = document["exceptions"].as_array().expect("a list");
    assert_eq!(entries.len(), 7);
    let inline = entries.iter().find(|entry| entry["kind"] == "inline").expect("one");
    assert_eq!((&inline["line"], &inline["column"]), (&Value::from(4), &Value::from(1)));
    assert_eq!((&inline["needed"], &inline["findings"]), (&Value::from(true), &Value::from(1)));
    let recorded = entries.iter().find(|entry| entry["reason"] == "old").expect("one");
    assert!(recorded["age_in_days"].as_i64().is_some_and(|age| (0..=1).contains(&age)));
    assert_eq!(recorded["covers"], "shop_application → shop_persistence::OrderRepository");
    let off = entries.iter().find(|entry| entry["reason"] == "off").expect("one");
    assert_eq!((&off["needed"], &off["findings"]), (&Value::Null, &Value::Null));
    assert_eq!(document["totals"]["without_owner"], 5);
    assert_eq!(run.stdout, layers(shop.root(), &["exceptions", "--format", "json"]).stdout);
}

#[test]
fn a_part_can_be_asked_for() {
    let shop = shop();
    let count = |options: &[&str]| {
        let run = layers(shop.root(), &[&["exceptions"], options].concat());
        let last = run.stdout.lines().last().unwrap_or_default().to_owned();
        last.split(' ').next().and_then(|figure| figure.parse::<usize>().ok())
    };
    assert_eq!(count(&["--expired"]), Some(1));
    assert_eq!(count(&["--unused"]), Some(1));
    assert_eq!(count(&["--unused", "--expired"]), Some(2));
    assert_eq!(count(&["--rule", "application-uses-domain-only"]), Some(2));
    assert_eq!(count(&["--rule", "application-uses-domain-only", "--unused"]), Some(0));
    let unknown = layers(shop.root(), &["exceptions", "--rule", "domain-is-pur"]);
    assert_eq!(unknown.code, FAILED);
    assert!(unknown.stderr.contains("domain-is-pure"), "{}", unknown.stderr);
}

#[test]
fn none_is_none() {
    let run = layers(project("shop-green").root(), &["exceptions"]);
    assert!(run.stdout.starts_with("0 exceptions: "), "{run:?}");
    assert_eq!(run.stdout.lines().count(), 1);
}
