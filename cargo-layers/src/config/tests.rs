//! Every mistake is shown at its place, with a way out.

use std::fmt::Write as _;

use layers_rules::check::{Selection, check};
use layers_rules::facts::Facts;
use miette::{GraphicalReportHandler, GraphicalTheme};

use super::*;
use crate::disk::Boundary;

/// A workspace on disk without packages, but for its configuration.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        std::fs::write(folder.root().join("Cargo.toml"), "[workspace]\n").expect("written");
        for (path, text) in files {
            let path = folder.root().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        folder
    }

    fn root(&self) -> Utf8PathBuf {
        Utf8PathBuf::from_path_buf(self.0.path().to_owned()).expect("a Unicode path")
    }

    fn workspace(&self) -> Workspace {
        let root = self.root();
        Workspace { boundary: Boundary::of([root.as_path()]), root, packages: Vec::new() }
    }

    /// How the error of loading is shown, without the folder's name.
    fn error(&self) -> String {
        let error = load(&self.workspace(), None).expect_err("a mistake");
        self.shown(&error)
    }

    fn shown(&self, error: &ConfigError) -> String {
        let mut text = String::new();
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
            .with_links(false)
            .with_width(100)
            .render_report(&mut text, error)
            .expect("text can be written");
        text.replace(self.root().as_str(), "/ws")
    }
}

/// How the mistake in a `layers.toml` is shown.
fn error_of(text: &str) -> String {
    Folder::new(&[("layers.toml", text)]).error()
}

#[test]
fn a_policy_is_read_with_what_it_extends() {
    let folder = Folder::new(&[
        ("layers.toml", "extends = [\"./arch/base.toml\"]\n[layers]\ndomain = \"shop\"\n"),
        (
            "arch/base.toml",
            "extends = [\"../more.toml\"]\n[layers]\ndomain = { optional = true }\n",
        ),
        (
            "more.toml",
            "[rules.pure]\nforbid = { from = \"@domain\", to = \"std::fs\" }\n[layers]\ndomain = {}\n",
        ),
    ]);
    let config = load(&folder.workspace(), None).expect("a policy");
    let files: Vec<&str> = config.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(files, ["layers.toml", "arch/base.toml", "more.toml"]);
    let rule = config.policy.rule("pure").expect("a rule");
    assert_eq!(rule.sentence(), "`domain` may not use `std::fs`");
    assert_eq!(rule.location().expect("a place").file, "more.toml");
}

#[test]
fn a_file_can_be_named() {
    let folder = Folder::new(&[("deep/own.toml", "[layers]\na = \"a\"\n")]);
    let config =
        load(&folder.workspace(), Some(&folder.root().join("deep/own.toml"))).expect("a policy");
    assert_eq!(config.files[0].path, "deep/own.toml");
    let error =
        load(&folder.workspace(), Some(&folder.root().join("none.toml"))).expect_err("no file");
    assert_eq!(
        error.to_string().replace(folder.root().as_str(), "/ws"),
        "there is no file /ws/none.toml"
    );
}

#[test]
fn a_file_outside_the_workspace_is_shown_from_its_root() {
    let folder = Folder::new(&[
        ("inner/Cargo.toml", "[workspace]\n"),
        ("inner/layers.toml", "extends = [\"../shared.toml\"]\n"),
        ("shared.toml", "[sets]\nio = \"std::fs\"\n"),
    ]);
    let outer = folder.root();
    let boundary = Boundary::of([outer.as_path()]);
    let root = outer.join("inner");
    let workspace = Workspace { root: root.clone(), packages: Vec::new(), boundary };
    let config = load(&workspace, None).expect("a policy");
    assert_eq!(config.files[1].path, "../shared.toml");
    let boundary = Boundary::of([root.as_path()]);
    let narrow = Workspace { boundary, ..workspace };
    let shown = folder.shown(&load(&narrow, None).expect_err("it lies outside"));
    assert!(shown.contains("`../shared.toml` lies outside of the repository"), "{shown}");
    // A policy that is named on the command line is the user's.
    let outside = outer.join("outside.toml");
    std::fs::write(&outside, "extends = [\"shared.toml\"]\n").expect("written");
    assert!(load(&narrow, Some(&outside)).is_ok());
}

#[test]
fn a_diagram_is_read_with_the_policy() {
    let rule = "[layers]\na = \"a\"\nb = \"b\"\n[rules.drawn]\ndiagram = { file = \"b.mmd\" }\n";
    let extending = "extends = [\"docs/rules.toml\"]\n";
    let folder = |diagram: &str| {
        Folder::new(&[
            ("layers.toml", extending),
            ("docs/rules.toml", rule),
            ("docs/b.mmd", diagram),
        ])
    };
    let config = load(&folder("flowchart LR\n  a --> b\n").workspace(), None).expect("a policy");
    let files: Vec<&str> = config.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(files, ["layers.toml", "docs/rules.toml", "docs/b.mmd"]);
    insta::assert_snapshot!(
        "mistakes_in_a_diagram",
        folder("flowchart LR\n  a --> bb\n  a --> c[Cellar]\n").error()
    );
    let missing = Folder::new(&[("layers.toml", extending), ("docs/rules.toml", rule)]).error();
    assert!(missing.contains("there is no file `docs/b.mmd`"), "{missing}");
    assert!(missing.contains("docs/rules.toml:5:"), "{missing}");
}

#[test]
fn a_diagram_outside_of_the_repository_is_not_read() {
    let folder = Folder::new(&[
        ("inner/layers.toml", "[rules.drawn]\ndiagram = { file = \"../secret.mmd\" }\n"),
        ("secret.mmd", "hush\n"),
    ]);
    let root = folder.root().join("inner");
    let boundary = Boundary::of([root.as_path()]);
    std::fs::write(root.join("Cargo.toml"), "[workspace]\n").expect("written");
    let workspace = Workspace { root, packages: Vec::new(), boundary };
    let shown = folder.shown(&load(&workspace, None).expect_err("it lies outside"));
    assert!(shown.contains("`../secret.mmd` lies outside of the repository"), "{shown}");
    assert!(!shown.contains("hush"), "{shown}");
}

#[test]
fn the_manifest_of_the_workspace_can_hold_the_policy() {
    let manifest =
        "[workspace]\nmembers = []\n[workspace.metadata.layers.layers]\na = \"a\"\nb = \"@c\"\n";
    let folder = Folder::new(&[("Cargo.toml", manifest)]);
    insta::assert_snapshot!("unknown_name_in_manifest", folder.error());
    let both = Folder::new(&[("Cargo.toml", manifest), ("layers.toml", "")]);
    assert!(both.error().contains("the policy is kept twice"));
}

#[test]
fn no_policy_is_said_with_one_to_start_from() {
    insta::assert_snapshot!(Folder::new(&[]).error());
}

#[test]
fn mistakes_are_shown_where_they_are() {
    let mistakes = [
        ("text that is no TOML", "[layers\n"),
        ("a key at the top", "[layer]\ndomain = \"shop\"\n"),
        ("a key of a layer", "[layers]\ndomain = { member = \"shop\" }\n"),
        (
            "a key of a rule, or another verb",
            "[rules.pure]\nforbidden = { from = \"a\", to = \"b\" }\n",
        ),
        ("a verb that is none", "[rules.pure]\nbanish = { from = \"a\", to = \"b\" }\n"),
        ("a key of a verb", "[rules.pure]\nforbid = { from = \"a\", too = \"b\" }\n"),
        ("a key that is missing", "[rules.pure]\nforbid = { from = \"a\" }\n"),
        (
            "a value of a key",
            "[rules.pure]\nforbid = { from = \"a\", to = \"b\", via = \"all\" }\n",
        ),
        (
            "a kind of dependency",
            "[rules.pure]\nforbid = { from = \"a\", to = \"b\", kinds = [\"cal\"] }\n",
        ),
        ("a value of another type", "[layers]\ndomain = 1\n"),
        ("a table where a pattern stands", "[sets]\nio = { a = 1 }\n"),
        ("a list where one stands", "[rules]\na = [\"warn\"]\n"),
        (
            "an exception without reason",
            "[rules.pure]\nforbid = { from = \"a\", to = \"b\" }\nexcept = [{ from = \"c\" }]\n",
        ),
        ("a pack", "extends = [\"clean-architecure\"]\n"),
        ("a file", "extends = [\"./acme.toml\"]\n"),
        ("a circle", "extends = [\"./layers.toml\"]\n"),
        ("layers of a pack", "extends = [\"clean-architecture\"]\n[layers]\ndomain = \"a\"\n"),
        (
            "names of a pack",
            "extends = [{ pack = \"hexagonal\", layers = { inbund = \"http\" } }]\n[layers]\ndomain = \"a\"\ninbound = \"b\"\noutbound = \"c\"\n",
        ),
    ];
    let mut shown = String::new();
    for (what, text) in mistakes {
        let _ = writeln!(shown, "# {what}\n{}", error_of(text));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn several_mistakes_are_shown_at_once() {
    insta::assert_snapshot!(error_of(
        r#"
[layers]
domain = "shop::domain"
infrastructure = ["shop::infra", "shop:db"]

[rules.pure]
forbid = { from = "@domian", to = "@infrastructure" }
severity = "eror"

[rules.nothing]
because = "no verb"
"#
    ));
}

#[test]
fn problems_of_judging_are_shown_in_the_files() {
    let folder = Folder::new(&[("layers.toml", "[layers]\na = \"a\"\n")]);
    let config = load(&folder.workspace(), None).expect("a policy");
    let selection = Selection { rules: vec!["b".to_owned()], ..Selection::default() };
    let found = check(&Facts::default(), &config.policy, &selection).expect_err("no such rule");
    assert!(folder.shown(&problems(&config, found)).contains("no rule is called `b`"));
}
