//! `test`: examples of a policy and of packs, in both formats.

use layers_tests::{repository, tree};
use serde_json::{Value, json};

use super::{CLEAN, FAILED, VIOLATIONS, layers, project};

/// Adds a rule with one good and three bad examples, two of which do not what they should.
fn with_examples() -> tree::Copy {
    let green = project("shop-green");
    let path = green.root().join("layers.toml");
    let rule = "\n[rules.no-files]\nforbid = { from = \"@domain\", to = \"std::fs\" }\n\n\
                [[rules.no-files.examples]]\nbad = '''\nuse std::fs::File; //~ no-files\n'''\n\
                good = '''\nuse std::fmt::Display;\n'''\n\n\
                [[rules.no-files.examples]]\nbad = '''\n//- shop_domain/src/lib.rs\n\
                use std::fmt::Write; //~ no-files\nuse std::fs::{self, File};\n'''\n\n\
                [[rules.no-files.examples]]\nbad = \"mod gone;\"\n";
    tree::write(&path, &(tree::read(&path) + rule));
    green
}

#[test]
fn examples_of_a_policy_and_of_its_packs_are_judged() {
    let green = project("shop-green");
    let run = layers(green.root(), &["test"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert!(run.stdout.ends_with(" pass, 0 fail\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("0 examples"), "{}", run.stdout);
}

#[test]
fn failing_examples_are_shown_as_a_difference() {
    let green = with_examples();
    let path = green.root().join("layers.toml");
    let text = tree::read(&path);
    let first = text.lines().position(|line| line == "[rules.no-files]").expect("the rule") + 1;
    let run = layers(green.root(), &["test", "no-files"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    let expected = format!(
        "error[no-files]: what is found in this bad example is not what its marks say
  layers.toml:{}
    {:>4} │ //- shop_domain/src/lib.rs
  - {:>4} │ use std::fmt::Write; //~ no-files
  + {:>4} │ use std::fmt::Write;
         · nothing is found here
  - {:>4} │ use std::fs::{{self, File}};
  + {:>4} │ use std::fs::{{self, File}}; //~ no-files, no-files
         · found: `shop_domain` (domain) must not use `std::fs`
         · found: `shop_domain` (domain) must not use `std::fs`

error[no-files]: this bad example cannot be judged
  layers.toml:{}
  > {:>4} │ mod gone;
         · `shop_domain/src/lib.rs`: no file for this module: looked for \
         `shop_domain/src/gone.rs` and `shop_domain/src/gone/mod.rs`

4 examples: 2 pass, 2 fail
",
        first + 13,
        first + 13,
        first + 14,
        first + 14,
        first + 15,
        first + 15,
        first + 19,
        first + 19,
    );
    assert_eq!(run.stdout, expected);
}

#[test]
fn json_holds_every_example() {
    let green = with_examples();
    let run = layers(green.root(), &["test", "no-files", "--format", "json"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    let document: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(document["version"], 1);
    assert_eq!(document["summary"], json!({ "passed": 2, "failed": 2 }));
    let outcomes: Vec<&Value> =
        document["examples"].as_array().expect("a list").iter().map(|it| &it["outcome"]).collect();
    assert_eq!(outcomes, ["passed", "passed", "differs", "not-judged"]);
    assert_eq!(document["examples"][2]["places"][0]["expected"], 1);
    assert_eq!(document["examples"][2]["places"][0]["found"], json!([]));
}

#[test]
fn rules_without_examples_are_listed() {
    let green = project("shop-green");
    let path = green.root().join("layers.toml");
    let rule = "\n[rules.no-files]\nforbid = { from = \"@domain\", to = \"std::fs\" }\n";
    tree::write(&path, &(tree::read(&path) + rule));
    let run = layers(green.root(), &["test", "no-files"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let expected = "note: 1 rule has no example: `no-files`\n\n0 examples: 0 pass, 0 fail\n";
    assert_eq!(run.stdout, expected);
    let json = layers(green.root(), &["test", "no-files", "--format", "json"]);
    let document: Value = serde_json::from_str(&json.stdout).expect("it is JSON");
    assert_eq!(document["without_examples"], json!(["no-files"]));
}

#[test]
fn packs_need_no_workspace() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let folder = camino::Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    let run = layers(folder, &["test", "--all-packs"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert!(run.stdout.ends_with(" pass, 0 fail\n"), "{}", run.stdout);
    let one = layers(folder, &["test", "--all-packs", "inbound-ignores-outbound"]);
    assert_eq!((one.code, one.stdout.as_str()), (CLEAN, "2 examples: 2 pass, 0 fail\n"));
    assert_eq!(layers(folder, &["test"]).code, FAILED);
}

#[test]
fn an_unknown_rule_is_corrected() {
    let root = repository::root();
    for arguments in
        [["test", "domain-is-pur", "--all-packs"], ["test", "sql-stays-in-quer", "--color=never"]]
    {
        let run = layers(root, &arguments);
        assert_eq!(run.code, FAILED, "{run:?}");
        assert!(run.stderr.contains("did you mean"), "{}", run.stderr);
    }
}
