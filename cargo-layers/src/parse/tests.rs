//! One test for each way that source text can write a name.

mod forms;

use super::item_tree::{Anchor, Namespace};
use super::*;

fn item_names(tree: &ItemTree) -> Vec<&str> {
    tree.items.iter().map(|item| tree.text(item.name)).collect()
}

/// Every written path, macro bodies and imports apart.
fn paths(code: &str) -> Vec<String> {
    let tree = parse(code);
    assert_eq!(tree.problems, [], "{code}");
    tree.paths.iter().map(|path| shown(&tree, path)).collect()
}

fn shown(tree: &ItemTree, path: &item_tree::WrittenPath) -> String {
    let names: Vec<&str> = tree.names(path.segments).iter().map(|name| tree.text(*name)).collect();
    let anchor = match path.anchor {
        Anchor::Plain => String::new(),
        Anchor::Global => "::".to_owned(),
        Anchor::Crate => "crate::".to_owned(),
        Anchor::DollarCrate => "$crate::".to_owned(),
        Anchor::Super(0) => "self::".to_owned(),
        Anchor::Super(up) => "super::".repeat(usize::from(up)),
    };
    anchor + &names.join("::")
}

fn imports(code: &str) -> Vec<(String, String)> {
    let tree = parse(code);
    let source = crate::source::Source::new(code);
    tree.imports
        .iter()
        .map(|import| {
            let names: Vec<&str> =
                tree.names(import.path).iter().map(|name| tree.text(*name)).collect();
            let kind = match import.kind {
                item_tree::ImportKind::Single(name, namespaces) => {
                    let name = name.map_or("_", |name| tree.text(name));
                    let types =
                        if namespaces == item_tree::Namespaces::TYPES { " (type)" } else { "" };
                    format!(" as {name}{types}")
                }
                item_tree::ImportKind::Glob => "::*".to_owned(),
                item_tree::ImportKind::ExternCrate(name, macros) => {
                    let name = name.map_or("_", |name| tree.text(name));
                    format!(" extern {name}{}", if macros { " with macros" } else { "" })
                }
            };
            let anchor = format!("{:?} ", import.anchor);
            (anchor + &names.join("::") + &kind, source.text(import.span).to_owned())
        })
        .collect()
}

#[test]
fn use_trees_are_flattened_with_the_span_of_each_leaf() {
    let found = imports(
        "use crate::a::{self, b::C as D, e::*}; pub use self::f; use super::super::g as _; \
         use ::h::{i, j}; extern crate k as l; #[macro_use] extern crate self as m; use {n, o::p};",
    );
    let expected = [
        ("Crate a as a (type)", "self"),
        ("Crate a::b::C as D", "b::C"),
        ("Crate a::e::*", "e::*"),
        ("Super(0) f as f", "self::f"),
        ("Super(2) g as _", "super::super::g"),
        ("Global h::i as i", "i"),
        ("Global h::j as j", "j"),
        ("Plain k extern l", "k"),
        ("Crate  extern m with macros", "self"),
        ("Plain n as n", "n"),
        ("Plain o::p as p", "o::p"),
    ];
    let expected = expected.map(|(path, span)| (path.to_owned(), span.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let cases: &[(&str, &[&str])] = &[
        ("fn f(x: a::B) -> c::D {}", &["a::B", "c::D"]),
        ("fn f<T: a::B>() where T: c::D {}", &["a::B", "c::D"]),
        ("struct S { x: Vec<a::B> }", &["Vec", "a::B"]),
        ("fn f() { a::b(c::D { e: g::H }) }", &["a::b", "c::D", "g::H"]),
        ("fn f() { let a::B(x) = y::Z else { return; }; x }", &["y::Z", "a::B"]),
        ("fn f() { match x() { a::B::C => 1, a::D { .. } => 2 } }", &["x", "a::B::C", "a::D"]),
        ("impl a::B for c::D { type E = g::H; }", &["a::B", "c::D", "g::H"]),
        ("fn f() { <T as a::B>::c(); <d::E>::g() }", &["T", "a::B", "d::E"]),
        ("const A: [u8; a::N] = [0; { b::M }];", &["a::N", "b::M"]),
        ("type A = dyn a::B<C = d::E> + g::H;", &["a::B", "d::E", "g::H"]),
        ("pub(in crate::a) fn f() {}", &["crate::a"]),
        ("enum E { A(a::B), C = d::E }", &["a::B", "d::E"]),
        ("fn f() { println!(\"{}\", a::b()); c::d!(e::g) }", &["println", "a::b", "c::d", "e::g"]),
        ("fn f() { m!(a::b => c::D, $e::g, .h::i) }", &["m", "a::b", "c::D"]),
        (
            "fn f() { self::a(); super::b(); crate::c(); ::d::e() }",
            &["self::a", "super::b", "crate::c", "::d::e"],
        ),
        ("m! { fn f() { a::b() } }", &["m", "a::b"]),
        (
            "cfg_if! { if #[cfg(x)] { fn f() { a::b() } } else { fn f() { c::d() } } }",
            &["cfg_if", "a::b", "c::d"],
        ),
    ];
    for (code, expected) in cases {
        assert_eq!(paths(code), *expected, "{code}");
    }
}

#[test]
fn attributes_derives_and_paths_in_their_strings_are_found() {
    let code = "#[derive(Clone, a::B)] #[c::d(e = f::G)] #[serde(with = \"h::i\")] \
                #[cfg_attr(test, derive(j::K))] /// x::y\n struct S;";
    assert_eq!(paths(code), ["Clone", "a::B", "c::d", "f::G", "serde", "h::i", "j::K"]);
    let tree = parse(code);
    let item = &tree.items[0];
    let [derives, attributes] =
        [item.derives, item.attributes].map(|paths| tree.attributes(paths).len());
    assert_eq!((derives, attributes), (3, 2));
}

#[test]
fn what_names_nothing_new_is_left_out() {
    let cases = [
        "fn f(x: u8) { let y = x; y; { let z = y; z }; }",
        "fn f<T>(x: T) -> T { x }",
        "impl<const N: usize> A for [u8; N] {}",
        "trait A { fn f(self) -> Self; fn g() { Self::f } }",
        "fn f() { for x in 0..1 { x } while let y = 1 { y } if let z = 1 { z } |a| a; }",
        "fn f() { match 1 { x if x == 1 => x, y => y } }",
        "#[rustfmt::skip] #[doc = \"a::b\"] fn f() { \"a::b\"; /* a::b */ }",
    ];
    for code in cases {
        let found = paths(code);
        assert!(found.iter().all(|path| path == "A"), "{code}: {found:?}");
    }
}

#[test]
fn a_local_hides_a_name_only_in_its_scope() {
    assert_eq!(paths("fn f() { { let x = 1; } x }"), ["x"]);
    assert_eq!(paths("fn f() { let x = x; }"), ["x"]);
    assert_eq!(paths("fn f() { let x = 1; fn g() { x } }"), ["x"]);
    assert_eq!(paths("fn f<T>() { fn g() { T::new() } }"), ["T::new"]);
    assert_eq!(paths("fn f() { if let x = 1 {} else { x } }"), ["x"]);
}

/// The conditions of an item, the innermost first.
fn predicates<'t>(tree: &'t ItemTree, item: &item_tree::Item) -> Vec<&'t str> {
    let outer = |cfg: &u32| tree.cfgs[*cfg as usize].outer;
    let cfgs = std::iter::successors(item.cfg, outer);
    cfgs.map(|cfg| &*tree.cfgs[cfg as usize].predicate).collect()
}

#[test]
fn conditions_nest_and_tell_tests_apart() {
    let code = "#[cfg(unix)] mod a { #[cfg(feature = \"x\")] fn b() {} #[test] fn c() {} } \
                #[cfg(any(test, unix))] fn d() {} #[cfg(all(unix, test))] fn e() {} \
                #[cfg(not(test))] fn f() {} #[tokio::test] async fn g() {}";
    let tree = parse(code);
    let conditions: Vec<(&str, Vec<&str>, bool)> = tree
        .items
        .iter()
        .map(|item| (tree.text(item.name), predicates(&tree, item), tree.is_test(item.cfg)))
        .collect();
    let expected = [
        ("a", vec!["unix"], false),
        ("b", vec!["feature = \"x\"", "unix"], false),
        ("c", vec!["test", "unix"], true),
        ("d", vec!["any(test, unix)"], false),
        ("e", vec!["all(unix, test)"], true),
        ("f", vec!["not(test)"], false),
        ("g", vec!["test"], true),
    ];
    assert_eq!(conditions, expected);
}

#[test]
fn each_arm_of_cfg_select_stands_under_its_condition() {
    let code = "cfg_select! { unix => { mod a; fn b() { c::d() } } \
                all(feature = \"x\", test) => { fn e() {} }, _ => { fn f() {} } }";
    let tree = parse(code);
    let condition = |item: &item_tree::Item| {
        let mut predicates = predicates(&tree, item);
        // What the macro itself may add is not known here.
        assert_eq!(predicates.pop(), Some(""));
        (tree.text(item.name), predicates.join(" in "), tree.is_test(item.cfg))
    };
    let conditions: Vec<_> = tree.items.iter().map(condition).collect();
    let second = "all(feature = \"x\", test)";
    let expected = [
        ("a", "unix".to_owned(), false),
        ("b", "unix".to_owned(), false),
        ("e", format!("{second} in not(unix)"), true),
        ("f", format!("not({second}) in not(unix)"), false),
    ];
    assert_eq!(conditions, expected);
    assert!(!tree.scopes[0].opaque);
    for other in ["cfg_select! { unix => 1, _ => 2 }", "cfg_select! { unix { fn a() {} } }"] {
        assert!(parse(other).scopes[0].opaque, "{other}");
    }
}

#[test]
fn a_condition_is_kept_in_one_line_without_comments() {
    for (written, kept) in [
        ("all(\n    unix, // not for long\n    feature=\"x\",\n)", "all(unix, feature = \"x\")"),
        ("not( any( a , /* b */ b ) )", "not(any(a, b))"),
        ("target_feature = \"+sse\"", "target_feature = \"+sse\""),
        ("any()", "any()"),
        ("accessible(::std::mem)", "accessible(::std::mem)"),
    ] {
        let tree = parse(&format!("#[cfg({written})] fn f() {{}}"));
        assert_eq!(&*tree.cfgs[0].predicate, kept);
    }
}

#[test]
fn macro_bodies_keep_their_paths_apart() {
    let code = "macro_rules! m { ($a:ident, p::q) => { $crate::a::b($a, c::d, $a::e); n!(f) }; }";
    let tree = parse(code);
    let found: Vec<String> = tree.macro_paths.iter().map(|path| shown(&tree, path)).collect();
    assert_eq!(found, ["$crate::a::b", "c::d", "n"]);
    assert_eq!(tree.macro_paths[2].namespace, Some(Namespace::Macro));
    assert_eq!(tree.paths, []);
}

#[test]
fn a_macro_defined_in_the_arguments_of_another_may_be_exported() {
    let tree = parse("doc! {macro_rules! join { ($a:expr) => { $crate::run($a) } }}");
    assert_eq!(item_names(&tree), ["join"]);
    assert!(tree.items[0].exported);
}

#[test]
fn what_a_macro_surely_declares_is_declared() {
    let tree = parse(
        "lazy_static! { static ref A: u8 = 1; } bitflags! { struct B: u8 { const C = 1; } } \
         macro_rules! codes { ($($n:ident)*) => { pub enum Code { $($n),* } pub mod sub {} } } \
         codes! { X Y }",
    );
    assert_eq!(item_names(&tree), ["A", "B", "codes", "Code", "sub"]);
    assert!(tree.scopes[0].opaque);
}

#[test]
fn a_call_tells_the_name_that_a_macro_of_the_file_declares() {
    let names = |rule: &str, call: &str| -> Vec<String> {
        let tree = parse(&format!("macro_rules! make {{ {rule} }} make! {{ {call} }}"));
        item_names(&tree).into_iter().skip(1).map(str::to_owned).collect()
    };
    assert_eq!(names("($name:ident) => { pub struct $name(u8); }", "OrderId"), ["OrderId"]);
    assert_eq!(
        names(
            "($(#[$m:meta])* $v:vis $t:ty, $name:ident) => { $v fn $name() -> $t { 0 } }",
            "#[inline] pub(crate) Vec<u8>, open"
        ),
        ["open"]
    );
    assert_eq!(
        names("($n:ident $f:expr) => { pin! { pub struct $n<R> { r: R } } }", "ReadU8 1 + 1"),
        ["ReadU8"]
    );
    // Neither a method nor a name of another rule's shape.
    assert_eq!(names("($n:ident) => { impl S { fn $n() {} } }", "method"), [""; 0]);
    assert_eq!(names("(fn $n:ident) => { struct $n; }", "loop Other"), [""; 0]);
}

#[test]
fn proc_macros_declare_their_own_name() {
    let tree = parse("#[proc_macro_derive(Row, attributes(x))] pub fn derive_row() {}");
    assert_eq!(item_names(&tree), ["derive_row", "Row"]);
    assert!(tree.items[1].exported);
}

#[test]
fn module_files_and_includes_are_noted() {
    let tree = parse(
        "#[path = \"x.rs\"] mod a; #[cfg_attr(unix, path = \"u.rs\")] mod b; #[macro_use] mod c {} \
         include!(\"d.rs\");",
    );
    let paths: Vec<Vec<&str>> = tree
        .modules
        .iter()
        .map(|module| module.paths.iter().map(|(path, _)| &**path).collect())
        .collect();
    assert_eq!(paths, [vec!["x.rs"], vec!["u.rs"], vec![]]);
    assert!(tree.modules[2].macro_use && tree.modules[2].body.is_some());
    assert_eq!(&*tree.includes[0].file, "d.rs");
}

#[test]
fn a_file_that_syn_refuses_is_read_item_by_item() {
    let code = "use a::B; fn async() { c::d() } mod m { trait T { fn f(u8); fn g() { e::h() } } \
                use i::j; } struct S;";
    let tree = parse(code);
    assert_eq!(tree.problems.len(), 1);
    assert!(tree.problems[0].recovered);
    let found: Vec<String> = tree.paths.iter().map(|path| shown(&tree, path)).collect();
    assert_eq!(found, ["c::d", "e::h"]);
    assert_eq!(tree.imports.len(), 2);
    assert_eq!(item_names(&tree), ["async", "m", "T", "S"]);
}

#[test]
fn text_that_is_no_rust_is_a_problem_and_no_panic() {
    for code in ["fn f( {", "\"", "'", "/*", "}", "\u{0}", "fn é() { ∂ }", "#!", "r#\"x"] {
        let tree = parse(code);
        assert_eq!(tree.problems.len(), usize::from(code != "#!"), "{code:?}");
    }
    for code in ["", "\u{feff}", "// only a comment", "#!/bin/sh\n"] {
        assert_eq!(parse(code).problems, [], "{code:?}");
    }
}

#[test]
fn absurd_nesting_is_refused_and_deep_nesting_is_read() {
    let nested =
        |depth: usize| format!("const A: u8 = {}1{};", "(".repeat(depth), ")".repeat(depth));
    let parse_on_large_stack = |code: String| {
        std::thread::Builder::new()
            .stack_size(STACK_SIZE)
            .spawn(move || parse(&code))
            .expect("a thread")
            .join()
            .expect("no overflow")
    };
    let refused = parse_on_large_stack(nested(100_000));
    assert_eq!(refused.problems.len(), 1);
    assert!(!refused.problems[0].recovered);
    assert_eq!(parse_on_large_stack(nested(5_000)).problems, []);
}
