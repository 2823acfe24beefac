use super::*;
use crate::parse::parse;

/// What each exception covers, by its text, and what it says; files end with a line break.
fn covered(code: &str) -> Vec<(String, String)> {
    shown(code, &parse(code).exceptions)
}

fn shown(code: &str, exceptions: &[ExceptionComment]) -> Vec<(String, String)> {
    let text = |span: Span| code[span.range()].to_owned();
    exceptions
        .iter()
        .map(|exception| {
            let says = match &exception.says {
                Ok(directive) => directive.reason.clone(),
                Err(malformed) => {
                    format!("{} [{}]", malformed.message, text(malformed.span))
                }
            };
            (text(exception.covers), says)
        })
        .collect()
}

/// Checks what the only exception covers.
fn assert_covers(code: &str, expected: &str) {
    let covered = covered(code);
    assert_eq!(covered.len(), 1, "{code}");
    assert_eq!(covered[0], (expected.to_owned(), "r".to_owned()), "{code}");
}

const ALLOW: &str = "// layers: allow(a): r\n";

#[test]
fn the_next_line_of_code_is_covered_with_all_that_begins_there() {
    for item in [
        "use a::{\n    b,\n    c,\n};",
        "pub mod m {\n    use a;\n}",
        "mod m;",
        "#[derive(\n    A\n)]\n/// doc\npub struct S {\n    a: u8,\n}",
        "fn f() {\n    g()\n}",
        "impl A for B {\n    fn f() {}\n}",
        "extern crate a;",
        "m! {\n    a\n}",
    ] {
        assert_covers(&format!("{ALLOW}{item}\nuse z;\n"), item);
        assert_covers(&format!("use z;\n\n{ALLOW}\n// why\n{item}\nuse z;\n"), item);
    }
}

#[test]
fn parts_of_items_are_covered() {
    for (before, part, after) in [
        ("fn f() {\n", "let a = b(\n    c,\n);", "\n}\n"),
        ("fn f() {\n", "if a {\n    b()\n}", "\nc();\n}\n"),
        ("fn f() { match a {\n", "B => {\n    c\n}", "\n_ => d }\n}\n"),
        ("struct S {\n", "a: B<\n    C,\n>", ",\n}\n"),
        ("enum E {\n", "A {\n    b: C,\n}", ",\nD }\n"),
        ("impl A {\n", "pub fn f() {\n    b()\n}", "\nfn g() {}\n}\n"),
        ("trait A {\n", "fn f() {\n    b()\n}", "\n}\n"),
        ("use a::{\n", "b::{\n    c,\n}", ",\nd };\n"),
    ] {
        let code = format!("{before}    {ALLOW}{part}{after}");
        let found = &covered(&code)[0].0;
        assert_eq!(found.trim_end_matches(','), part, "{code}");
    }
}

#[test]
fn a_comment_between_attributes_covers_the_item() {
    let item = "#[a]\n// layers: allow(a): r\n#[b]\npub fn f() {\n    g()\n}";
    assert_covers(&format!("use z;\n{item}\n"), item);
    let item = "/// doc\n// layers: allow(a): r\npub fn f() {\n    g()\n}";
    assert_covers(&format!("{item}\n"), item);
}

#[test]
fn behind_code_the_line_is_covered() {
    assert_covers("use z;\n    use a; // layers: allow(a): r\nuse b;\n", "    use a; ");
    assert_covers("use a; /* layers: allow(a): r */\nuse b;\n", "use a; ");
    assert_covers("mod m { // layers: allow(a): r\n    use a;\n}\n", "mod m { ");
}

#[test]
fn what_cannot_be_parsed_is_covered_by_the_line() {
    assert_covers(&format!("m! {{\n{ALLOW}a::b,\nc::d\n}}\n"), "a::b,");
    assert_covers(&format!("struct;\n{ALLOW}use a::{{\nb }};\n"), "use a::{");
    assert_covers(&format!("use a;\n{ALLOW}"), "");
    assert_covers(&format!("mod m {{\n{ALLOW}}}\n"), "}");
}

#[test]
fn inner_documentation_covers_what_it_documents() {
    let code = "//! Docs.\n//! layers: allow(a): r\nuse a;\n";
    assert_covers(code, code);
    let code = "#![x]\n/*! layers: allow(a): r */\nuse a;\n";
    assert_covers(code, code);
    let code =
        "use z;\nmod m {\n    //! layers: allow(a): r\n    mod n {}\n    use a;\n}\nuse y;\n";
    assert_covers(code, &code[13..code.len() - 8]);
}

#[test]
fn outer_documentation_is_no_exception_and_says_so() {
    let expected = "documentation is no exception [ layers: allow(a): r]".to_owned();
    assert_eq!(covered("/// layers: allow(a): r\nuse a;\n")[0].1, expected);
}

#[test]
fn nothing_but_comments_counts() {
    for code in [
        "const A: &str = \"// layers: allow(a): r\";\n",
        "const A: &str = r#\"\n// layers: allow(a): r\n\"#;\n",
        "/// Write `// layers: allow(a): r` above it.\nuse a;\n",
        "//! ```\n//! // layers: allow(a): r\n//! ```\nuse a;\n",
        "// See layers: allow(a): r\nuse a;\n",
        "//// layers: allow(a): r\nuse a;\n",
        "/* a /* // layers: allow(a): r */ */\nuse a;\n",
        "// layers: the domain comes first\nuse a;\n",
        "use a;\n",
    ] {
        assert_eq!(covered(code), [], "{code}");
    }
}

#[test]
fn a_comma_at_the_end_of_the_line_goes_on_in_the_next() {
    let code = "use z;\n  // layers: allow(a): moves,\n  // until 2027-13-01\nuse a;\n";
    assert_eq!(
        covered(code),
        [("use a;".to_owned(), "`2027-13-01` is not a date [until 2027-13-01]".to_owned())]
    );
    for code in [
        "// layers: allow(a): moves\n// until 2027-13-01\nuse a;\n",
        "// layers: allow(a): moves,\n\n// until 2027-13-01\nuse a;\n",
        "// layers: allow(a): moves,\n/* x */ use a;\n",
    ] {
        assert!(covered(code)[0].1.starts_with("moves"), "{code}");
    }
    assert_eq!(covered(&format!("// layers: allow(a): r,\n{ALLOW}use a;\n")).len(), 2);
}

#[test]
fn several_comments_cover_the_same_code() {
    let code = "// layers: allow(a): r\n// layers: allow(b): s\nuse a;\n";
    let covers = |reason: &str| ("use a;".to_owned(), reason.to_owned());
    assert_eq!(covered(code), [covers("r"), covers("s")]);
}

#[test]
fn bytes_are_those_of_the_file() {
    for before in ["\u{feff}", "#!/bin/sh\n", "// ö\r\n", "\u{feff}#!/bin/sh\r\n/* é */"] {
        let code = format!("{before}{ALLOW}use a;\nuse b;\n");
        assert_covers(&code, "use a;");
        let comment = parse(&code).exceptions[0].span;
        assert_eq!(&code[comment.range()], ALLOW.trim_end());
    }
    assert_covers("// layers: allow(a): r\r\nuse a;\r\nuse b;\r\n", "use a;\r");
}

#[test]
fn entries_and_tables_of_a_manifest_are_covered() {
    let manifest = |text: &str| shown(text, &of_manifest(text));
    let allow = "# layers: allow(a): r\n";
    for (before, covered, after) in [
        ("[dependencies]\n", "sqlx = \"1\"", "\naxum = \"1\"\n"),
        ("[dependencies]\n", "sqlx = { version = \"1\", features = [\n  \"a\",\n] }", "\nb = 1\n"),
        ("a = 1\n", "[dependencies]\nsqlx = [\n  1\n]\n\naxum = \"1\"", "\n\n  [features]\n"),
        ("", "[[bin]]\nname = \"x\"", "\n[[bin]]\n"),
        ("a = [\n", "1,", "\n2\n]\n"),
        ("a = 1\n", "b = '''\nx\n'''", ""),
    ] {
        let text = format!("{before}{allow}{covered}{after}");
        assert_eq!(manifest(&text), [(covered.to_owned(), "r".to_owned())], "{text}");
    }
    assert_eq!(
        manifest("a = 1\nb = 2 # layers: allow(a): r\nc = 3\n"),
        [("b = 2 ".to_owned(), "r".to_owned())]
    );
    assert_eq!(manifest("a = '''\n# layers: allow(a): r\n'''\n"), []);
    assert_eq!(manifest(&format!("a = 1\n{allow}")), [(String::new(), "r".to_owned())]);
    assert_eq!(manifest("# layers: alow(a): r\na = [[[\n").len(), 1);
}
