//! The real binary, built as Cargo builds it for these tests.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use camino::{Utf8Path, Utf8PathBuf};

use crate::repository;

/// What a run gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// The path of `cargo-layers`, built on the first call.
///
/// Cargo tells only the tests of a package where the binaries of that package are, so
/// this one, which is next to them, has it built. Nothing is done when that is up to
/// date.
///
/// # Panics
///
/// When it cannot be built.
#[must_use]
pub fn path() -> &'static Utf8Path {
    static PATH: OnceLock<Utf8PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let target = repository::target();
        let status = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", "cargo-layers", "--bin", "cargo-layers"])
            .args(["--target-dir", target.as_str()])
            .current_dir(repository::root())
            .status()
            .expect("Cargo can be run");
        assert!(status.success(), "cargo-layers cannot be built");
        let path =
            target.join("debug").join(format!("cargo-layers{}", std::env::consts::EXE_SUFFIX));
        assert!(path.is_file(), "{path} is not there");
        path
    })
}

/// The binary, ready to be started in `folder` with `arguments`, and deaf to what the
/// surroundings say about colours and CI.
#[must_use]
pub fn command(folder: &Utf8Path, arguments: &[&str]) -> Command {
    prepared(Command::new(path()), folder, arguments)
}

/// `cargo` itself, which finds the binary as a subcommand.
///
/// # Panics
///
/// When `PATH` cannot be put together.
#[must_use]
pub fn cargo(folder: &Utf8Path, arguments: &[&str]) -> Command {
    let own = path().parent().map(|folder| folder.as_std_path().to_owned());
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = own.into_iter().chain(std::env::split_paths(&inherited));
    let search = std::env::join_paths(folders).expect("these came from a PATH");
    let mut command = prepared(Command::new(env!("CARGO")), folder, arguments);
    command.env("PATH", search);
    command
}

/// What would change reports where CI runs these tests.
const DEAF_TO: [&str; 12] = [
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "CI",
    "GITHUB_ACTIONS",
    "GITHUB_WORKSPACE",
    "GITHUB_SERVER_URL",
    "GITHUB_REPOSITORY",
    "GITHUB_SHA",
    "CI_PROJECT_DIR",
    "CI_SERVER_URL",
    "CI_PROJECT_PATH",
];

fn prepared(mut command: Command, folder: &Utf8Path, arguments: &[&str]) -> Command {
    command.args(arguments).current_dir(Path::new(folder)).stdin(Stdio::null());
    for name in DEAF_TO {
        command.env_remove(name);
    }
    command
}

/// Runs `command` to its end.
///
/// # Panics
///
/// When it cannot be started, or writes what is not UTF-8.
#[must_use]
pub fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("output is UTF-8"),
    }
}
