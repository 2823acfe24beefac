//! What is known of items and modules besides their names.

use super::*;

#[test]
fn modules_know_their_lines_attributes_and_documentation() {
    let sources = Sources::new(&[
        (
            "shop/src/lib.rs",
            "//! A shop.\n#[sqlx::schema]\npub mod a;\n/// Inline.\nmod b {\n}\npub mod c;\n",
        ),
        ("shop/src/a.rs", "//! Documented in its file.\nstruct S;\n"),
        ("shop/src/c.rs", "struct S;\n"),
    ]);
    let facts = sources.analyze().facts;
    let known: Vec<_> = facts
        .modules
        .iter()
        .map(|module| {
            let attributes = module.attributes.iter().filter_map(|reference| reference.target);
            let attributes: Vec<String> =
                attributes.map(|target| facts.target_path(target)).collect();
            (facts.names.text(module.name), module.lines, module.documented, attributes)
        })
        .collect();
    let schema = vec!["sqlx::schema".to_owned()];
    let expected = [
        ("shop", 7, true, vec![]),
        ("a", 2, true, schema),
        ("b", 2, true, vec![]),
        ("c", 1, false, vec![]),
    ];
    let mut known = known;
    known.sort_by_key(|(name, ..)| ["shop", "a", "b", "c"].iter().position(|other| other == name));
    assert_eq!(known, expected);
}
