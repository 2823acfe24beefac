//! Scopes, namespaces, macros, conditions.

use super::*;
use crate::configuration::Configuration;

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
fn a_configuration_leaves_out_what_it_excludes() {
    let text = "#[cfg(windows)]\nmod w { use std::fs; }\n#[cfg(unix)]\nmod u { use std::io; }\n\
                fn f() {\n#[cfg(windows)]\nstd::process::exit(1);\n}\n#[cfg(windows)]\nmod gone;";
    let sources = Sources::new(&[("shop/src/lib.rs", text)]);
    let workspace = sources.workspace();
    let linux = Configuration::new(&workspace, Some("x86_64-unknown-linux-gnu"), None);
    let Analysis { facts, issues } =
        crate::analysis::analyze_for(&workspace, &linux.expect("a known target"), Needs::default());
    let used: Vec<String> =
        facts.dependencies.iter().map(|edge| facts.target_path(edge.to)).collect();
    assert_eq!(used, ["std::io"]);
    assert_eq!(facts.modules.len(), 2);
    assert_eq!(issues, []);
    let everything = sources.analyze();
    assert_eq!(everything.facts.dependencies.len(), 3);
    assert_eq!(everything.issues.len(), 1);
}

#[test]
fn a_macro_may_add_its_condition_to_what_it_is_given() {
    let sources = Sources::new(&[
        (
            "shop/src/lib.rs",
            "#[macro_use]\nmod gates;\nwindows_only! { mod w; use std::net; }\nmod u;",
        ),
        (
            "shop/src/gates.rs",
            "macro_rules! windows_only { ($($item:item)*) => { $( #[cfg(windows)] $item )* } }",
        ),
        ("shop/src/w.rs", "#[cfg(debug_assertions)]\nuse std::fs;"),
        ("shop/src/u.rs", "use std::io;"),
    ]);
    let facts = sources.analyze().facts;
    let conditions: Vec<(String, Option<&str>)> = facts
        .dependencies
        .iter()
        .filter(|edge| edge.kind == DependencyKind::Use)
        .map(|edge| (facts.target_path(edge.to), edge.cfg.map(|cfg| facts.names.text(cfg))))
        .collect();
    assert_eq!(
        conditions,
        [
            ("std::net".to_owned(), Some("windows")),
            ("std::fs".to_owned(), Some("all(windows, debug_assertions)")),
            ("std::io".to_owned(), None),
        ]
    );
    let workspace = sources.workspace();
    let linux = Configuration::new(&workspace, Some("x86_64-unknown-linux-gnu"), None);
    let facts =
        crate::analysis::analyze_for(&workspace, &linux.expect("a known target"), Needs::default())
            .facts;
    let modules: Vec<String> =
        (0..facts.modules.len()).map(|module| facts.module_path(ModuleId::new(module))).collect();
    assert_eq!(modules, ["shop", "shop::gates", "shop::u"]);
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
fn an_attribute_or_a_derive_is_no_macro_rules() {
    let edges = one_file(
        "macro_rules! pin { () => {} }
         mod m { sqlx::project! { struct S { #[pin] a: u8 } } fn f() { pin!(); } }
         mod n { #[derive(pin)] struct T; }",
    );
    let pins: Vec<_> = edges.iter().filter(|edge| edge.contains("-> shop::pin")).collect();
    assert_eq!(pins, ["lib.rs:2 pin -> shop::pin"]);
}
