//! Which comments are exceptions, and which files they cover.

use super::*;

/// `file: files it covers besides` for each exception.
fn exceptions(files: &[(&str, &str)]) -> Vec<String> {
    let facts = Sources::new(files).analyze().facts;
    let shown = facts
        .exceptions
        .iter()
        .map(|exception| format!("{}: {}", exception.location.file, exception.files.join(" ")));
    shown.collect()
}

const ALLOW: &str = "// layers: allow(a): r\n";

#[test]
fn a_module_is_covered_with_its_files() {
    let lib = format!("mod other;\n{ALLOW}#[cfg(unix)]\npub mod old;\nmod also;\n");
    let files = [
        ("shop/src/lib.rs", lib.as_str()),
        ("shop/src/other.rs", ""),
        ("shop/src/also.rs", ""),
        ("shop/src/old.rs", "mod inline { mod far; }\nmod deep;\n"),
        ("shop/src/old/deep.rs", ""),
        ("shop/src/old/inline/far.rs", ""),
    ];
    let expected =
        "shop/src/lib.rs: shop/src/old.rs shop/src/old/deep.rs shop/src/old/inline/far.rs";
    assert_eq!(exceptions(&files), [expected]);
    let inner =
        lib.replace(ALLOW, "").replacen("mod other", "//! layers: allow(a): r\nmod other", 1);
    assert_eq!(
        exceptions(&[
            ("shop/src/lib.rs", &inner),
            files[1],
            files[2],
            files[3],
            files[4],
            files[5]
        ]),
        ["shop/src/lib.rs: "]
    );
}

#[test]
fn a_module_in_braces_is_covered_with_the_files_declared_in_it() {
    let lib = format!("{ALLOW}mod a {{\n    mod b;\n}}\nmod c;\n");
    let files = [("shop/src/lib.rs", lib.as_str()), ("shop/src/a/b.rs", ""), ("shop/src/c.rs", "")];
    assert_eq!(exceptions(&files), ["shop/src/lib.rs: shop/src/a/b.rs"]);
    let behind = "mod c; // layers: allow(a): r\nmod d;\n";
    let files = [("shop/src/lib.rs", behind), ("shop/src/c.rs", ""), ("shop/src/d.rs", "")];
    assert_eq!(exceptions(&files), ["shop/src/lib.rs: shop/src/c.rs"]);
}

#[test]
fn what_stands_at_the_same_bytes_of_another_file_is_not_covered() {
    let lib = format!("mod other;\n{ALLOW}mod old;\n");
    let other = format!("// 56789\n{}mod too;\n", ALLOW.replace("layers:", "LAYERS:"));
    assert_eq!(lib.find("mod old"), other.find("mod too").map(|at| at + 2));
    let files = [
        ("shop/src/lib.rs", lib.as_str()),
        ("shop/src/old.rs", ""),
        ("shop/src/other.rs", &other),
        ("shop/src/other/too.rs", ""),
    ];
    assert_eq!(exceptions(&files), ["shop/src/lib.rs: shop/src/old.rs"]);
}

#[test]
fn manifests_are_read_each_once() {
    let allow = "# layers: allow(a): r\n[dependencies]\n";
    let files = [
        ("shop/src/lib.rs", ALLOW),
        ("shop/Cargo.toml", allow),
        ("shop/layers.toml", allow),
        ("mail/src/lib.rs", ""),
    ];
    assert_eq!(exceptions(&files), ["shop/Cargo.toml: ", "shop/src/lib.rs: "]);
}
