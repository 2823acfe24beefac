//! What a fixture expects, written in its own source.
//!
//! `//~ RULE` expects a finding of that rule on its line, `//~^ RULE` on the line above
//! and `//~^^ RULE` two lines above; `#~` does the same in TOML. Several ids are
//! separated by commas, and an id is repeated as often as the rule finds something on
//! that line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use camino::Utf8Path;

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
        for (index, line) in text.lines().enumerate() {
            let Some(mark) = Mark::of(line) else { continue };
            let line = (index + 1)
                .checked_sub(mark.above)
                .filter(|line| *line > 0)
                .unwrap_or_else(|| panic!("{root}/{path}:{}: points above the file", index + 1));
            for rule in mark.rules {
                *places.entry((path.to_string(), line, rule.to_owned())).or_default() += 1;
            }
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

struct Mark<'line> {
    above: usize,
    rules: Vec<&'line str>,
}

impl<'line> Mark<'line> {
    fn of(line: &'line str) -> Option<Self> {
        let rest = line.split_once("//~").or_else(|| line.split_once("#~"))?.1;
        let ids = rest.trim_start_matches('^');
        let above = rest.len() - ids.len();
        let rules: Vec<_> = ids.split(',').map(str::trim).collect();
        assert!(
            rules.iter().all(|rule| is_id(rule)),
            "a mark is `//~ RULE` or `//~^ RULE, RULE`, not `{line}`"
        );
        Some(Self { above, rules })
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
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

    #[test]
    #[should_panic(expected = "a mark is")]
    fn a_malformed_mark_is_refused() {
        let _ = Mark::of("use a::B; //~ two words");
    }
}
