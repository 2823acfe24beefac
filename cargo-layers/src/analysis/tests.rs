//! Resolution from files to dependencies, one test for each branch of the resolver.

use camino::Utf8PathBuf;
use layers_rules::facts::{CrateKind, DependencyKind, Facts, PackageDependencyKind};

use super::{Analysis, analyze};
use crate::workspace::{Dependency, Edition, Package, Target, Workspace};

/// A workspace in a temporary folder: one package a crate, each with a library, every
/// one depending on those before it.
struct Sources {
    folder: tempfile::TempDir,
    edition: Edition,
    renamed: Option<(&'static str, &'static str)>,
}

impl Sources {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        Self { folder, edition: Edition::E2024, renamed: None }
    }

    fn workspace(&self) -> Workspace {
        let root = Utf8PathBuf::try_from(self.folder.path().to_owned()).expect("UTF-8");
        let mut names: Vec<String> = std::fs::read_dir(&root)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
            .collect();
        names.sort();
        let packages = names
            .iter()
            .enumerate()
            .map(|(index, name)| {
                let folder = root.join(name);
                let targets = [(CrateKind::Lib, "src/lib.rs"), (CrateKind::Bin, "src/main.rs")]
                    .into_iter()
                    .filter(|(_, file)| folder.join(file).exists())
                    .map(|(kind, file)| Target {
                        name: name.clone(),
                        kind,
                        root: folder.join(file),
                        edition: self.edition,
                    })
                    .collect();
                let member = |member: usize| dependency(&names[member], Some(member), self.renamed);
                let outside = ["sqlx", "tokio"].map(|name| dependency(name, None, self.renamed));
                Package {
                    name: name.clone(),
                    manifest: folder.join("Cargo.toml"),
                    targets,
                    dependencies: (0..index).map(member).chain(outside).collect(),
                    layer: None,
                }
            })
            .collect();
        Workspace { root, packages }
    }

    fn analyze(&self) -> Analysis {
        analyze(&self.workspace())
    }
}

fn dependency(
    name: &str,
    member: Option<usize>,
    renamed: Option<(&'static str, &'static str)>,
) -> Dependency {
    let new = renamed.filter(|(old, _)| *old == name).map(|(_, new)| new);
    Dependency {
        package: name.to_owned(),
        extern_name: new.unwrap_or(name).to_owned(),
        renamed: new.is_some(),
        member,
        kind: PackageDependencyKind::Normal,
        optional: false,
        target: None,
    }
}

/// `file:line written -> target [hop, …]` for each dependency, std's prelude left out.
fn edges(sources: &Sources) -> Vec<String> {
    let workspace = sources.workspace();
    let Analysis { facts, issues } = analyze(&workspace);
    assert_eq!(issues, []);
    facts
        .dependencies
        .iter()
        .filter(|edge| facts.names.text(edge.written) != "Clone")
        .map(|edge| {
            let line = |file: layers_rules::facts::FileId, start: u32| {
                let path = &facts.files[file.index()].path;
                let text = std::fs::read_to_string(workspace.root.join(path)).expect("a file");
                let line = text[..start as usize].matches('\n').count() + 1;
                let file = path.rsplit('/').next().expect("a name");
                format!("{file}:{line}")
            };
            let hops: Vec<String> = facts.chains[edge.chain.index()]
                .iter()
                .map(|hop| format!(" via {}", line(hop.file, hop.span.start)))
                .collect();
            format!(
                "{} {} -> {}{}{}",
                line(edge.file, edge.span.start),
                facts.names.text(edge.written),
                facts.target_path(edge.to),
                hops.concat(),
                if edge.restates.is_some() { " again" } else { "" },
            )
        })
        .collect()
}

fn one_file(text: &str) -> Vec<String> {
    edges(&Sources::new(&[("shop/src/lib.rs", text)]))
}

const INFRA: &str = "mod infra { pub struct Pool; pub enum Kind { A } pub fn open() {} pub mod db { pub struct Row; } }\n";

fn with_infra(text: &str) -> Vec<String> {
    one_file(&format!("{INFRA}{text}"))
}

#[test]
fn every_anchor_leads_to_the_same_thing() {
    assert_eq!(
        with_infra("mod a { use crate::infra::Pool; }"),
        ["lib.rs:2 crate::infra::Pool -> shop::infra::Pool"]
    );
    assert_eq!(
        with_infra("mod a { mod b { fn f() { super::super::infra::open() } } }"),
        ["lib.rs:2 super::super::infra::open -> shop::infra::open"]
    );
    assert_eq!(
        with_infra("fn f(x: self::infra::db::Row) {}"),
        ["lib.rs:2 self::infra::db::Row -> shop::infra::db::Row"]
    );
    assert_eq!(
        with_infra("fn f(x: infra::db::Row) {}"),
        ["lib.rs:2 infra::db::Row -> shop::infra::db::Row"]
    );
}

#[test]
fn a_lone_name_restates_its_import_and_an_alias_does_not() {
    assert_eq!(
        with_infra("mod a {\nuse crate::infra::Pool as P;\nfn f(x: P) {}\n}"),
        [
            "lib.rs:3 crate::infra::Pool -> shop::infra::Pool",
            "lib.rs:4 P -> shop::infra::Pool via lib.rs:3 again",
        ]
    );
    assert_eq!(
        with_infra("mod a {\nuse crate::infra as i;\nfn f(x: i::Pool) {}\n}"),
        [
            "lib.rs:3 crate::infra -> shop::infra",
            "lib.rs:4 i::Pool -> shop::infra::Pool via lib.rs:3",
        ]
    );
}

#[test]
fn globs_bring_what_is_visible_and_nothing_that_is_shadowed() {
    assert_eq!(
        with_infra("mod a {\nuse crate::infra::*;\nfn f(x: Pool, y: db::Row) {}\n}"),
        [
            "lib.rs:3 crate::infra::* -> shop::infra",
            "lib.rs:4 Pool -> shop::infra::Pool via lib.rs:3",
            "lib.rs:4 db::Row -> shop::infra::db::Row via lib.rs:3",
        ]
    );
    assert_eq!(
        with_infra("mod a {\nuse crate::infra::*;\nstruct Pool;\nfn f(x: Pool) {}\n}"),
        ["lib.rs:3 crate::infra::* -> shop::infra",]
    );
    let hidden = "mod a { struct Secret; }\nmod b {\nuse crate::a::*;\nuse super::Secret;\nfn f(x: Secret) {} }\nstruct Secret;";
    assert_eq!(
        one_file(hidden),
        [
            "lib.rs:3 crate::a::* -> shop::a",
            "lib.rs:4 super::Secret -> shop::Secret",
            "lib.rs:5 Secret -> shop::Secret via lib.rs:4 again",
        ]
    );
}

#[test]
fn an_explicit_import_that_comes_late_shadows_a_glob_everywhere() {
    let text = "mod a { pub struct X; }\nmod b { pub struct X; }\nmod c {\npub use crate::a::*;\npub use crate::d::X;\n}\nmod d { pub use crate::b::X; }\nuse c::X;";
    let found = one_file(text);
    assert_eq!(
        found.last().expect("an edge"),
        "lib.rs:8 c::X -> shop::b::X via lib.rs:5 via lib.rs:7"
    );
    assert!(found.iter().all(|edge| !edge.contains("-> shop::a::X")), "{found:?}");
}

#[test]
fn globs_in_a_circle_settle() {
    let text = "mod a { pub use crate::b::*; pub struct A; }\nmod b { pub use crate::a::*; pub struct B; }\nuse a::B; use b::A;";
    let found = one_file(text);
    assert!(found.contains(&"lib.rs:3 a::B -> shop::b::B via lib.rs:1".to_owned()), "{found:?}");
    assert!(found.contains(&"lib.rs:3 b::A -> shop::a::A via lib.rs:2".to_owned()), "{found:?}");
}

#[test]
fn imports_that_name_each_other_do_not_hang() {
    let sources = Sources::new(&[("shop/src/lib.rs", "use a::X; mod a { pub use super::X; }")]);
    let facts = sources.analyze().facts;
    assert_eq!(facts.coverage[0].unresolved, 2);
    assert_eq!(facts.unseen.len(), 2);
}

#[test]
fn chains_go_through_modules_and_crates() {
    let sources = Sources::new(&[
        ("a_infra/src/lib.rs", "pub mod db { pub struct Pool; }"),
        ("b_prelude/src/lib.rs", "pub use a_infra::db::*;\n"),
        ("c_facade/src/lib.rs", "\npub use b_prelude::Pool as Store;"),
        ("d_domain/src/lib.rs", "\n\nuse c_facade::Store;"),
    ]);
    assert_eq!(
        edges(&sources).last().expect("an edge"),
        "lib.rs:3 c_facade::Store -> a_infra::db::Pool via lib.rs:2 via lib.rs:1"
    );
}

#[test]
fn renamed_dependencies_go_by_their_new_name() {
    let mut sources = Sources::new(&[
        ("a_infra/src/lib.rs", "pub struct Pool;"),
        ("b_domain/src/lib.rs", "use store::Pool; use db::PgPool;"),
    ]);
    sources.renamed = Some(("a_infra", "store"));
    let found = edges(&sources);
    assert_eq!(found, ["lib.rs:1 store::Pool -> a_infra::Pool"]);
    sources.renamed = Some(("sqlx", "db"));
    assert_eq!(edges(&sources), ["lib.rs:1 db::PgPool -> sqlx::PgPool"]);
}

#[test]
fn extern_crate_and_its_self_form_name_crates() {
    assert_eq!(
        with_infra("extern crate self as me;\nmod a { use me::infra::Pool; }"),
        ["lib.rs:3 me::infra::Pool -> shop::infra::Pool via lib.rs:2"]
    );
    assert_eq!(
        one_file("mod a {\nextern crate sqlx as db;\nuse self::db::Pool;\n}"),
        ["lib.rs:2 sqlx -> sqlx", "lib.rs:3 self::db::Pool -> sqlx::Pool via lib.rs:2",]
    );
}

#[test]
fn outside_paths_keep_all_their_segments() {
    assert_eq!(
        one_file("use std::time::SystemTime;\nfn f() { SystemTime::now(); println!() }"),
        [
            "lib.rs:1 std::time::SystemTime -> std::time::SystemTime",
            "lib.rs:2 SystemTime::now -> std::time::SystemTime::now via lib.rs:1",
            "lib.rs:2 println -> std::println",
        ]
    );
    assert_eq!(
        one_file("use sqlx::*;\nfn f(x: PgPool) {}"),
        ["lib.rs:1 sqlx::* -> sqlx", "lib.rs:2 PgPool -> sqlx::PgPool via lib.rs:1",]
    );
    // `anyhow::anyhow` must not hide the crate.
    assert_eq!(
        one_file("use sqlx::sqlx;\nfn f(x: sqlx::Pool) {}"),
        ["lib.rs:1 sqlx::sqlx -> sqlx::sqlx", "lib.rs:2 sqlx::Pool -> sqlx::Pool",]
    );
}

#[test]
fn a_local_module_hides_a_crate_of_its_name() {
    assert_eq!(
        one_file("mod sqlx { pub struct Pool; }\nfn f(x: sqlx::Pool, y: ::sqlx::Pool) {}"),
        ["lib.rs:2 sqlx::Pool -> shop::sqlx::Pool", "lib.rs:2 ::sqlx::Pool -> sqlx::Pool",]
    );
}

#[test]
fn variants_and_associated_names_lead_to_their_type() {
    let text = "fn f() { infra::Kind::A; infra::Kind::parse(); infra::Pool::new(); }\nfn g() { use infra::Kind::*; A; }";
    assert_eq!(
        with_infra(text),
        [
            "lib.rs:2 infra::Kind::A -> shop::infra::Kind::A",
            "lib.rs:2 infra::Kind::parse -> shop::infra::Kind",
            "lib.rs:2 infra::Pool::new -> shop::infra::Pool",
            "lib.rs:3 infra::Kind::* -> shop::infra::Kind",
            "lib.rs:3 A -> shop::infra::Kind::A via lib.rs:3",
        ]
    );
}

#[test]
fn blocks_have_names_of_their_own_that_modules_in_them_do_not_see() {
    let text = "fn f() {\nuse infra::Pool;\nmod m { fn g(x: super::infra::Pool) {} }\nlet x: Pool;\n}\nfn h(x: Pool) {}";
    let sources = Sources::new(&[("shop/src/lib.rs", &format!("{INFRA}{text}"))]);
    let facts = sources.analyze().facts;
    assert_eq!(facts.coverage[0].unresolved, 1);
    assert_eq!(facts.names.text(facts.unseen[0].written), "Pool");
    assert!(
        edges(&sources).contains(&"lib.rs:4 super::infra::Pool -> shop::infra::Pool".to_owned())
    );
}

#[test]
fn namespaces_are_apart() {
    let text = "mod infra { pub fn order() {} pub struct Order; }\nmod a {\nuse crate::infra::order;\nmod order {}\nfn f() { order() }\n}";
    assert_eq!(
        one_file(text),
        [
            "lib.rs:3 crate::infra::order -> shop::infra::order",
            "lib.rs:5 order -> shop::infra::order via lib.rs:3 again",
        ]
    );
}

#[test]
fn macros_follow_textual_scope_and_paths() {
    let text = "mod infra { pub fn open() {} }\n#[macro_use]\nmod m {\nmacro_rules! go { () => { $crate::infra::open() } }\n#[macro_export]\nmacro_rules! out { () => { go!() } }\n}\nmod a { fn f() { go!(); crate::out!(); } }";
    assert_eq!(
        one_file(text),
        [
            "lib.rs:4 $crate::infra::open -> shop::infra::open",
            "lib.rs:8 go -> shop::infra::open via lib.rs:4",
            "lib.rs:8 go -> shop::m::go",
            "lib.rs:8 crate::out -> shop::infra::open via lib.rs:6 via lib.rs:4",
            "lib.rs:8 crate::out -> shop::m::go via lib.rs:6",
            "lib.rs:8 crate::out -> shop::m::out",
        ]
    );
}

#[test]
fn a_macro_is_not_seen_before_its_definition() {
    let sources = Sources::new(&[(
        "shop/src/lib.rs",
        "fn f() { go!() }\nmacro_rules! go { () => {} }\nmod a { fn g() { go!() } }",
    )]);
    assert_eq!(edges(&sources), ["lib.rs:3 go -> shop::go"]);
    assert_eq!(sources.analyze().facts.coverage[0].unresolved, 1);
}

#[test]
fn conditional_branches_are_all_followed() {
    let text = "#[cfg(unix)]\nuse crate::a as imp;\n#[cfg(windows)]\nuse crate::b as imp;\nmod a { pub fn go() {} }\nmod b { pub fn go() {} }\nuse imp::go;";
    let found = one_file(text);
    assert!(
        found.contains(&"lib.rs:7 imp::go -> shop::a::go via lib.rs:2".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"lib.rs:7 imp::go -> shop::b::go via lib.rs:4".to_owned()),
        "{found:?}"
    );
}

#[test]
fn module_files_are_found_where_rustc_finds_them() {
    let sources = Sources::new(&[
        (
            "shop/src/lib.rs",
            "mod a;\nmod b { mod c; #[path = \"x.rs\"] mod d; }\n#[path = \"odd/e.rs\"] mod e;\npub struct S;",
        ),
        ("shop/src/a/mod.rs", "mod f;"),
        ("shop/src/a/f.rs", "use super::super::S;"),
        ("shop/src/b/c.rs", "use crate::S;"),
        ("shop/src/b/x.rs", "use crate::S;"),
        ("shop/src/odd/e.rs", "mod g;"),
        ("shop/src/odd/g.rs", "include!(\"h.inc\");"),
        ("shop/src/odd/h.inc", "use crate::S;"),
    ]);
    let modules = |facts: &Facts| -> Vec<String> {
        let imports = facts.dependencies.iter().filter(|edge| edge.kind == DependencyKind::Use);
        imports.map(|edge| facts.module_path(edge.from)).collect()
    };
    let mut found = modules(&sources.analyze().facts);
    found.sort();
    assert_eq!(found, ["shop::a::f", "shop::b::c", "shop::b::d", "shop::e::g"]);
}

#[test]
fn a_file_that_is_missing_broken_or_mounted_in_itself_is_an_issue() {
    let sources = Sources::new(&[
        (
            "shop/src/lib.rs",
            "mod gone;\nmod broken;\n#[path = \"lib.rs\"] mod me;\nuse gone::X;\nuse std::fs;",
        ),
        ("shop/src/broken.rs", "fn ("),
    ]);
    let Analysis { facts, issues } = sources.analyze();
    let rules: Vec<&str> = issues.iter().map(|issue| issue.rule.as_str()).collect();
    assert_eq!(rules, ["unreadable-source", "missing-module", "missing-module"]);
    assert_eq!(facts.coverage[0].opaque, 1);
    assert_eq!(facts.coverage[0].external, 1);
}

#[test]
fn the_2015_edition_starts_imports_at_the_crate_root() {
    let text = "mod infra { pub struct Pool; }\nmod a {\nuse infra::Pool;\nfn f(x: ::infra::Pool) {}\nuse sqlx::Row;\n}";
    let mut sources = Sources::new(&[("shop/src/lib.rs", text)]);
    sources.edition = Edition::E2015;
    assert_eq!(
        edges(&sources),
        [
            "lib.rs:3 infra::Pool -> shop::infra::Pool",
            "lib.rs:4 ::infra::Pool -> shop::infra::Pool",
            "lib.rs:5 sqlx::Row -> sqlx::Row",
        ]
    );
}

#[test]
fn a_binary_uses_its_own_library() {
    let sources = Sources::new(&[
        ("shop/src/lib.rs", "pub struct S;"),
        ("shop/src/main.rs", "use shop::S;\nmod m { use crate::main; }\nfn main() {}"),
    ]);
    assert_eq!(
        edges(&sources),
        ["main.rs:1 shop::S -> shop::S", "main.rs:2 crate::main -> shop[bin:shop]::main",]
    );
}

#[test]
fn impls_derives_and_attributes_refer_to_what_they_name() {
    let text = "mod port { pub trait Port {} }\nuse port::Port;\n#[derive(Clone, sqlx::FromRow)]\n#[tokio::main]\nstruct S;\nimpl Port for S {}";
    let facts = Sources::new(&[("shop/src/lib.rs", text)]).analyze().facts;
    let implemented = &facts.impls[0];
    let of_trait = implemented.of_trait.and_then(|reference| reference.target);
    assert_eq!(
        of_trait.map(|target| facts.target_path(target)).as_deref(),
        Some("shop::port::Port")
    );
    let self_type = implemented.self_type.map(|target| facts.target_path(target));
    assert_eq!(self_type.as_deref(), Some("shop::S"));
    let item = facts.items.iter().find(|item| facts.names.text(item.name) == "S").expect("S");
    let targets = |references: &[layers_rules::facts::Reference]| -> Vec<String> {
        references
            .iter()
            .filter_map(|reference| reference.target.map(|target| facts.target_path(target)))
            .collect()
    };
    assert_eq!(targets(&item.derives), ["std::clone::Clone", "sqlx::FromRow"]);
    assert_eq!(targets(&item.attributes), ["tokio::main"]);
}
