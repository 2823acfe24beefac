//! The commands of Git that are used, none of which runs anything else.

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::thread;

use camino::{Utf8Path, Utf8PathBuf};

use super::RevisionError;
use crate::disk::Boundary;
use crate::workspace::programs;

/// What a user's own configuration or the repository's could add, switched off. The
/// commands below heed none of it; should one ever do, it still runs nothing.
const QUIET: [&str; 6] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.sshCommand=false",
    "core.gitProxy=false",
    "protocol.allow=never",
    "maintenance.auto=false",
];

/// A repository, and the program that reads it.
#[derive(Debug)]
pub(super) struct Git {
    program: Utf8PathBuf,
    root: Utf8PathBuf,
}

impl Git {
    /// The repository that `folder` is in: the nearest folder upwards that holds `.git`.
    ///
    /// Git itself would also take a folder of the work tree for a repository that looks like
    /// one, with the configuration it holds.
    pub(super) fn around(folder: &Utf8Path) -> Result<Self, RevisionError> {
        let folder = folder.canonicalize_utf8().unwrap_or_else(|_| folder.to_owned());
        let none = || RevisionError::NoRepository { folder: folder.clone() };
        let root = folder.ancestors().find(|above| above.join(".git").exists());
        let root = root.ok_or_else(none)?.to_owned();
        let program = programs::find("git", &Boundary::of([root.as_path()]))
            .map_err(RevisionError::GitNotStarted)?;
        Ok(Self { program, root })
    }

    /// The folder of its work tree.
    pub(super) fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// Full id of the commit that `revision` means.
    pub(super) fn commit(&self, revision: &str) -> Result<String, RevisionError> {
        let wanted = format!("{revision}^{{commit}}");
        let output =
            self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
        if output.status.success() {
            return Ok(line(&output));
        }
        let message = message(&output);
        if !message.is_empty() {
            return Err(RevisionError::Unknown { revision: revision.to_owned(), help: message });
        }
        let help = if self.is_shallow()? {
            format!(
                "this clone is shallow, and holds a part of the history only: fetch the revision \
                 with `git fetch --depth=1 origin {revision}`, or all with `git fetch \
                 --unshallow` (in GitHub Actions `fetch-depth: 0` of actions/checkout)"
            )
        } else {
            "`git branch --all` lists branches; `git fetch` brings those of others".to_owned()
        };
        Err(RevisionError::Unknown { revision: revision.to_owned(), help })
    }

    /// The last commit that two have in common.
    pub(super) fn merge_base(
        &self,
        tip: &str,
        head: &str,
        revision: &str,
    ) -> Result<String, RevisionError> {
        let output = self.run(&["merge-base", tip, head])?;
        if output.status.success() {
            return Ok(line(&output));
        }
        let help = if self.is_shallow()? {
            "this clone is shallow, so that it is not known where the two have parted: fetch the \
             history with `git fetch --unshallow` (in GitHub Actions `fetch-depth: 0` of \
             actions/checkout), or name a commit that HEAD comes from, such as `HEAD^`"
        } else {
            "name a commit that HEAD comes from"
        };
        Err(RevisionError::NothingInCommon { revision: revision.to_owned(), help: help.to_owned() })
    }

    /// The entries of a commit's tree, as Git prints them, each ended by a NUL.
    pub(super) fn entries(&self, commit: &str) -> Result<Vec<u8>, RevisionError> {
        let output = self.run(&["ls-tree", "-r", "-z", "-l", "--full-tree", commit])?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(unreadable(commit, &output))
    }

    /// What these objects hold, as Git prints it: a line with id, kind and size, then as many
    /// bytes and a line break.
    pub(super) fn objects(&self, commit: &str, ids: &[&str]) -> Result<Vec<u8>, RevisionError> {
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(RevisionError::GitNotStarted)?;
        let input = child.stdin.take();
        let wanted = ids.iter().flat_map(|id| [id, "\n"]).collect::<String>();
        let output = thread::scope(|scope| {
            // Git answers while it still reads. Should it end early, its output says why.
            scope.spawn(move || input.map(|mut input| input.write_all(wanted.as_bytes())));
            child.wait_with_output()
        });
        let output = output.map_err(RevisionError::GitNotStarted)?;
        if output.status.success() { Ok(output.stdout) } else { Err(unreadable(commit, &output)) }
    }

    fn is_shallow(&self) -> Result<bool, RevisionError> {
        Ok(line(&self.run(&["rev-parse", "--is-shallow-repository"])?) == "true")
    }

    fn run(&self, arguments: &[&str]) -> Result<Output, RevisionError> {
        self.command(arguments).output().map_err(RevisionError::GitNotStarted)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        for setting in QUIET {
            command.args(["-c", setting]);
        }
        command
            .args([
                "--no-pager",
                "--no-replace-objects",
                "--no-optional-locks",
                "--literal-pathspecs",
            ])
            .args(arguments)
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .env("PATH", programs::search_path(&Boundary::of([self.root.as_path()])))
            // Said outright, Git neither looks for the repository nor asks who owns it, which
            // in a container is often another user.
            .env("GIT_DIR", self.root.join(".git"))
            .env("GIT_WORK_TREE", &self.root)
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C");
        for variable in
            ["GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_CONFIG_PARAMETERS", "GIT_TRACE"]
        {
            command.env_remove(variable);
        }
        command
    }
}

fn unreadable(commit: &str, output: &Output) -> RevisionError {
    RevisionError::Unreadable { commit: commit.to_owned(), reason: message(output) }
}

fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn message(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let text = text.trim();
    text.strip_prefix("fatal: ").unwrap_or(text).to_owned()
}
