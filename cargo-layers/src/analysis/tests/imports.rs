//! Imports, globs, re-exports, outside crates.

use super::*;

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
fn globs_of_globs_show_every_hop() {
    let text = "mod a { pub struct X; }\nmod b { pub use crate::a::*; }\nmod c { pub use crate::b::*; }\nmod d {\nuse crate::c::*;\nfn f(x: X) {}\n}";
    assert_eq!(
        one_file(text).last().expect("an edge"),
        "lib.rs:6 X -> shop::a::X via lib.rs:5 via lib.rs:3 via lib.rs:2"
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
    // One that is named like another crate hides that.
    assert_eq!(
        one_file("use sqlx::tokio;\nfn f(x: tokio::Task) {}"),
        [
            "lib.rs:1 sqlx::tokio -> sqlx::tokio",
            "lib.rs:2 tokio::Task -> sqlx::tokio::Task via lib.rs:1"
        ]
    );
}

#[test]
fn an_outside_library_may_be_named_unlike_its_package() {
    let sources = Sources::new(&[
        ("a_infra/src/lib.rs", ""),
        ("shop/src/lib.rs", "use sha1::Digest; use ini::Ini;"),
    ]);
    let mut workspace = sources.workspace();
    for package in ["sha-1", "rust-ini"] {
        workspace.packages[1].dependencies.push(dependency(package, None, None));
    }
    let facts = analyze(&workspace).facts;
    let used: Vec<String> =
        facts.dependencies.iter().map(|edge| facts.target_path(edge.to)).collect();
    assert_eq!(used, ["sha1::Digest", "ini::Ini"]);
    assert_eq!(facts.unseen, []);
}

#[test]
fn a_local_module_hides_a_crate_of_its_name() {
    assert_eq!(
        one_file("mod sqlx { pub struct Pool; }\nfn f(x: sqlx::Pool, y: ::sqlx::Pool) {}"),
        ["lib.rs:2 sqlx::Pool -> shop::sqlx::Pool", "lib.rs:2 ::sqlx::Pool -> sqlx::Pool",]
    );
}

#[test]
fn a_glob_takes_from_every_module_that_conditions_keep_apart() {
    let edges = one_file(
        "pub use self::imp::*;
         #[cfg(unix)] mod imp { pub fn f() {} }
         #[cfg(windows)] mod imp { pub fn f() {} }
         mod user { fn g() { crate::f(); } }",
    );
    let calls = edges.iter().filter(|edge| edge.starts_with("lib.rs:4 crate::f -> shop::imp::f"));
    assert_eq!(calls.count(), 2, "{edges:#?}");
}
