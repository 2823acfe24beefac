//! What items are like: their words, receivers, numbers of parts and lines.

use layers_rules::facts::{Form, Modifiers, Receiver};

use crate::parse::parse;

/// The form of the last item that `code` declares.
fn form(code: &str) -> Form {
    let tree = parse(code);
    assert_eq!(tree.problems, [], "{code}");
    tree.items.last().expect("an item").form
}

#[test]
fn words_in_front_of_an_item_are_modifiers() {
    let body = Modifiers::BODY;
    for (code, modifiers) in [
        ("fn f() {}", body),
        ("async fn f() {}", body | Modifiers::ASYNC),
        ("const unsafe fn f() {}", body | Modifiers::CONST | Modifiers::UNSAFE),
        ("unsafe trait T {}", Modifiers::UNSAFE),
        ("unsafe impl T for S {}", Modifiers::UNSAFE),
        ("extern \"C\" { fn f(); }", Modifiers::UNSAFE),
        ("unsafe extern \"C\" { safe fn f(); }", Modifiers::empty()),
        ("unsafe extern \"C\" { static mut A: u8; }", Modifiers::UNSAFE | Modifiers::MUTABLE),
        ("static mut A: u8 = 1;", body | Modifiers::MUTABLE),
        ("static A: u8 = 1;", body),
        ("const A: u8 = 1;", body),
        ("struct S<T>(T);", Modifiers::GENERIC),
        ("struct S<'a, const N: usize>(&'a [u8; N]);", Modifiers::GENERIC),
        ("struct S<'a>(&'a u8);", Modifiers::empty()),
        ("impl<T> A for B<T> {}", Modifiers::GENERIC),
        ("fn f<T>() {}", body | Modifiers::GENERIC),
        ("/// What it is for.\nstruct S;", Modifiers::DOCUMENTED),
        ("#[doc = include_str!(\"s.md\")] struct S;", Modifiers::DOCUMENTED),
        ("#[doc(hidden)] struct S;", Modifiers::empty()),
        ("mod m { //! Inside.\n }", Modifiers::DOCUMENTED),
        ("enum E { /** One. */ A }", Modifiers::DOCUMENTED),
        ("trait T { fn f(); }", Modifiers::empty()),
        ("trait T { fn f() {} }", body),
        ("trait T { const A: u8; }", Modifiers::empty()),
        ("trait T { const A: u8 = 1; }", body),
        ("trait T { type A; }", Modifiers::empty()),
        ("impl T for S { type A = u8; }", body),
        ("impl S { const A: u8 = 1; }", body),
        ("impl S { async fn f() {} }", body | Modifiers::ASYNC),
    ] {
        assert_eq!(form(code).modifiers, modifiers, "{code}");
    }
}

#[test]
fn a_file_may_be_documented_inside() {
    assert!(parse("//! What it holds.\n").documented);
    assert!(!parse("/// What it is.\nstruct S;\n").documented);
}

#[test]
fn each_way_to_take_self_is_told() {
    for (parameters, receiver) in [
        ("", Receiver::None),
        ("this: &Self", Receiver::None),
        ("&self", Receiver::Ref),
        ("&'a self, other: u8", Receiver::Ref),
        ("self: &Self", Receiver::Ref),
        ("self: Pin<&Self>", Receiver::Ref),
        ("&mut self", Receiver::Mut),
        ("self: &mut Self", Receiver::Mut),
        ("self: std::pin::Pin<&mut Self>", Receiver::Mut),
        ("self", Receiver::Owned),
        ("mut self", Receiver::Owned),
        ("self: Box<Self>", Receiver::Owned),
        ("self: Pin<Box<Self>>", Receiver::Owned),
    ] {
        assert_eq!(form(&format!("impl S {{ fn f({parameters}) {{}} }}")).receiver, receiver);
    }
}

#[test]
fn parts_are_counted() {
    assert_eq!(form("struct S { a: u8, b: u8 }").fields, 2);
    assert_eq!(form("struct S(u8, u8, u8);").fields, 3);
    assert_eq!(form("struct S;").fields, 0);
    assert_eq!(form("union U { a: u8 }").fields, 1);
    assert_eq!(form("enum E { A(u8, u8) }").fields, 2);
    assert_eq!(form("fn f(a: u8, (b, c): (u8, u8)) {}").parameters, 2);
    assert_eq!(form("impl S { fn f(&self, a: u8) {} }").parameters, 1);
    assert_eq!(form("extern \"C\" { fn f(a: u8); }").parameters, 1);
}

#[test]
fn lines_reach_from_the_first_word_to_the_last_token() {
    for (code, lines) in [
        ("struct S;", 1),
        ("/// One.\n/// Two.\n#[attr]\nstruct S\n;\n", 2),
        ("\u{feff}fn f() {\n    g();\n}\n\n", 3),
        ("#!/bin/sh\n\nfn f() {\r\n}\r\n", 2),
        ("mod m {\n\n}", 3),
        ("macro_rules! m {\n    () => {};\n}", 3),
    ] {
        assert_eq!(form(code).lines, lines, "{code:?}");
    }
}
