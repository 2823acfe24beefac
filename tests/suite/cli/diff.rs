//! `diff`: what has become of the architecture and of its rules since a revision.

use camino::Utf8Path;
use layers_tests::binary::Run;
use layers_tests::git::{commit, git, init};
use layers_tests::tree::{self, Copy};
use serde_json::Value;

use super::{CLEAN, FAILED, VIOLATIONS, layers, project};

const DOMAIN: &str = "crates/domain/src/lib.rs";
const MANIFEST: &str = "crates/domain/Cargo.toml";

/// The green shop under version control.
fn shop() -> Copy {
    let shop = project("shop-green");
    tree::write(&shop.root().join(".gitignore"), "/target\n/Cargo.lock\n");
    init(shop.root());
    shop
}

pub(super) fn append(root: &Utf8Path, file: &str, text: &str) {
    let path = root.join(file);
    let before = if path.exists() { tree::read(&path) } else { String::new() };
    tree::write(&path, &(before + text));
}

/// Lets the domain use persistence.
pub(super) fn break_it(root: &Utf8Path) {
    append(root, MANIFEST, "\n[dependencies]\nshop-persistence = { path = \"../persistence\" }\n");
    append(root, DOMAIN, "\nuse shop_persistence as _;\n");
}

fn diff(root: &Utf8Path, options: &[&str]) -> Run {
    layers(root, &[&["diff"], options].concat())
}

fn json(root: &Utf8Path, options: &[&str]) -> Value {
    let run = diff(root, &[options, &["--format", "json"]].concat());
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// The changes of the policy, each as `direction about name: what`.
fn policy(root: &Utf8Path, options: &[&str]) -> Vec<String> {
    let json = json(root, options);
    let changes = json["policy"].as_array().expect("a list").iter();
    let word = |change: &Value, key: &str| change[key].as_str().expect("a text").to_owned();
    let text = |change: &Value| {
        let [direction, about, name, what] =
            ["direction", "about", "name", "what"].map(|key| word(change, key));
        format!("{direction} {about} {name}: {what}")
    };
    changes.map(text).collect()
}

fn ends(edges: &Value) -> Vec<String> {
    let edges = edges.as_array().expect("a list").iter();
    edges.map(|edge| format!("{} → {}", edge["from"], edge["to"]).replace('"', "")).collect()
}

#[test]
fn nothing_has_changed() {
    let shop = shop();
    let run = diff(shop.root(), &["HEAD"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert!(run.stdout.contains("nothing has changed"), "{run:?}");
    assert!(!shop.root().join("Cargo.lock").exists(), "nothing is written");
    assert_eq!(git(shop.root(), &["status", "--porcelain"]).stdout, "");
}

#[test]
fn edges_and_violations_that_are_new_and_gone() {
    let shop = shop();
    break_it(shop.root());
    let run = diff(shop.root(), &["HEAD"]);
    assert_eq!(run.code, CLEAN, "a comparison is no gate: {run:?}");
    let head = git(shop.root(), &["rev-parse", "HEAD"]).stdout;
    let expected = format!(
        "Compared with `{}`, where the two have parted: 1 violation new, 0 fixed",
        &head[..10]
    );
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "");
    assert!(words(&run.stdout).contains(&words(&expected)), "{expected}: {}", run.stdout);
    for part in ["crates/domain/src/lib.rs:", "domain → infrastructure is new, and forbidden"] {
        assert!(words(&run.stdout).contains(part), "{part}: {}", run.stdout);
    }
    assert_eq!(diff(shop.root(), &["HEAD", "--fail-on", "loosened"]).code, CLEAN);
    assert_eq!(
        diff(shop.root(), &["HEAD", "--fail-on", "new-violations,loosened"]).code,
        VIOLATIONS
    );

    let found = json(shop.root(), &["HEAD"]);
    assert_eq!(found["version"], 1);
    assert_eq!(found["since"]["commit"], head.trim());
    assert_eq!(found["since"]["revision"], "HEAD");
    assert_eq!(ends(&found["edges"]["layers"]["new"]), ["domain → infrastructure"]);
    assert_eq!(ends(&found["edges"]["crates"]["new"]), ["shop_domain → shop_persistence"]);
    assert_eq!(ends(&found["edges"]["modules"]["new"]), ["shop_domain → shop_persistence"]);
    let edge = &found["edges"]["crates"]["new"][0];
    assert_eq!((edge["file"].as_str(), edge["references"].as_u64()), (Some(DOMAIN), Some(1)));
    assert_eq!(found["policy"], Value::Array(Vec::new()));

    let markdown = diff(shop.root(), &["HEAD", "--format", "markdown"]).stdout;
    assert!(markdown.contains("```mermaid\nflowchart LR\n    n0[\"domain\"]\n"), "{markdown}");
    assert!(markdown.contains("n0 -->|forbidden| n1"), "{markdown}");

    // The other way round it is gone, and fixed.
    commit(shop.root());
    git(shop.root(), &["revert", "--no-commit", "HEAD"]);
    let found = json(shop.root(), &["HEAD"]);
    assert_eq!(ends(&found["edges"]["layers"]["gone"]), ["domain → infrastructure"]);
    assert_eq!(found["violations"]["new"], Value::Array(Vec::new()));
    let fixed = found["violations"]["fixed"].as_array().expect("a list");
    assert_eq!(fixed.len(), 1, "{fixed:?}");
    assert!(
        fixed.iter().any(|finding| finding["file"] == DOMAIN && finding["line"] != 1),
        "{fixed:?}"
    );
}

#[test]
fn what_others_have_done_meanwhile_is_not_told() {
    let shop = shop();
    git(shop.root(), &["checkout", "--quiet", "-b", "feature"]);
    append(shop.root(), DOMAIN, "\n/// Mine.\npub mod mine {}\n");
    commit(shop.root());
    git(shop.root(), &["checkout", "--quiet", "main"]);
    break_it(shop.root());
    commit(shop.root());
    git(shop.root(), &["checkout", "--quiet", "feature"]);
    let found = json(shop.root(), &["main"]);
    assert_eq!(found["since"]["commit"], git(shop.root(), &["rev-parse", "main^"]).stdout.trim());
    assert_eq!(found["violations"]["fixed"], Value::Array(Vec::new()));
}

#[test]
fn violations_are_followed_when_code_moves() {
    let shop = shop();
    break_it(shop.root());
    commit(shop.root());
    append(shop.root(), "crates/domain/src/order.rs", "\n// A line more.\n");
    let text = tree::read(&shop.root().join(DOMAIN));
    tree::write(&shop.root().join(DOMAIN), &format!("// One more.\n\n{text}"));
    let found = json(shop.root(), &["HEAD"]);
    assert_eq!(found["violations"]["new"], Value::Array(Vec::new()));
    assert_eq!(found["violations"]["kept"], 1);
}

#[test]
fn a_policy_that_lets_more_pass_is_told_apart() {
    let shop = shop();
    tree::write(
        &shop.root().join("layers.toml"),
        &(tree::read(&shop.root().join("layers.toml"))
            + "\n[rules.no-files]\nforbid = { from = [\"@domain\", \"@application\"], to = \"std::fs\" }\n\
               [rules.money]\nonly = { from = \"@domain\", to = \"shop_domain::money\" }\nseverity = \"warn\"\n"),
    );
    commit(shop.root());
    let policy_file = shop.root().join("layers.toml");
    let text = tree::read(&policy_file);
    let cases = [
        (
            text.replace("[\"@domain\", \"@application\"]", "\"@domain\""),
            "loosened rule no-files: `from`: no longer with `@application`",
        ),
        (
            text.replace("\"std::fs\"", "\"std::{fs,net}\""),
            "tightened rule no-files: `to`: now with `std::{fs,net}`, no longer with `std::fs`",
        ),
        (
            text.replace("to = \"std::fs\"", "to = \"std\""),
            "tightened rule no-files: `to`: now with `std`, no longer with `std::fs`",
        ),
        (
            text.replace(
                "from = \"@domain\", to = \"shop_domain::money\"",
                "from = [\"@domain\", \"@presentation\"], to = \"shop_domain::money\"",
            ),
            "loosened rule money: `from`: now with `@presentation`",
        ),
        (
            text.replace("severity = \"warn\"", "severity = \"error\""),
            "tightened rule money: its severity is error, and was warning",
        ),
        (
            text.replace("[rules.no-files]", "[rules]\ndomain-is-pure = \"off\"\n[rules.no-files]"),
            "loosened rule domain-is-pure: its severity is off, and was error",
        ),
        (
            text.replace("extends = [\"clean-architecture\"]", "extends = []"),
            "loosened extends clean-architecture: it is not extended any more",
        ),
        (
            text.split("[rules.money]").next().expect("a part").to_owned(),
            "loosened rule money: it is gone; it said that",
        ),
        (
            text.clone()
                + "[[rules.no-files.except]]\nfrom = \"shop_domain::money\"\nreason = \"soon\"\n",
            "loosened exception no-files: an exception for `shop_domain::money` → anything is new",
        ),
        (
            text.replace(
                "presentation   = \"shop-http\"",
                "presentation   = \"shop-http::handlers\"",
            ),
            "loosened layer presentation: `shop_http` and `shop_http::response` belong to no layer, and did to `presentation`",
        ),
    ];
    for (changed, expected) in cases {
        assert_ne!(changed, text, "{expected}");
        tree::write(&policy_file, &changed);
        let found = policy(shop.root(), &["HEAD"]);
        assert!(found.iter().any(|change| change.starts_with(expected)), "{expected}:\n{found:#?}");
        let fails = diff(shop.root(), &["HEAD", "--fail-on", "loosened"]).code == VIOLATIONS;
        assert_eq!(fails, found.iter().any(|change| change.starts_with("loosened")), "{found:#?}");
    }
}

#[test]
fn a_rule_of_a_pack_that_weighs_less_is_told_where_that_is_said() {
    let shop = shop();
    let line = tree::read(&shop.root().join("layers.toml")).lines().count() + 3;
    append(shop.root(), "layers.toml", "\n[rules]\nports-in-application = \"off\"\n");
    let change = &json(shop.root(), &["HEAD"])["policy"][0];
    assert_eq!(change["name"], "ports-in-application");
    assert_eq!(change["place"]["line"], line, "{change}");
}

#[test]
fn exceptions_in_comments_and_in_the_baseline_are_told() {
    let shop = shop();
    break_it(shop.root());
    layers(shop.root(), &["baseline"]);
    append(shop.root(), DOMAIN, "\n// layers: allow(domain-is-pure): for now\npub mod later {}\n");
    let found = policy(shop.root(), &["HEAD"]);
    let loosened: Vec<&String> = found.iter().filter(|it| it.starts_with("loosened")).collect();
    assert!(
        loosened.iter().any(|it| it.starts_with("loosened baseline ") && it.contains(" more")),
        "{found:#?}"
    );
    assert!(
        loosened.iter().any(|it| it.as_str()
            == "loosened comment domain-is-pure: an exception for “for now” is new"),
        "{found:#?}"
    );
    commit(shop.root());
    std::fs::remove_file(shop.root().join("layers-baseline.toml")).expect("it is there");
    let found = policy(shop.root(), &["HEAD"]);
    assert!(found.iter().all(|it| it.starts_with("tightened baseline ")), "{found:#?}");
}

#[test]
fn a_workspace_below_the_repository_and_rules_that_are_new() {
    let outer = tempfile::tempdir().expect("a temporary folder");
    let root = Utf8Path::from_path(outer.path()).expect("UTF-8");
    tree::mirror(project("shop-green").root(), &root.join("backend"), |_, text| text);
    tree::write(&root.join("shared/clock.rs"), "pub struct Clock;\n");
    append(
        &root.join("backend"),
        DOMAIN,
        "\n#[path = \"../../../../shared/clock.rs\"]\npub mod clock;\n",
    );
    let rules = tree::read(&root.join("backend/layers.toml"));
    std::fs::remove_file(root.join("backend/layers.toml")).expect("it is there");
    init(root);
    tree::write(&root.join("backend/layers.toml"), &rules);
    append(root, "shared/clock.rs", "use std::fs as _;\n");
    let backend = root.join("backend");
    let found = json(&backend, &["HEAD"]);
    assert_eq!(policy(&backend, &["HEAD"]).len(), 1, "{found:#}");
    assert!(policy(&backend, &["HEAD"])[0].starts_with("tightened policy : there was no policy: "));
    let new = found["violations"]["new"].as_array().expect("a list");
    assert!(new.iter().all(|it| it["file"] == "../shared/clock.rs") && !new.is_empty(), "{new:#?}");

    // A workspace that is new has no earlier state.
    git(root, &["checkout", "--quiet", "--orphan", "empty"]);
    git(root, &["rm", "--quiet", "-r", "--force", "--cached", "."]);
    git(root, &["commit", "--quiet", "--allow-empty", "--message", "Nothing"]);
    let found = json(&backend, &["HEAD"]);
    assert_eq!(found["packages"]["new"].as_array().map(Vec::len), Some(5));
}

#[test]
fn a_crate_that_has_come_and_one_that_has_gone() {
    let shop = shop();
    let root = shop.root();
    tree::mirror(&root.join("crates/domain"), &root.join("crates/model"), |_, text| {
        text.replace("shop-domain", "shop-model")
    });
    let manifest = tree::read(&root.join("Cargo.toml"));
    if !manifest.contains("crates/*") {
        tree::write(
            &root.join("Cargo.toml"),
            &manifest.replace("\"crates/domain\"", "\"crates/domain\", \"crates/model\""),
        );
    }
    let found = json(root, &["HEAD"]);
    assert_eq!(found["packages"]["new"], serde_json::json!(["shop-model"]));
    commit(root);
    std::fs::remove_dir_all(root.join("crates/model")).expect("it is there");
    tree::write(&root.join("Cargo.toml"), &manifest);
    let found = json(root, &["HEAD"]);
    assert_eq!(found["packages"]["gone"], serde_json::json!(["shop-model"]));
}

#[test]
fn a_diagram_that_shows_more_and_a_package_that_is_new() {
    let shop = project("shop-green");
    let root = shop.root();
    let rule = "\n[rules.as-drawn]\ndiagram = { file = \"arch.mmd\" }\nbecause = \"it is drawn\"\n";
    append(root, "layers.toml", rule);
    let drawn = "flowchart LR\n  shop-http --> shop-application --> shop-domain\n";
    tree::write(&root.join("arch.mmd"), drawn);
    tree::write(&root.join(".gitignore"), "/target\n/Cargo.lock\n");
    init(root);
    let more = format!("{drawn}  shop-http --> shop-domain\n  shop-new --> shop-domain\n");
    tree::write(&root.join("arch.mmd"), &more);
    let manifest = tree::read(&root.join("crates/domain/Cargo.toml"));
    tree::write(
        &root.join("crates/new/Cargo.toml"),
        &(manifest.replace("shop-domain", "shop-new")
            + "\n[package.metadata.layers]\nlayer = \"new\"\n"),
    );
    tree::write(&root.join("crates/new/src/lib.rs"), "");
    append(root, "layers.toml", "\n[layers.new]\n");
    // What both of today's rules name was not there then.
    let found = policy(root, &["HEAD"]);
    let loosened = "loosened rule as-drawn: it lets pass now: `shop-http` → `shop-domain`";
    assert!(found.contains(&loosened.to_owned()), "{found:#?}");
    assert!(!found.iter().any(|it| it.contains("`shop-new` → ")), "{found:#?}");
    let run = layers(root, &["check", "--changed-since", "HEAD"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
}

#[test]
fn what_is_missing_is_said() {
    let shop = project("shop-green");
    let none = diff(shop.root(), &["HEAD"]);
    assert_eq!(none.code, FAILED);
    assert!(none.stderr.contains("is in no Git repository"), "{none:?}");
    init(shop.root());
    let unknown = diff(shop.root(), &["gone"]);
    assert_eq!(unknown.code, FAILED);
    assert!(unknown.stderr.contains("there is no revision `gone`"), "{unknown:?}");
    let option = diff(shop.root(), &["--", "--output=owned"]);
    assert_eq!(option.code, FAILED, "{option:?}");
    assert!(option.stderr.contains("there is no revision `--output=owned`"), "{option:?}");
    git(shop.root(), &["commit", "--quiet", "--allow-empty", "--message", "Next"]);

    let clones = tempfile::tempdir().expect("a temporary folder");
    let clones = Utf8Path::from_path(clones.path()).expect("UTF-8");
    let source = format!("file://{}", shop.root());
    git(clones, &["clone", "--quiet", "--depth=1", &source, "shallow"]);
    let shallow = clones.join("shallow");
    let run = diff(&shallow, &["HEAD^"]);
    assert_eq!(run.code, FAILED);
    for part in ["this clone is shallow", "fetch-depth: 0", "git fetch --depth=1"] {
        assert!(
            run.stderr.split_whitespace().collect::<Vec<_>>().join(" ").contains(part),
            "{part}: {run:?}"
        );
    }
    let first = git(shop.root(), &["rev-parse", "HEAD^"]).stdout;
    git(shop.root(), &["config", "uploadpack.allowAnySHA1InWant", "true"]);
    git(&shallow, &["fetch", "--quiet", "--depth=1", "origin", first.trim()]);
    let run = diff(&shallow, &[first.trim()]);
    assert_eq!(run.code, FAILED);
    assert!(run.stderr.contains("have no commit in common"), "{run:?}");
    git(&shallow, &["fetch", "--quiet", "--unshallow"]);
    assert_eq!(diff(&shallow, &["HEAD^"]).code, CLEAN);
    // A further work tree of the same repository.
    git(&shallow, &["worktree", "add", "--quiet", "--detach", "../second"]);
    assert_eq!(diff(&clones.join("second"), &["HEAD^"]).code, CLEAN);
}
