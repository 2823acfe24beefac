//! `prove`: rules that can fail, rules that cannot, and what is accepted.

use layers_tests::tree;
use serde_json::{Value, json};

use super::{CLEAN, FAILED, VIOLATIONS, layers, project};

/// The green shop with these rules instead of its own.
fn shop(rules: &str) -> tree::Copy {
    let green = project("shop-green");
    let layers = "[layers]\ndomain = \"shop-domain\"\npersistence = \"shop-persistence\"\n";
    tree::write(&green.root().join("layers.toml"), &format!("{layers}{rules}"));
    green
}

const PURE: &str = "[rules.pure]\nforbid = { from = \"@domain\", to = \"@persistence\" }\n";
const BLIND: &str = "[rules.blind]\nforbid = { from = \"@domain\", to = \"@persistence\" }\n\
                     [[rules.blind.except]]\nto = \"@persistence\"\nreason = \"all of it\"\n";
const GONE: &str = "[rules.gone]\nforbid = { from = \"shop-domain::gone\", to = \"std::fs\" }\n";

#[test]
fn a_green_shop_is_proved_and_left_alone() {
    let green = project("shop-green");
    let before: Vec<_> = tree::files(green.root())
        .into_iter()
        .map(|path| (tree::read(&green.root().join(&path)), path))
        .collect();
    let run = layers(green.root(), &["prove", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(document["version"], 2);
    let rules = document["rules"].as_array().expect("a list");
    let verdict = |id: &str| {
        let rule = rules.iter().find(|rule| rule["rule"] == id);
        rule.unwrap_or_else(|| panic!("no {id}"))["verdict"].as_str().expect("a word").to_owned()
    };
    for id in ["domain-is-pure", "nobody-uses-composition", "no-frameworks-in-core"] {
        assert_eq!(verdict(id), "proved");
    }
    let after: Vec<_> = tree::files(green.root())
        .into_iter()
        .map(|path| (tree::read(&green.root().join(&path)), path))
        .collect();
    assert_eq!(before, after);
}

#[test]
fn rules_that_cannot_fail_are_told() {
    let shop = shop(&format!("{PURE}{BLIND}{GONE}"));
    let run = layers(shop.root(), &["prove"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    let survived = "survived   blind\n           it finds nothing of what was planted:\n           \
                    crates/domain/Cargo.toml   [dependencies] shop-persistence\n           \
                    crates/domain/src/lib.rs   use ::shop_persistence as planted_1_0;\n";
    assert!(run.stdout.starts_with("proved     pure\n"), "{}", run.stdout);
    assert!(run.stdout.contains(survived), "{}", run.stdout);
    let vacuous = "vacuous    gone\n           `from` (`shop-domain::gone`) matches nothing\n";
    assert!(run.stdout.contains(vacuous), "{}", run.stdout);
    let summary = "\n3 rules: 1 proved, 1 survived, 1 vacuous, 0 unprovable\n";
    assert!(run.stdout.ends_with(summary), "{}", run.stdout);
}

#[test]
fn a_rule_that_waits_for_build_scripts_is_proved_in_one() {
    let rule = "[rules.offline]\nforbid = { from = \"*[build]\", to = \"std::net\" }\n";
    let run = layers(shop(rule).root(), &["prove"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    assert!(run.stdout.contains("`from` (`*[build]`) matches nothing"), "{run:?}");
    let shop = shop(&format!("{rule}optional = true\n"));
    let run = layers(shop.root(), &["prove", "--format", "json"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let rules: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(rules["rules"][0]["verdict"], "proved", "{rules:#}");
    let file = rules["rules"][0]["planted"][0]["file"].as_str().expect("a path");
    assert!(file.ends_with("/planted_build.rs"), "{file}");
    // One that is there is planted in.
    tree::write(&shop.root().join("crates/domain/build.rs"), "fn main() {}\n");
    let run = layers(shop.root(), &["prove", "--format", "json"]);
    let rules: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let planted = &rules["rules"][0]["planted"];
    assert_eq!(planted[0]["file"], "crates/domain/build.rs", "{rules:#}");
}

#[test]
fn one_rule_can_be_proved() {
    let shop = shop(&format!("{PURE}{BLIND}{GONE}"));
    let run = layers(shop.root(), &["prove", "pure"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert_eq!(
        run.stdout,
        "proved     pure\n\n1 rule: 1 proved, 0 survived, 0 vacuous, 0 unprovable\n"
    );
    let unknown = layers(shop.root(), &["prove", "pur"]);
    assert_eq!(unknown.code, FAILED);
    assert!(unknown.stderr.contains("`pure`"), "{}", unknown.stderr);
}

#[test]
fn rules_can_be_accepted() {
    let accept = "[prove]\naccept = { gone = \"comes with the next crate\", pure = \"why not\" }\n";
    let shop = shop(&format!("{PURE}{BLIND}{GONE}{accept}"));
    assert_eq!(layers(shop.root(), &["prove"]).code, VIOLATIONS);
    let run = layers(shop.root(), &["prove", "--accept", "blind"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    for part in [
        "accepted: comes with the next crate",
        "accepted on the command line",
        "accepted under `[prove]`, which is not needed any more",
        "1 unprovable; 2 of those accepted",
    ] {
        let part = part.replace("1 unprovable", "0 unprovable");
        assert!(run.stdout.contains(&part), "{part}: {}", run.stdout);
    }
    let run = layers(shop.root(), &["prove", "gone", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let expected = json!([{
        "rule": "gone",
        "verdict": "vacuous",
        "reason": "`from` (`shop-domain::gone`) matches nothing",
        "planted": [],
        "found": null,
        "example": null,
        "accepted": true,
        "accepted_because": "comes with the next crate",
    }]);
    assert_eq!(document["rules"], expected);
}

#[test]
fn accepting_is_checked() {
    for (accept, message) in [
        ("accept = { pur = \"x\" }", "did you mean `pure`?"),
        ("accept = { pure = \" \" }", "needs a reason"),
        ("except = {}", "`except` is not known here"),
    ] {
        let shop = shop(&format!("{PURE}[prove]\n{accept}\n"));
        let run = layers(shop.root(), &["prove"]);
        assert_eq!(run.code, FAILED, "{run:?}");
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
    let run = layers(shop(PURE).root(), &["prove", "--accept", "pur"]);
    assert_eq!(run.code, FAILED, "{run:?}");
}

const COUNT: &str = "[rules.few]\nbecause = \"x\"\n[rules.few.query]\nmessage = \"`{path}`\"\n\
                     sql = \"SELECT path, file, line, \\\"column\\\" FROM items WHERE name = 'Bad'\"\n";

#[test]
fn a_question_is_proved_by_its_example() {
    let unproved = shop(COUNT);
    let run = layers(unproved.root(), &["prove"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    assert!(run.stdout.starts_with("unprovable few\n"), "{}", run.stdout);
    let example = |bad: &str| format!("{COUNT}[[rules.few.examples]]\nbad = '''\n{bad}\n'''\n");
    let proved = shop(&example("pub struct Bad; //~ few"));
    let run = layers(proved.root(), &["prove"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let expected = "proved     few\n           by its example at layers.toml:11: what would";
    assert!(run.stdout.starts_with(expected), "{}", run.stdout);
    let summary =
        "1 rule: 1 proved, 0 survived, 0 vacuous, 0 unprovable; 1 of the proved by an example";
    assert!(run.stdout.contains(summary), "{}", run.stdout);
    let run = layers(proved.root(), &["prove", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(document["rules"][0]["verdict"], "proved-by-example");
    assert_eq!(document["rules"][0]["example"], json!({ "file": "layers.toml", "line": 11 }));
    // An example that does not break the rule proves nothing.
    let wrong = shop(&example("pub struct Good; //~ few"));
    assert_eq!(layers(wrong.root(), &["prove"]).code, VIOLATIONS);
}
