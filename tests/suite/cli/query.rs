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
        (
            "SELECT count(*) FROM fields f LEFT JOIN items i ON f.item = i.path WHERE i.path IS NULL",
            "0",
        ),
        (
            "SELECT count(*) FROM parameters p LEFT JOIN items i ON p.item = i.path WHERE i.path IS NULL",
            "0",
        ),
        (
            "SELECT count(*) FROM impls b LEFT JOIN items i ON b.item = i.path WHERE i.path IS NULL",
            "0",
        ),
        (
            "SELECT count(*) FROM layers l LEFT JOIN (SELECT path FROM modules UNION SELECT path FROM items) t ON l.path = t.path WHERE t.path IS NULL",
            "0",
        ),
        (
            "SELECT count(*) FROM externals e LEFT JOIN packages p ON e.package = p.name WHERE p.name IS NULL",
            "0",
        ),
        ("SELECT layer FROM layers WHERE path = 'shop_domain::money'", "domain"),
        ("SELECT count(DISTINCT layer) FROM layers", "5"),
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

/// A package with all that items are made of.
fn parts() -> tree::Copy {
    let package = tree::Copy::empty();
    let manifest = "[package]\nname = \"shop\"\nedition = \"2024\"\n\
                    [dependencies]\nsql = { package = \"sqlx-core\", version = \"1\", optional = true }\n\
                    [target.'cfg(unix)'.dev-dependencies]\nlibc = \"1\"\n";
    tree::write(&package.root().join("Cargo.toml"), manifest);
    let source = "pub struct Order(pub u32, Vec<Line>);\n\
                  pub struct Line {\n    /// What it costs.\n    pub(crate) price: u64,\n}\n\
                  pub trait Price { fn price(&self, of: &Line, (a, b): (u8, sql::Pool)) -> u64; }\n\
                  impl Price for Order { fn price(&self, of: &Line, _: (u8, sql::Pool)) -> u64 { of.price } }\n\
                  impl std::fmt::Debug for Line {}\nimpl Line {}\n";
    tree::write(&package.root().join("src/lib.rs"), source);
    package
}

#[test]
fn what_items_are_made_of_can_be_asked() {
    let shop = parts();
    let csv = |sql: &str| layers(shop.root(), &["query", sql, "--format", "csv"]).stdout;
    assert_eq!(
        csv(
            "SELECT item, position, name, visibility, line, \"column\", documented, mentions FROM fields"
        ),
        "item,position,name,visibility,line,column,documented,mentions\n\
         shop::Order,1,0,pub,1,12,0,\"[\"\"u32\"\"]\"\n\
         shop::Order,2,1,private,1,27,0,\"[\"\"std::vec::Vec\"\",\"\"shop::Line\"\"]\"\n\
         shop::Line,1,price,crate,4,16,1,\"[\"\"u64\"\"]\"\n"
    );
    assert_eq!(
        csv("SELECT position, name, mentions FROM parameters WHERE item LIKE '%Price::price'"),
        "position,name,mentions\n1,of,\"[\"\"shop::Line\"\"]\"\n2,_,\"[\"\"u8\"\",\"\"sqlx_core::Pool\"\"]\"\n"
    );
    assert_eq!(
        csv("SELECT type_path, trait_path, trait_written, line FROM impls ORDER BY line"),
        "type_path,trait_path,trait_written,line\nshop::Order,shop::Price,Price,7\n\
         shop::Line,std::fmt::Debug,std::fmt::Debug,8\nshop::Line,,,9\n"
    );
    assert_eq!(
        csv("SELECT name, crate, extern_name, kind, optional, target FROM externals"),
        "name,crate,extern_name,kind,optional,target\nsqlx-core,sqlx_core,sql,normal,1,\n\
         libc,libc,libc,dev,0,cfg(unix)\n"
    );
    // Manifest and source speak of one crate by one name.
    let joined =
        "SELECT DISTINCT e.name FROM externals e JOIN dependencies d ON d.to_crate = e.crate";
    assert_eq!(csv(joined), "name\nsqlx-core\n");
    // There is no policy, and so no layers.
    assert_eq!(csv("SELECT count(*) AS layers FROM layers"), "layers\n0\n");
}

#[test]
fn a_policy_that_makes_no_sense_gives_no_layers() {
    let shop = parts();
    tree::write(&shop.root().join("layers.toml"), "[layers]\na = \"shop:x\"\n");
    let run = layers(shop.root(), &["query", "SELECT * FROM layers"]);
    assert_eq!((run.code, run.stdout.as_str()), (FAILED, ""), "{run:?}");
    assert!(run.stderr.contains("shop:x"), "{}", run.stderr);
}

#[test]
fn nothing_is_written_and_nothing_runs_for_ever() {
    let shop = parts();
    let before = tree::files(shop.root());
    for (sql, part) in [
        ("ATTACH 'other.db' AS other", "only questions are answered: nothing can be changed"),
        ("PRAGMA query_only = 0", "only questions are answered: nothing can be changed"),
        ("CREATE TABLE t (a)", "only questions are answered: nothing can be changed"),
        ("VACUUM INTO 'other.db'", "there is no question"),
        ("SELECT writefile('x', 'y')", "no such function: writefile"),
        ("SELECT load_extension('x')", "this is no SQL that can be answered"),
    ] {
        let run = layers(shop.root(), &["query", sql]);
        assert_eq!((run.code, run.stdout.as_str()), (FAILED, ""), "{sql}");
        assert!(run.stderr.contains(part), "{sql}: {}", run.stderr);
    }
    assert_eq!(tree::files(shop.root()), before);
    let endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
    let run = layers(shop.root(), &["query", endless, "--timeout", "1"]);
    assert_eq!((run.code, run.stdout.as_str()), (FAILED, ""), "{run:?}");
    for part in ["no answer within 1 s", "raise --timeout"] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
}

#[test]
fn the_question_of_a_rule_has_a_budget_as_well() {
    let shop = parts();
    let rule = "[rules.a.query]\nmessage = \"{i}\"\nsql = \"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL \
                SELECT i + 1 FROM n) SELECT i FROM n\"\n";
    tree::write(&shop.root().join("layers.toml"), rule);
    let run = layers(shop.root(), &["check"]);
    assert_eq!((run.code, run.stdout.as_str()), (FAILED, ""), "{run:?}");
    for part in ["more than 10000 rows", "make the question narrower", "layers.toml:3"] {
        assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
    }
    // And it knows the layers.
    let rule = "[layers]\nshop = \"shop\"\n[rules.a.query]\nmessage = \"{layer}\"\n\
                sql = \"SELECT layer FROM layers WHERE path = 'shop::Order'\"\n";
    tree::write(&shop.root().join("layers.toml"), rule);
    let run = layers(shop.root(), &["check", "--format", "short"]);
    assert!(run.stdout.contains("shop"), "{run:?}");
}
