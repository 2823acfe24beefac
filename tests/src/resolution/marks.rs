//! The marks themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use camino::Utf8Path;

use super::{Line, Meaning};
use crate::tree;

const KINDS: [&str; 13] = [
    "module", "struct", "enum", "union", "trait", "fn", "method", "const", "static", "type",
    "macro", "impl", "variant",
];

/// What a mark says of one path, or of every path on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The path as written; `None` for every path.
    pub written: Option<String>,
    /// What it leads to; nothing where the line must hold no path.
    pub meanings: BTreeSet<Meaning>,
}

impl Claim {
    /// Whether it is about the path written as `text`: the leaves of a `use` tree go by
    /// their ends where nothing is written `exactly` as claimed.
    #[must_use]
    pub fn speaks_of(&self, text: &str, exactly: bool) -> bool {
        let Some(written) = &self.written else { return true };
        let ends = || text.strip_suffix(written.as_str()).is_some_and(|it| it.ends_with("::"));
        if exactly { written == text } else { !written.is_empty() && ends() }
    }

    /// Whether a path with these meanings is as claimed: kinds and conditions count only
    /// where the claim names them.
    #[must_use]
    pub fn holds_for(&self, meanings: &BTreeSet<Meaning>) -> bool {
        let meets = |claimed: &Meaning, found: &Meaning| {
            claimed.path == found.path
                && (claimed.kind.is_none() || claimed.kind == found.kind)
                && (claimed.condition.is_none() || claimed.condition == found.condition)
        };
        self.meanings.iter().all(|claimed| meanings.iter().any(|found| meets(claimed, found)))
            && meanings
                .iter()
                .all(|found| self.meanings.iter().any(|claimed| meets(claimed, found)))
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let targets = self.meanings.iter().map(|to| {
            let kind = to.kind.as_ref().map(|kind| format!("{kind} ")).unwrap_or_default();
            let cfg = to.condition.as_ref().map(|cfg| format!(" if {cfg}")).unwrap_or_default();
            format!("{kind}{}{cfg}", to.path)
        });
        let targets = targets.collect::<Vec<_>>().join(", ");
        match &self.written {
            _ if self.meanings.is_empty() => formatter.write_str("nothing"),
            Some(written) => write!(formatter, "{written} => {targets}"),
            None => formatter.write_str(&targets),
        }
    }
}

/// Every claim in the files below `root`, by the line it is about.
///
/// # Panics
///
/// When a mark is malformed, or a file cannot be read.
#[must_use]
pub fn expected(root: &Utf8Path) -> BTreeMap<Line, Vec<Claim>> {
    let mut expected: BTreeMap<Line, Vec<Claim>> = BTreeMap::new();
    for path in tree::files(root) {
        let text = tree::read(&root.join(&path));
        for (index, line) in text.lines().enumerate() {
            let Some((_, mark)) = line.split_once("//~") else { continue };
            let rest = mark.trim_start_matches('^');
            let above = mark.len() - rest.len();
            let place = format!("{root}/{path}:{}", index + 1);
            let number = (index + 1).checked_sub(above).filter(|line| *line > 0);
            let number = number.unwrap_or_else(|| panic!("{place}: points above the file"));
            let claims = claims(rest).unwrap_or_else(|| panic!("{place}: no mark: {rest}"));
            expected.entry((path.to_string(), number)).or_default().extend(claims);
        }
    }
    expected
}

/// The claims of one mark; `None` when it is malformed.
pub fn claims(mark: &str) -> Option<Vec<Claim>> {
    let mark = mark.trim();
    let (word, rest) = mark.split_once(' ').unwrap_or((mark, ""));
    let rest = rest.trim();
    match word {
        "RESOLVES" => rest.split(';').map(|claim| resolves(claim.trim())).collect(),
        "UNRESOLVED" | "OPAQUE" => {
            let meaning = Meaning { kind: None, path: word.to_owned(), condition: None };
            let written = (!rest.is_empty()).then(|| rest.to_owned());
            Some(vec![Claim { written, meanings: [meaning].into() }])
        }
        "NOTHING" if rest.is_empty() => {
            Some(vec![Claim { written: Some(String::new()), meanings: BTreeSet::new() }])
        }
        _ => None,
    }
}

fn resolves(claim: &str) -> Option<Claim> {
    let (written, targets) = match claim.split_once(" => ") {
        Some((written, targets)) => (Some(written.trim().to_owned()), targets),
        None => (None, claim),
    };
    let (targets, condition) = match targets.split_once(" if ") {
        Some((targets, condition)) => (targets, Some(condition.trim().to_owned())),
        None => (targets, None),
    };
    let meanings = targets.split(',').map(|target| {
        let (kind, path) = match target.trim().split_once(' ') {
            Some((kind, path)) => (Some(kind.to_owned()), path),
            None => (None, target.trim()),
        };
        let known = kind.as_ref().is_none_or(|kind| KINDS.contains(&kind.as_str()));
        let is_path = !path.is_empty() && !path.contains(char::is_whitespace);
        let path = path.to_owned();
        (known && is_path).then_some(Meaning { kind, path, condition: condition.clone() })
    });
    Some(Claim { written, meanings: meanings.collect::<Option<_>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_mark_is_refused() {
        for wrong in
            ["", "RESOLVES", "RESOLVES a b c", "RESOLVES thing a::b", "NOTHING a", "LEADS a"]
        {
            assert_eq!(claims(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_mark_may_point_up() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
        tree::write(
            &root.join("a.rs"),
            "one\ntwo //~ RESOLVES x => fn y if all(a, b)\n//~^^ OPAQUE\n",
        );
        let shown: Vec<(usize, String)> = expected(root)
            .into_iter()
            .flat_map(|((_, line), claims)| {
                claims.into_iter().map(move |it| (line, it.to_string()))
            })
            .collect();
        assert_eq!(shown, [(1, "OPAQUE".to_owned()), (2, "x => fn y if all(a, b)".to_owned())]);
    }
}
