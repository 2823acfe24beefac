//! Git repositories in temporary folders.

use std::process::Command;

use camino::Utf8Path;

use crate::binary::{Run, run};

/// Runs Git in `folder`, heedless of what the machine configures.
///
/// # Panics
///
/// When it fails.
#[expect(clippy::must_use_candidate, reason = "it is called for what it does as well")]
pub fn git(folder: &Utf8Path, arguments: &[&str]) -> Run {
    let mut command = Command::new("git");
    for setting in [
        "user.name=Tests",
        "user.email=tests@example.com",
        "init.defaultBranch=main",
        "commit.gpgSign=false",
        "protocol.file.allow=always",
    ] {
        command.args(["-c", setting]);
    }
    command
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    let run = run(&mut command);
    assert_eq!(run.code, Some(0), "git {arguments:?} in {folder}: {run:?}");
    run
}

/// Makes a repository of `folder`, and its first commit of what is there.
///
/// # Panics
///
/// When Git fails.
pub fn init(folder: &Utf8Path) {
    git(folder, &["init", "--quiet"]);
    commit(folder);
}

/// Commits all that has changed in `folder`; gives the id of the commit.
///
/// # Panics
///
/// When Git fails, and when nothing has changed.
#[expect(clippy::must_use_candidate, reason = "it is called for what it does as well")]
pub fn commit(folder: &Utf8Path) -> String {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "A step"]);
    git(folder, &["rev-parse", "HEAD"]).stdout.trim().to_owned()
}
