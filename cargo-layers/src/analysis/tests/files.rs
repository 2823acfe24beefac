//! Files, targets, editions, and what items refer to.

use layers_rules::facts::Crate;

use super::*;

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
fn a_program_is_shown_by_its_package_where_another_crate_has_its_name() {
    let sources = Sources::new(&[("app/src/main.rs", "fn main() {}"), ("web/src/lib.rs", "")]);
    let mut workspace = sources.workspace();
    let displays = |workspace: &Workspace| {
        let facts = analyze(workspace).facts;
        let display = |krate: &Crate| facts.names.text(krate.display).to_owned();
        facts.crates.iter().map(display).collect::<Vec<_>>()
    };
    assert_eq!(displays(&workspace), ["app", "web"]);
    workspace.packages[0].targets[0].name = "web".to_owned();
    assert_eq!(displays(&workspace), ["app[bin:web]", "web"]);
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
