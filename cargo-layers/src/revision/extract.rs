//! From the tree of a commit to files.

use std::fs;
use std::io;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::RevisionError;
use super::git::Git;
use crate::disk::LARGEST;

/// The largest file that is neither Rust nor TOML, in bytes: `include!` may name any, and
/// pictures and archives need not be written.
const LARGEST_OTHER: u64 = 256 * 1024;

/// A file of a tree.
struct Entry<'a> {
    path: &'a Utf8Path,
    id: &'a str,
    is_link: bool,
}

/// Writes the files of a commit into the folder `to` that can matter to the workspace in the
/// folder `workspace`: manifests and sources from anywhere, anything else of moderate size
/// from there.
pub(super) fn extract(
    git: &Git,
    commit: &str,
    workspace: &Utf8Path,
    to: &Utf8Path,
) -> Result<(), RevisionError> {
    let listing = git.entries(commit)?;
    let entries: Vec<Entry<'_>> = listing
        .split(|byte| *byte == 0)
        .filter_map(|line| entry(std::str::from_utf8(line).ok()?, workspace))
        .collect();
    let ids: Vec<&str> = entries.iter().map(|entry| entry.id).collect();
    let objects = git.objects(commit, &ids)?;
    let mut rest = objects.as_slice();
    let mut links = Vec::new();
    for entry in &entries {
        let contents = next(&mut rest).ok_or_else(|| RevisionError::Unreadable {
            commit: commit.to_owned(),
            reason: format!("the object {} of `{}` is missing", entry.id, entry.path),
        })?;
        if entry.is_link {
            links.push((entry.path, contents));
        } else {
            write(&to.join(entry.path), contents).map_err(RevisionError::NotWritten)?;
        }
    }
    // At the end, so that nothing is written through one.
    for (path, target) in links {
        link(&to.join(path), target).map_err(RevisionError::NotWritten)?;
    }
    Ok(())
}

/// An entry as `git ls-tree -l` prints it, `MODE KIND ID SIZE\tPATH`, if it is to be written.
fn entry<'a>(line: &'a str, workspace: &Utf8Path) -> Option<Entry<'a>> {
    let (head, path) = line.split_once('\t')?;
    let path = Utf8Path::new(path);
    let mut words = head.split_ascii_whitespace();
    let [mode, kind, id, size] = [words.next()?, words.next()?, words.next()?, words.next()?];
    let size: u64 = size.parse().ok()?;
    let is_source = matches!(path.extension(), Some("rs" | "toml"))
        || matches!(path.file_name(), Some("Cargo.lock" | ".gitignore"));
    let limit = match (is_source, path.starts_with(workspace)) {
        (true, _) => LARGEST,
        (false, true) => LARGEST_OTHER,
        (false, false) => return None,
    };
    let is_meant = kind == "blob" && size <= limit && is_inside(path);
    is_meant.then_some(Entry { path, id, is_link: mode == "120000" })
}

/// Whether a path stays in its folder. Git refuses to make other ones, and not to keep them.
fn is_inside(path: &Utf8Path) -> bool {
    path.components().all(|component| match component {
        Utf8Component::Normal(name) => !name.eq_ignore_ascii_case(".git"),
        _ => false,
    })
}

/// The next object that `git cat-file --batch` has printed.
fn next<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&rest[..end]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let contents = rest.get(end + 1..end + 1 + size)?;
    *rest = rest.get(end + 2 + size..)?;
    Some(contents)
}

fn write(path: &Utf8PathBuf, contents: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, contents)
}

#[cfg(unix)]
fn link(path: &Utf8PathBuf, target: &[u8]) -> io::Result<()> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    // A tree that holds a file and a link of the same name is none that Git makes.
    if path.symlink_metadata().is_ok() {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    std::os::unix::fs::symlink(OsStr::from_bytes(target), path)
}

/// Git itself writes the target into a file where links are not to be had.
#[cfg(not(unix))]
fn link(path: &Utf8PathBuf, target: &[u8]) -> io::Result<()> {
    write(path, target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_chosen_by_place_and_size() {
        let chosen = |line: &str| {
            entry(line, Utf8Path::new("backend"))
                .map(|entry| (entry.path.as_str().to_owned(), entry.is_link))
        };
        let some = |path: &str, is_link| Some((path.to_owned(), is_link));
        assert_eq!(chosen("100644 blob abc      12\tshared/a b.rs"), some("shared/a b.rs", false));
        assert_eq!(chosen("120000 blob abc      12\tbackend/link"), some("backend/link", true));
        assert_eq!(chosen("100644 blob abc  262145\tbackend/picture.png"), None);
        assert_eq!(
            chosen("100644 blob abc  262145\tbackend/bindings.rs"),
            some("backend/bindings.rs", false)
        );
        assert_eq!(chosen("100644 blob abc      12\tfrontend/a.js"), None);
        assert_eq!(chosen("160000 commit abc       -\tvendor"), None);
        for path in ["../a.rs", "/a.rs", "a/../../b.rs", ".git/a.toml", "a/.GIT/config.toml"] {
            assert_eq!(chosen(&format!("100644 blob abc 1\t{path}")), None, "{path}");
        }
    }

    #[test]
    fn objects_are_told_apart_by_their_sizes() {
        let mut rest = &b"a blob 3\nx\ny\nb blob 0\n\nc missing\n"[..];
        assert_eq!(next(&mut rest), Some(&b"x\ny"[..]));
        assert_eq!(next(&mut rest), Some(&b""[..]));
        assert_eq!(next(&mut rest), None);
    }
}
