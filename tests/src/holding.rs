//! What the fixtures `value-*` of the resolver expect to be held, and what is found.
//!
//! `//~ HOLDS path, path` names everything that is held without being named on its line,
//! as often as it is; a line without a mark holds nothing. Each `^` behind `//~` moves a
//! mark one line up.

use std::collections::BTreeMap;

use camino::Utf8Path;
use cargo_layers::workspace::Workspace;
use layers_rules::facts::Facts;

use crate::tree;

/// What is held on each line: by file relative to the fixture, and line.
pub type Holdings = BTreeMap<(String, usize), Vec<String>>;

/// Every mark in the files below `root`.
///
/// # Panics
///
/// When a mark points above its file, or a file cannot be read.
#[must_use]
pub fn expected(root: &Utf8Path) -> Holdings {
    let mut holdings = Holdings::new();
    for path in tree::files(root).iter().filter(|path| path.extension() == Some("rs")) {
        for (index, line) in tree::read(&root.join(path)).lines().enumerate() {
            let Some((_, mark)) = line.split_once("//~") else { continue };
            let paths = mark.trim_start_matches('^');
            let above = mark.len() - paths.len();
            let Some(paths) = paths.trim().strip_prefix("HOLDS ") else { continue };
            let line = (index + 1)
                .checked_sub(above)
                .unwrap_or_else(|| panic!("{root}/{path}:{}: points above the file", index + 1));
            let held = holdings.entry((path.to_string(), line)).or_default();
            held.extend(paths.split(',').map(|path| path.trim().to_owned()));
            held.sort();
        }
    }
    holdings
}

/// Everything that is held.
///
/// # Panics
///
/// When a file cannot be read.
#[must_use]
pub fn found(workspace: &Workspace, facts: &Facts) -> Holdings {
    let mut holdings = Holdings::new();
    for edge in facts.dependencies.iter().filter(|edge| edge.inferred) {
        let file = &facts.files[edge.file.index()].path;
        let text = tree::read(&workspace.root.join(file));
        let line = text[..edge.span.start as usize].matches('\n').count() + 1;
        let held = holdings.entry((file.clone(), line)).or_default();
        held.push(facts.target_path(edge.to));
        held.sort();
    }
    holdings
}

/// What of `expected` is missing from `found`, and the other way round, one line each.
#[must_use]
pub fn difference(expected: &Holdings, found: &Holdings) -> Vec<String> {
    let nothing = Vec::new();
    let mut lines: Vec<_> = expected.keys().chain(found.keys()).collect();
    lines.sort();
    lines.dedup();
    let differs = lines.into_iter().filter_map(|line| {
        let (file, number) = line;
        let wanted = expected.get(line).unwrap_or(&nothing);
        let got = found.get(line).unwrap_or(&nothing);
        (wanted != got).then(|| format!("{file}:{number}: expected {wanted:?}, found {got:?}"))
    });
    differs.collect()
}
