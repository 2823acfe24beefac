//! Servers that a test may stop: those that all tests share it must leave alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A server of its own, which goes when this is dropped.
pub(super) struct Service {
    script: PathBuf,
    folder: TempDir,
    url: String,
}

impl Service {
    pub(super) fn postgres() -> Self {
        Self::start_new("postgres")
    }

    pub(super) fn redis() -> Self {
        Self::start_new("redis")
    }

    fn start_new(name: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts").join(name);
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut service = Self { script, folder, url: String::new() };
        service.start();
        service
    }

    /// Where it is: after a stop at the same address as before.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn start(&mut self) {
        self.run("start").trim().clone_into(&mut self.url);
    }

    pub(super) fn stop(&self) {
        self.run("stop");
    }

    /// Stops it at once, as in a failover, and starts it again.
    pub(super) fn restart(&self) {
        self.run("restart");
    }

    fn run(&self, action: &str) -> String {
        let output = self.command(action).output().expect("the script can be run");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} {action}: {errors}", self.script.display());
        String::from_utf8(output.stdout).expect("the output is text")
    }

    fn command(&self, action: &str) -> Command {
        let mut command = Command::new(&self.script);
        // The folder in it is the server's own: PostgreSQL runs as another user.
        command.arg(action).arg(self.folder.path().join("server"));
        command
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have been stopped already.
        drop(self.command("stop").output());
    }
}
