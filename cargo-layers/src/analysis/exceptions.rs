//! The comments in source files and manifests that are exceptions.

use camino::Utf8PathBuf;
use layers_rules::exceptions::ExceptionComment;
use layers_rules::facts::{Facts, Module};
use layers_rules::finding::Location;

use super::shown_manifest;
use crate::parse::comments;
use crate::source::Overlay;
use crate::tree::ModuleTree;
use crate::workspace::Workspace;

/// A comment, and whether it covers the modules that are declared where it does.
type Found = (ExceptionComment, bool);

/// Those in source files.
pub(super) fn in_source(tree: &ModuleTree) -> Vec<Found> {
    let files = tree.files.iter();
    files.flat_map(|file| found(&file.shown, &file.tree.exceptions)).collect()
}

/// Those in manifests.
pub(super) fn in_manifests(workspace: &Workspace, overlay: &Overlay) -> Vec<ExceptionComment> {
    let root = workspace.root.join("Cargo.toml");
    let members = workspace.packages.iter().map(|package| &package.manifest);
    let mut manifests: Vec<&Utf8PathBuf> = members.chain([&root]).collect();
    manifests.sort();
    manifests.dedup();
    let mut exceptions = Vec::new();
    for manifest in manifests {
        // Cargo has just read it; should it be gone since, nothing is found in it either.
        let bytes = overlay.read(manifest, &workspace.boundary).unwrap_or_default();
        let comments = comments::of_manifest(&String::from_utf8_lossy(&bytes));
        let shown = shown_manifest(workspace, manifest);
        exceptions.extend(found(&shown, &comments).map(|(comment, _)| comment));
    }
    exceptions
}

fn found<'a>(
    file: &'a str,
    comments: &'a [comments::ExceptionComment],
) -> impl Iterator<Item = Found> + 'a {
    comments.iter().map(|comment| {
        let location = Location { file: file.to_owned(), span: comment.span };
        let (covers, says) = (comment.covers, comment.says.clone());
        let exception = ExceptionComment { location, covers, files: Vec::new(), says };
        (exception, comment.reaches)
    })
}

/// The comments of `found`, each with the files of the modules that it covers.
pub(super) fn with_modules(found: Vec<Found>, facts: &Facts) -> Vec<ExceptionComment> {
    found
        .into_iter()
        .map(|(mut comment, reaches)| {
            if reaches {
                comment.files = files(&comment, facts);
            }
            comment
        })
        .collect()
}

/// The files of the modules that are declared where a comment covers, and of all below
/// those.
fn files(comment: &ExceptionComment, facts: &Facts) -> Vec<String> {
    let mut is_covered = vec![false; facts.modules.len()];
    let mut files = Vec::new();
    let path = |module: &Module| facts.files[module.file.index()].path.clone();
    // Parents come before their children.
    for (index, module) in facts.modules.iter().enumerate() {
        let declared_in = &facts.files[module.declared_in.index()].path;
        let is_below = module.parent.is_some_and(|parent| is_covered[parent.index()]);
        let is_there = || {
            let location = Location { file: declared_in.clone(), span: module.span };
            module.parent.is_some() && comment.covers(&location)
        };
        is_covered[index] = is_below || is_there();
        if is_covered[index] && path(module) != comment.location.file {
            files.push(path(module));
        }
    }
    files.sort();
    files.dedup();
    files
}
