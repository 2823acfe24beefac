//! What a fixture expects, written in its own source.
//!
//! [`cargo_layers::examples::marks`] says how.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use camino::Utf8Path;
use cargo_layers::examples::marks::marks;

use crate::tree;

/// How often a rule finds something: by file relative to the fixture, line and rule.
pub type Places = BTreeMap<(String, usize, String), usize>;

/// Every mark in the files below `root`.
///
/// # Panics
///
/// When a mark is malformed, or a file cannot be read.
#[must_use]
pub fn expected(root: &Utf8Path) -> Places {
    let mut places = Places::new();
    for path in tree::files(root) {
        let text = tree::read(&root.join(&path));
        let marks =
            marks(&text).unwrap_or_else(|error| panic!("{root}/{path}:{}: {error}", error.line()));
        for mark in marks {
            let place = (path.to_string(), mark.line, mark.rule.to_owned());
            *places.entry(place).or_default() += 1;
        }
    }
    places
}

/// What of `expected` is missing from `found`, and the other way round, one line each;
/// nothing when the two agree.
#[must_use]
pub fn difference(expected: &Places, found: &Places) -> String {
    let mut text = String::new();
    let every = expected.keys().chain(found.keys().filter(|key| !expected.contains_key(*key)));
    let mut every: Vec<_> = every.collect();
    every.sort();
    for key @ (file, line, rule) in every {
        let wanted = expected.get(key).copied().unwrap_or(0);
        let got = found.get(key).copied().unwrap_or(0);
        if wanted != got {
            let _ = writeln!(text, "{file}:{line}: {rule}: expected {wanted}, found {got}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(entries: &[(&str, usize, &str, usize)]) -> Places {
        entries
            .iter()
            .map(|(file, line, rule, count)| {
                ((String::from(*file), *line, String::from(*rule)), *count)
            })
            .collect()
    }

    #[test]
    fn marks_are_read_from_every_file() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
        tree::write(&root.join("src/lib.rs"), "use a::B; //~ one, one\n\n//~^^ two\n// ~ none\n");
        tree::write(&root.join("layers.toml"), "[layers]\n# a comment\nx = 1 #~ three\n");
        assert_eq!(
            expected(root),
            places(&[
                ("layers.toml", 3, "three", 1),
                ("src/lib.rs", 1, "one", 2),
                ("src/lib.rs", 1, "two", 1),
            ])
        );
    }

    #[test]
    fn both_directions_differ() {
        let expected = places(&[("a.rs", 1, "same", 1), ("a.rs", 2, "missing", 1)]);
        let found = places(&[("a.rs", 1, "same", 2), ("a.rs", 3, "surplus", 1)]);
        assert_eq!(
            difference(&expected, &found),
            "a.rs:1: same: expected 1, found 2\n\
             a.rs:2: missing: expected 1, found 0\n\
             a.rs:3: surplus: expected 0, found 1\n"
        );
        assert_eq!(difference(&found, &found), "");
    }
}
