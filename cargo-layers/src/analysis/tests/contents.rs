//! What each module holds.

use super::*;
use crate::analysis::analyze_contents;
use crate::configuration::Configuration;
use crate::facts::{NameMeaning, NameVisibility};

/// `module: namespace name -> meaning visibility how [written, file:line of each hop]`,
/// sorted, for the modules of a workspace.
fn names(sources: &Sources) -> Vec<String> {
    let (facts, contents) = analyze_contents(&sources.workspace(), &Configuration::default());
    let mut shown = Vec::new();
    for module in &contents {
        let path = facts.module_path(module.module);
        for name in &module.names {
            let meaning = match name.meaning {
                NameMeaning::Target(target) => facts.target_path(target),
                NameMeaning::Builtin => "builtin".to_owned(),
                NameMeaning::Made(module) => format!("? in {}", facts.module_path(module)),
                NameMeaning::Unknown => "?".to_owned(),
            };
            let visibility = match name.visibility {
                NameVisibility::Public => "pub".to_owned(),
                NameVisibility::Crate => "crate".to_owned(),
                NameVisibility::Private => "private".to_owned(),
                NameVisibility::Restricted(module) => format!("in {}", facts.module_path(module)),
            };
            let how = match &name.import {
                None => String::new(),
                Some(import) => {
                    let hops = facts.chains[name.chain.index()].len();
                    let glob = if import.glob { "glob" } else { "import" };
                    format!(" {glob} {} +{hops}", facts.names.text(import.written))
                }
            };
            let (namespace, text) = (name.namespace, facts.names.text(name.name));
            shown.push(format!("{path}: {namespace:?} {text} -> {meaning} {visibility}{how}"));
        }
        for glob in &module.open_globs {
            let to = glob.to.map_or("?".to_owned(), |to| facts.target_path(to));
            shown.push(format!("{path}: {} -> {to}", facts.names.text(glob.import.written)));
        }
    }
    shown.sort();
    shown
}

fn names_of(text: &str) -> Vec<String> {
    names(&Sources::new(&[("shop/src/lib.rs", text)]))
}

#[test]
fn definitions_stand_in_their_namespaces() {
    assert_eq!(
        names_of("pub struct Unit; struct Plain { a: u8 } pub fn f() {} const C: u8 = 0;"),
        [
            "shop: Type Plain -> shop::Plain private",
            "shop: Type Unit -> shop::Unit pub",
            "shop: Value C -> shop::C private",
            "shop: Value Unit -> shop::Unit pub",
            "shop: Value f -> shop::f pub",
        ]
    );
}

#[test]
fn a_visibility_is_said_in_terms_of_modules() {
    assert_eq!(
        names_of(
            "pub(crate) mod a { pub mod b { pub(super) type S = u8; pub(crate) type C = u8; \
             pub(in crate::a) type I = u8; type P = u8; pub(self) type T = u8; } }"
        ),
        [
            "shop: Type a -> shop::a crate",
            "shop::a: Type b -> shop::a::b pub",
            "shop::a::b: Type C -> shop::a::b::C crate",
            "shop::a::b: Type I -> shop::a::b::I in shop::a",
            "shop::a::b: Type P -> shop::a::b::P private",
            "shop::a::b: Type S -> shop::a::b::S in shop::a",
            "shop::a::b: Type T -> shop::a::b::T private",
        ]
    );
}

#[test]
fn imports_and_globs_say_how_and_through_what() {
    assert_eq!(
        names_of(
            "mod a { pub enum E { V } pub use self::E as F; }
             mod b { pub(crate) use crate::a::F; use crate::a::*; }
             pub use a::E::*;"
        ),
        [
            "shop: Type V -> shop::a::E::V pub glob a::E::* +0",
            "shop: Type a -> shop::a private",
            "shop: Type b -> shop::b private",
            "shop: Value V -> shop::a::E::V pub glob a::E::* +0",
            "shop::a: Type E -> shop::a::E pub",
            "shop::a: Type F -> shop::a::E pub import self::E +0",
            "shop::b: Type E -> shop::a::E private glob crate::a::* +0",
            "shop::b: Type F -> shop::a::E crate import crate::a::F +1",
        ]
    );
}

#[test]
fn what_leads_nowhere_or_out_of_sight_stays_once() {
    assert_eq!(
        names_of(
            "use crate::empty::missing::Thing; use crate::empty::gone::*; use sqlx::prelude::*;
             mod made { generate! { thing } pub struct Real { a: u8 } }
             use made::{Made, Real}; mod empty {}"
        ),
        [
            "shop: Type Made -> ? in shop::made private import made::Made +0",
            "shop: Type Real -> shop::made::Real private import made::Real +0",
            "shop: Type Thing -> ? private import crate::empty::missing::Thing +0",
            "shop: Type empty -> shop::empty private",
            "shop: Type made -> shop::made private",
            "shop: crate::empty::gone::* -> ?",
            "shop: sqlx::prelude::* -> sqlx::prelude",
            "shop::made: Type Real -> shop::made::Real pub",
        ]
    );
}

#[test]
fn an_outside_name_may_be_anything() {
    assert_eq!(
        names_of("use sqlx::query; use std::fmt::{self}; extern crate tokio as rt;"),
        [
            "shop: Macro query -> sqlx::query private import sqlx::query +0",
            "shop: Type fmt -> std::fmt private import std::fmt +0",
            "shop: Type query -> sqlx::query private import sqlx::query +0",
            "shop: Type rt -> tokio private import tokio +0",
            "shop: Value query -> sqlx::query private import sqlx::query +0",
        ]
    );
}

#[test]
fn macros_stand_where_they_are_defined_and_exported() {
    assert_eq!(
        names_of(
            "mod m { #[macro_export] macro_rules! shared { () => {} } \
             macro_rules! own { () => {} } pub(crate) use own as renamed; }"
        ),
        [
            "shop: Macro shared -> shop::m::shared pub",
            "shop: Type m -> shop::m private",
            "shop::m: Macro own -> shop::m::own private",
            "shop::m: Macro renamed -> shop::m::own crate import own +0",
            "shop::m: Macro shared -> shop::m::shared private",
        ]
    );
}

#[test]
fn blocks_are_no_modules_and_conditions_keep_definitions_apart() {
    assert_eq!(
        names_of(
            "fn f() { use std::fmt; mod inner { struct S; } struct Local; }
             #[cfg(unix)] mod imp { pub struct P; } #[cfg(windows)] mod imp { pub struct Q; }"
        ),
        [
            "shop: Type imp -> shop::imp private",
            "shop: Type imp -> shop::imp private",
            "shop: Value f -> shop::f private",
            "shop::imp: Type P -> shop::imp::P pub",
            "shop::imp: Type Q -> shop::imp::Q pub",
            "shop::imp: Value P -> shop::imp::P pub",
            "shop::imp: Value Q -> shop::imp::Q pub",
            "shop::inner: Type S -> shop::inner::S private",
            "shop::inner: Value S -> shop::inner::S private",
        ]
    );
}

#[test]
fn code_that_is_left_out_names_nothing() {
    let sources = Sources::new(&[(
        "shop/src/lib.rs",
        "#[cfg(windows)] use crate::missing::Thing; #[cfg(windows)] use crate::gone::*; struct S;",
    )]);
    let workspace = sources.workspace();
    let linux = Configuration::new(&workspace, Some("x86_64-unknown-linux-gnu"), None)
        .expect("a known target");
    let (facts, contents) = analyze_contents(&workspace, &linux);
    let names = contents[0].names.iter().map(|name| facts.names.text(name.name));
    assert_eq!(names.collect::<Vec<_>>(), ["S", "S"]);
    assert_eq!(contents[0].open_globs.len(), 0);
}

#[test]
fn macro_calls_that_are_not_seen_through_are_counted() {
    let facts = analyze(
        &Sources::new(&[(
            "shop/src/lib.rs",
            "generate! { thing }\nmod m { sqlx::make!(1); }\nwrap! { struct Seen; }",
        )])
        .workspace(),
    )
    .facts;
    let calls = facts.unseen_macros.iter();
    let calls: Vec<_> = calls
        .map(|call| (facts.names.text(call.written), facts.module_path(call.from), call.span.start))
        .collect();
    let expected = [("generate", "shop".to_owned(), 0), ("sqlx::make", "shop::m".to_owned(), 28)];
    assert_eq!(calls, expected);
}
