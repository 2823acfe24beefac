//! Programs that stand in for those that reach for the network, and note how they were
//! called.

use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};

use crate::{binary, repository, tree};

/// `gh`, `curl`, `cargo` and the server that `git` asks, which do as much as the action needs.
pub struct Fakes {
    /// The folder with the programs.
    pub programs: Utf8PathBuf,
    /// The address of the server that releases and repositories are on.
    pub server: String,
    folder: Utf8PathBuf,
}

/// Notes its arguments, answers a question with what `comments` holds, and keeps the text it
/// is to write.
const GH: &str = r#"#!/usr/bin/env bash
printf '%s\n' "$*" | tr '\n' ' ' >> "$FOLDER/gh.calls"
printf '\n' >> "$FOLDER/gh.calls"
[ -e "$FOLDER/gh.refuses" ] && { echo "HTTP 403" >&2; exit 1; }
for argument in "$@"; do
    case "$argument" in
        graphql) cat "$FOLDER/comments" ;;
        body=@*) cp "${argument#body=@}" "$FOLDER/written" ;;
    esac
done
exit 0
"#;

/// Gives the files of `downloads`, by the last part of their address.
const CURL: &str = r#"#!/usr/bin/env bash
printf '%s\n' "$*" >> "$FOLDER/curl.calls"
while [ $# -gt 1 ]; do
    [ "$1" = --output ] && target=$2
    shift
done
cp "$FOLDER/downloads/${1##*/}" "$target" 2>/dev/null || { echo "404" >&2; exit 22; }
"#;

/// Installs the binary that the tests have built already, and leaves every other call to the
/// real one.
const CARGO: &str = r#"#!/usr/bin/env bash
[ "$1" = install ] || exec "$REAL" "$@"
printf '%s: %s\n' "$PWD" "$*" >> "$FOLDER/cargo.calls"
while [ $# -gt 0 ]; do
    [ "$1" = --root ] && root=$2
    shift
done
mkdir -p "$root/bin"
cp "$BINARY" "$root/bin/cargo-layers"
"#;

impl Fakes {
    pub(super) fn new(root: &Utf8Path) -> Self {
        let (folder, programs) = (root.join("fakes"), root.join("programs"));
        for folder in [&programs, &folder.join("downloads")] {
            fs::create_dir_all(folder).expect("folders can be made");
        }
        for (name, text) in [("gh", GH), ("curl", CURL), ("cargo", CARGO)] {
            let text = text
                .replace("$FOLDER", folder.as_str())
                .replace("$REAL", env!("CARGO"))
                .replace("$BINARY", binary::path().as_str());
            let path = programs.join(name);
            tree::write(&path, &text);
            make_executable(&path);
        }
        tree::write(&folder.join("comments"), "");
        let server = format!("file://{root}/server");
        Self { programs, server, folder }
    }

    /// The calls of a program, one a line; empty if it was not called.
    #[must_use]
    pub fn calls(&self, program: &str) -> String {
        fs::read_to_string(self.folder.join(format!("{program}.calls"))).unwrap_or_default()
    }

    /// Makes these the comments that `gh` finds: lines of an id and a marker.
    pub fn set_comments(&self, lines: &str) {
        tree::write(&self.folder.join("comments"), lines);
    }

    /// Lets `gh` refuse everything from now on.
    pub fn refuse(&self) {
        tree::write(&self.folder.join("gh.refuses"), "");
    }

    /// The text that `gh` has written.
    #[must_use]
    pub fn written(&self) -> Option<String> {
        fs::read_to_string(self.folder.join("written")).ok()
    }

    /// Puts the archive that a release has for this runner among the downloads, with this
    /// checksum or its own.
    ///
    /// # Panics
    ///
    /// When it cannot be packed.
    pub fn release(&self, checksum: Option<&str>) {
        let downloads = self.folder.join("downloads");
        let target = "x86_64-unknown-linux-musl";
        let binaries = binary::path().parent().expect("it stands in a folder");
        let output = Command::new(repository::root().join(".github/release/package.sh"))
            .args([target, binaries.as_str(), downloads.as_str()])
            .output()
            .expect("it can be started");
        assert!(output.status.success(), "{output:?}");
        if let Some(checksum) = checksum {
            let archive = format!("cargo-layers-{target}.tar.gz");
            let text = format!("{checksum}  {archive}\n");
            tree::write(&downloads.join(archive + ".sha256"), &text);
        }
    }
}

#[cfg(unix)]
fn make_executable(path: &Utf8Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
}

#[cfg(not(unix))]
fn make_executable(_: &Utf8Path) {}
