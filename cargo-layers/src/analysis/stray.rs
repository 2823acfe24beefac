//! The files that stand beside the source without being a part of it.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};
use ignore::{DirEntry, WalkBuilder};
use layers_rules::facts::{CrateKind, Facts};
use rustc_hash::FxHashSet;

use super::SupplyError;
use crate::source::Overlay;
use crate::tree;
use crate::workspace::Workspace;

/// The `.rs` files in the source folders of `workspace` that are not among the files of its
/// `facts`, relative to its root, sorted.
///
/// A source folder is one that holds the root file of a target, build scripts apart. What
/// `.gitignore` files exclude is no source, nor are hidden files, what Cargo has built, and
/// what belongs to another package.
///
/// # Errors
///
/// When a folder cannot be listed.
pub fn stray_files(
    workspace: &Workspace,
    facts: &Facts,
    overlay: &Overlay,
) -> Result<Vec<String>, SupplyError> {
    let mut found = BTreeSet::new();
    for folder in source_folders(workspace) {
        // The folder of a package that is only laid over is not on disk.
        if !overlay.hides_disk() && folder.is_dir() && workspace.boundary.holds(folder) {
            walk(folder, &mut found)?;
        }
        let laid_over = overlay.paths().filter(|path| is_of_package(folder, path, overlay));
        found.extend(laid_over.map(Utf8Path::to_owned));
    }
    let known: FxHashSet<&str> = facts.files.iter().map(|file| file.path.as_str()).collect();
    let shown = found.iter().map(|path| tree::shown(&workspace.root, path));
    let mut strays: Vec<String> = shown.filter(|path| !known.contains(path.as_str())).collect();
    strays.sort();
    Ok(strays)
}

fn source_folders(workspace: &Workspace) -> BTreeSet<&Utf8Path> {
    let targets = workspace.packages.iter().flat_map(|package| &package.targets);
    let targets = targets.filter(|target| target.kind != CrateKind::BuildScript);
    targets.filter_map(|target| target.root.parent()).collect()
}

/// Adds the `.rs` files below `folder`.
fn walk(folder: &Utf8Path, found: &mut BTreeSet<Utf8PathBuf>) -> Result<(), SupplyError> {
    let refused = |file: &Path| {
        let source = ignore::Error::WithPath {
            path: file.to_owned(),
            err: Box::new(ignore::Error::Io(io::Error::other("it is not a regular file"))),
        };
        SupplyError::NotListed { folder: folder.to_owned(), source }
    };
    if let Some(file) = folder.ancestors().find_map(|above| odd_ignore_file(above.as_std_path())) {
        return Err(refused(&file));
    }
    // Such a file would be read to its end, which a device does not have.
    let odd: Arc<OnceLock<PathBuf>> = Arc::default();
    let seen = Arc::clone(&odd);
    // Only what is in the repository tells, so that everyone finds the same.
    let entries = WalkBuilder::new(folder)
        .ignore(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .filter_entry(move |entry| {
            let found = odd_ignore_file(entry.path());
            let is_odd = found.is_some();
            if let Some(file) = found {
                // The first one is enough to tell of.
                drop(seen.set(file));
            }
            !is_odd && (entry.depth() == 0 || !is_another_place(entry))
        })
        .build();
    for entry in entries {
        let failed = |source| SupplyError::NotListed { folder: folder.to_owned(), source };
        let entry = entry.map_err(failed)?;
        if let Some(file) = odd.get() {
            return Err(refused(file));
        }
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        let path = Utf8PathBuf::from_path_buf(entry.into_path()).ok();
        found.extend(path.filter(|path| is_file && path.extension() == Some("rs")));
    }
    odd.get().map_or(Ok(()), |file| Err(refused(file)))
}

/// The `.gitignore` of a folder, if it is a device, a pipe or a folder.
fn odd_ignore_file(folder: &Path) -> Option<PathBuf> {
    let file = folder.join(".gitignore");
    file.metadata().is_ok_and(|found| !found.is_file()).then_some(file)
}

/// Whether an entry is the folder of another package, or of what Cargo has built.
fn is_another_place(entry: &DirEntry) -> bool {
    let holds = |name: &str| entry.path().join(name).is_file();
    entry.file_type().is_some_and(|kind| kind.is_dir())
        && (holds("Cargo.toml") || holds("CACHEDIR.TAG"))
}

/// Whether `path` is a `.rs` file below `folder`, with no other package around it.
fn is_of_package(folder: &Utf8Path, path: &Utf8Path, overlay: &Overlay) -> bool {
    let between = path.ancestors().skip(1).take_while(|above| *above != folder);
    path.extension() == Some("rs")
        && path.starts_with(folder)
        && between.into_iter().all(|above| !overlay.has(&above.join("Cargo.toml")))
}

#[cfg(test)]
mod tests {
    use layers_rules::facts::Needs;

    use super::*;
    use crate::analysis::analyze_over;
    use crate::configuration::Configuration;
    use crate::workspace;

    /// The stray files of a package with these files.
    fn strays(files: &[(&str, &str)], laid_over: &[&str]) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let manifest = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        let all = [("Cargo.toml", manifest), ("src/lib.rs", "mod domain;\n")];
        for (path, text) in all.iter().chain(files) {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        let workspace = workspace::load(None, root).expect("a workspace");
        let mut overlay = Overlay::default();
        for path in laid_over {
            overlay.insert(workspace.root.join(path), String::new());
        }
        let (all, none) = (Configuration::default(), Needs::default());
        let facts = analyze_over(&workspace, &all, &overlay, none).facts;
        stray_files(&workspace, &facts, &overlay).expect("folders can be listed")
    }

    #[test]
    fn what_no_module_leads_to_is_found() {
        let files = [
            ("src/domain.rs", "#[path = \"odd name.rs\"]\nmod odd;\ninclude!(\"part.rs\");"),
            ("src/domain/part.rs", ""),
            ("src/part.rs", ""),
            ("src/odd name.rs", ""),
            ("src/domain/old.rs", ""),
            ("src/gone/mod.rs", ""),
            ("src/bin/tool/main.rs", "fn main() {}"),
            ("src/bin/tool/args.rs", ""),
            ("src/notes.txt", ""),
            ("build.rs", "fn main() {}"),
            ("generator.rs", ""),
            ("tests/it.rs", ""),
            ("tests/ui/case.rs", ""),
        ];
        assert_eq!(
            strays(&files, &[]),
            [
                "src/bin/tool/args.rs",
                "src/domain/old.rs",
                "src/domain/part.rs",
                "src/gone/mod.rs",
                "tests/ui/case.rs",
            ]
        );
    }

    #[test]
    fn code_that_is_compiled_elsewhere_only_is_no_stray() {
        let files = [
            ("src/domain.rs", "#[cfg(windows)]\nmod windows;\n#[cfg(test)]\nmod tests;"),
            ("src/domain/windows.rs", ""),
            ("src/domain/tests.rs", ""),
        ];
        assert_eq!(strays(&files, &[]), Vec::<String>::new());
    }

    #[test]
    fn other_packages_built_and_ignored_files_are_left_out() {
        let files = [
            ("src/domain.rs", ""),
            ("src/.hidden.rs", ""),
            ("src/inner/Cargo.toml", "[package]\nname = \"inner\"\n[workspace]\n"),
            ("src/inner/src/lib.rs", ""),
            ("src/target/CACHEDIR.TAG", ""),
            ("src/target/out.rs", ""),
            (".gitignore", "generated/\n"),
            ("src/generated/a.rs", ""),
            ("src/.gitignore", "*.local.rs\n"),
            ("src/mine.local.rs", ""),
            ("src/kept.rs", ""),
        ];
        assert_eq!(strays(&files, &[]), ["src/kept.rs"]);
    }

    #[test]
    fn texts_laid_over_the_disk_count() {
        let files = [("src/domain.rs", ""), ("src/inner/Cargo.toml", "")];
        let laid_over = ["src/domain.rs", "src/new.rs", "src/new.txt", "src/inner/b.rs", "c.rs"];
        assert_eq!(strays(&files, &laid_over), ["src/new.rs"]);
    }
}
