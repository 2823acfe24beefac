//! What is proposed for workspaces of all kinds.

use camino::Utf8Path;

use super::*;
use crate::analysis::analyze;
use crate::config;

/// A workspace on disk: packages with the modules of their libraries or, where the name ends
/// with `!`, of their only binary, and the packages they depend on.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(packages: &[(&str, &[&str], &[&str])]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder"));
        folder.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n");
        for (name, modules, dependencies) in packages {
            let (name, root) = match name.strip_suffix('!') {
                Some(name) => (name, "main.rs"),
                None => (*name, "lib.rs"),
            };
            let dependency = |name: &&str| format!("{name} = {{ path = \"../{name}\" }}\n");
            let dependencies: String = dependencies.iter().map(dependency).collect();
            let manifest = format!(
                "[package]\nname = \"{name}\"\nedition = \"2024\"\n[dependencies]\n{dependencies}"
            );
            folder.write(&format!("{name}/Cargo.toml"), &manifest);
            let modules = modules.join("\n") + "\n";
            folder.write(&format!("{name}/src/{root}"), &modules);
        }
        folder
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.0.path()).expect("UTF-8")
    }

    fn workspace(&self) -> Workspace {
        crate::workspace::load(None, self.root()).expect("a workspace")
    }

    /// The file for the pack that fits best; it has to be a policy.
    fn text(&self) -> String {
        let workspace = self.workspace();
        let structure = structure(&workspace, &analyze(&workspace).facts);
        let pack = fitting(&structure.layer_names()).into_iter().next();
        let text = structure.proposal(pack.as_ref(), &[]).text(None);
        config::of_text(&workspace, &text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        text
    }
}

#[test]
fn crates_are_told_by_their_names() {
    let folder = Folder::new(&[
        ("shop-domain", &[], &[]),
        ("shop-use-cases", &[], &["shop-domain"]),
        ("shop-persistence-sqlite", &[], &["shop-use-cases"]),
        ("shop-http", &[], &["shop-use-cases"]),
        ("shop-server!", &[], &["shop-http", "shop-persistence-sqlite"]),
        ("shop-macros", &[], &[]),
    ]);
    insta::assert_snapshot!(folder.text(), @r#"
    # Layers by the names of the crates. Change them to what should hold.
    extends = ["clean-architecture"]

    [layers]
    domain         = "shop-domain"
    application    = "shop-use-cases"
    infrastructure = "shop-persistence-sqlite"
    presentation   = "shop-http"
    composition    = "shop-server"
    "#);
}

#[test]
fn a_program_that_joins_layers_composes_them() {
    let folder = Folder::new(&[
        ("domain", &[], &[]),
        ("usecase", &[], &["domain"]),
        ("infra", &[], &["usecase"]),
        ("app!", &[], &["usecase", "infra"]),
    ]);
    let text = folder.text();
    assert!(text.contains("application    = \"usecase\"\n"), "{text}");
    assert!(text.contains("composition    = \"app\"\n"), "{text}");
}

#[test]
fn modules_of_a_hexagon_are_told_by_their_names() {
    let modules =
        ["pub mod domain {}", "pub mod inbound {}", "pub mod outbound {}", "mod config {}"];
    let folder = Folder::new(&[("shop", &modules, &[])]);
    folder.write("shop/src/bin/server.rs", "fn main() {}\n");
    insta::assert_snapshot!(folder.text(), @r#"
    # Layers by the names of the modules. Change them to what should hold.
    extends = ["hexagonal"]

    [layers]
    domain      = "shop::domain"
    outbound    = "shop::outbound"
    inbound     = "shop::inbound"
    composition = "shop[bin:server]"
    "#);
}

#[test]
fn modules_of_contexts_lie_one_deeper() {
    let context = |name: &str| format!("mod {name} {{ mod domain {{}} mod db {{}} }}");
    let contexts = [context("orders"), context("catalog")];
    let contexts: Vec<&str> = contexts.iter().map(String::as_str).collect();
    let text = Folder::new(&[("shop!", &contexts, &[])]).text();
    assert!(text.contains("domain         = \"shop::*::domain\"\n"), "{text}");
    assert!(text.contains("infrastructure = \"shop::*::db\"\n"), "{text}");
}

#[test]
fn modules_of_contexts_may_be_gathered_in_one() {
    let context = |name: &str| format!("mod {name} {{ mod domain {{}} mod infra {{}} }}");
    let contexts = format!("mod contexts {{ {} {} }}", context("orders"), context("catalog"));
    let text = Folder::new(&[("shop!", &[&contexts], &[])]).text();
    assert!(text.contains("domain         = \"shop::*::*::domain\"\n"), "{text}");
    assert!(text.contains("infrastructure = \"shop::*::*::infra\"\n"), "{text}");
}

#[test]
fn a_few_names_among_many_are_no_structure() {
    let names: Vec<String> = (0..6).map(|index| format!("part-{index}")).collect();
    let crates = |others: usize| {
        let layers: [(&str, &[&str], &[&str]); 2] = [("core", &[], &[]), ("cli!", &[], &["core"])];
        let others = names[..others].iter().map(|name| (name.as_str(), &[][..], &["core"][..]));
        Folder::new(&layers.into_iter().chain(others).collect::<Vec<_>>()).text()
    };
    assert!(crates(4).contains("domain       = \"core\""));
    assert!(crates(5).contains("[layers.level-0]"));
    let modules = |others: usize| {
        let others: Vec<String> = (0..others).map(|index| format!("mod m{index} {{}}")).collect();
        let mut modules = vec!["mod domain { mod order {} }", "mod api {}"];
        modules.extend(others.iter().map(String::as_str));
        Folder::new(&[("shop!", &modules, &[])]).text()
    };
    assert!(modules(6).contains("domain       = \"shop::domain\""));
    assert!(modules(7).starts_with("# No layers were found."));
}

#[test]
fn layers_that_no_pack_fits_get_rules_of_their_own() {
    let folder = Folder::new(&[("core", &[], &[]), ("cli!", &[], &["core"])]);
    insta::assert_snapshot!(folder.text(), @r#"
    # Layers by the names of the crates. Change them to what should hold.

    [layers]
    domain       = "core"
    presentation = "cli"

    [rules.domain-looks-inward]
    forbid  = { from = "@domain", to = ["@presentation"] }
    because = "the domain holds the business rules, and must be understood and tested without anything around it"
    "#);
}

#[test]
fn a_word_alone_is_no_structure() {
    // A command line and helpers say nothing of a core.
    let folder = Folder::new(&[
        ("grep", &[], &["grep-regex"]),
        ("grep-cli", &[], &[]),
        ("grep-regex", &[], &["grep-matcher"]),
        ("grep-matcher", &[], &[]),
    ]);
    let text = folder.text();
    assert!(!text.contains("presentation"), "{text}");
    assert!(
        text.contains(
            "[layers.level-0]\nmembers = [\"grep-cli\", \"grep-matcher\"]\nmay-use = []\n"
        ),
        "{text}"
    );
    let top = "[layers.level-2]\nmembers = \"grep\"\nmay-use = [\"level-0\", \"level-1\"]\n";
    assert!(text.contains(top), "{text}");
}

#[test]
fn code_without_structure_gets_rules_for_any_code() {
    let text = Folder::new(&[("tool!", &["mod parse {}", "mod print {}"], &[])]).text();
    assert!(text.starts_with("# No layers were found."), "{text}");
    assert!(text.contains("acyclic = { scope = \"modules\" }"), "{text}");
    assert!(text.contains("orphans = {}"), "{text}");
}

#[test]
fn what_is_given_stands_before_what_is_found() {
    let folder = Folder::new(&[("core", &[], &[]), ("web", &[], &["core"])]);
    let workspace = folder.workspace();
    let structure = structure(&workspace, &analyze(&workspace).facts);
    let given = |name: &str, members: &[&str]| {
        (name.to_owned(), members.iter().map(|member| (*member).to_owned()).collect())
    };
    let layers =
        [given("domain", &["core", "web"]), given("presentation", &[]), given("x", &["a"])];
    let proposal = structure.proposal(None, &layers);
    let names: Vec<_> = proposal.layers.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["domain", "x"]);
    assert_eq!(proposal.layers[0].members, ["core", "web"]);
    assert_eq!(proposal.found_by, FoundBy::Given);
}

#[test]
fn a_rule_can_be_left_out() {
    let folder = Folder::new(&[("core", &[], &[]), ("cli!", &[], &["core"])]);
    let workspace = folder.workspace();
    let structure = structure(&workspace, &analyze(&workspace).facts);
    let mut proposal = structure.proposal(None, &[]);
    proposal.leave_out("domain-looks-inward");
    proposal.leave_out("of-a-pack");
    let text = proposal.text(Some("./s.json"));
    assert!(text.starts_with("#:schema ./s.json\n\n#"), "{text}");
    assert!(!text.contains("looks-inward"), "{text}");
    assert!(text.contains("\n[rules]\nof-a-pack = \"off\"\n"), "{text}");
}

#[test]
fn packs_fit_where_their_layers_are() {
    let names =
        |names: &[&str]| -> Vec<String> { names.iter().map(|it| (*it).to_owned()).collect() };
    let best = |layers: &[&str]| fitting(&names(layers)).first().map(|pack| pack.name);
    assert_eq!(best(&["domain", "inbound", "outbound"]), Some("hexagonal"));
    let clean = ["domain", "application", "infrastructure", "presentation"];
    assert_eq!(best(&clean), Some("clean-architecture"));
    assert_eq!(best(&["presentation"]), None);
    assert!(known_packs().contains(&"hexagonal") && !known_packs().contains(&"known-crates"));
}
