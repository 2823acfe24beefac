//! `query`: formats, tables, mistakes.

use layers_tests::{repository, tree};
use serde_json::{Value, json};

use super::{CLEAN, FAILED, layers, project};

const REEXPORTS: &str = "SELECT from_file, line, \"column\", kind, inferred, written, to_path, \
                         to_file, chain, test, cfg FROM dependencies \
                         WHERE kind = 'reexport' AND from_crate = 'shop_application'";

#[test]
fn json_is_an_array_of_objects() {
    let run = layers(project("shop-red").root(), &["query", REEXPORTS, "--format", "json"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let rows: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let expected = json!([{
        "from_file": "crates/application/src/lib.rs",
        "line": 5,
        "column": 9,
        "kind": "reexport",
        "inferred": 0,
        "written": "shop_persistence::OrderRepository",
        "to_path": "shop_persistence::OrderRepository",
        "to_file": "crates/persistence/src/lib.rs",
        "chain": "[]",
        "test": 0,
        "cfg": null,
    }]);
    assert_eq!(rows, expected);
}

#[test]
fn csv_and_tables_have_a_line_with_the_columns() {
    let red = project("shop-red");
    let sql = "SELECT name, kind FROM crates WHERE kind = 'bin'";
    let csv = layers(red.root(), &["query", sql, "--format", "csv"]);
    assert_eq!((csv.code, csv.stdout.as_str()), (CLEAN, "name,kind\nshop_bootstrap,bin\n"));
    let table = layers(red.root(), &["query", sql]);
    let expected = "name            kind\nshop_bootstrap  bin\n\n1 row\n";
    assert_eq!((table.code, table.stdout.as_str()), (CLEAN, expected));
}

#[test]
fn chains_are_json_that_can_be_asked() {
    let sql = "SELECT DISTINCT hop.value ->> 'file' AS file, hop.value ->> 'line' AS line \
               FROM dependencies, json_each(chain) AS hop \
               WHERE from_file = 'crates/http/src/handlers.rs' AND kind = 'use' \
               AND to_crate = 'shop_persistence'";
    let run = layers(project("shop-red").root(), &["query", sql, "--format", "csv"]);
    assert_eq!(run.stdout, "file,line\ncrates/application/src/lib.rs,5\n", "{run:?}");
}

#[test]
fn the_tables_fit_together() {
    let red = project("shop-red");
    for (sql, expected) in [
        (
            "SELECT count(*) FROM modules m LEFT JOIN crates c ON m.crate = c.path WHERE c.path IS NULL",
            "0",
        ),
        (
            "SELECT count(*) FROM items i LEFT JOIN modules m ON i.module = m.path WHERE m.path IS NULL",
            "0",
        ),
        (
            "SELECT count(*) FROM dependencies d LEFT JOIN modules m ON d.from_module = m.path WHERE m.path IS NULL",
            "0",
        ),
        (
            "SELECT count(*) FROM dependencies d LEFT JOIN items i ON d.from_item = i.path WHERE i.path IS NULL AND d.from_item IS NOT NULL",
            "0",
        ),
        (
            "SELECT count(*) FROM crates WHERE seen <> resolved + external + opaque + unresolved",
            "0",
        ),
        ("SELECT visibility FROM modules WHERE path = 'shop_domain::money'", "private"),
        ("SELECT kind FROM items WHERE path = 'shop_domain::money::Money'", "struct"),
        ("SELECT count(*) FROM packages", "5"),
    ] {
        let run = layers(red.root(), &["query", sql, "--format", "csv"]);
        assert_eq!(run.stdout.lines().nth(1), Some(expected), "{sql}: {run:?}");
    }
}

#[test]
fn a_mistake_is_shown_with_what_there_is() {
    let red = project("shop-red");
    for (sql, part) in [
        ("SELECT from_modul FROM dependencies", "did you mean `from_module`?"),
        ("SELECT * FROM dependancies", "did you mean `dependencies`?"),
        ("DELETE FROM items", "only questions are answered"),
        ("SELECT path AS a, name AS a FROM items", "two columns `a`"),
    ] {
        let run = layers(red.root(), &["query", sql, "--format", "json"]);
        assert_eq!((run.code, run.stdout.as_str()), (FAILED, ""), "{sql}");
        assert!(run.stderr.contains(part), "{sql}: {}", run.stderr);
    }
    let few = layers(red.root(), &["query", "SELECT * FROM items", "--max-rows", "1"]);
    assert_eq!((few.code, few.stdout.as_str()), (FAILED, ""));
    assert!(few.stderr.contains("more than 1 row"), "{}", few.stderr);
    assert_eq!(layers(red.root(), &["query"]).code, FAILED);
}

#[test]
fn the_documented_tables_are_the_real_ones() {
    let schema = layers(repository::root(), &["query", "--schema"]);
    assert_eq!(schema.code, CLEAN, "{schema:?}");
    let page = repository::root().join("docs/query.md");
    let text = tree::read(&page);
    let (before, rest) = text.split_once("```sql\n").expect("the page shows the tables");
    let (_, after) = rest.split_once("```").expect("the block ends");
    let fresh = format!("{before}```sql\n{}```{after}", schema.stdout);
    if std::env::var_os("UPDATE").is_some() {
        tree::write(&page, &fresh);
    }
    assert_eq!(tree::read(&page), fresh, "run the tests with UPDATE=1");
}
