//! Cargo, started so that nothing of the workspace runs with it.
//!
//! What a workspace can have Cargo run: the compiler and the wrappers that its
//! `.cargo/config.toml` names, the toolchain of its `rust-toolchain.toml` (through rustup),
//! an alias, a credential provider. All of that is looked up from the folder that Cargo is
//! started in, so it is started at the root of the file system. What is inherited from the
//! environment may have been set by Cargo and rustup when they started `cargo layers` within
//! the workspace, and is not passed on where it leads back there.

use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::MetadataCommand;

use super::{WorkspaceError, programs, registries};
use crate::disk::Boundary;

/// Variables that name a program or a toolchain.
const PROGRAMS: [&str; 5] =
    ["RUSTUP_TOOLCHAIN", "RUSTC", "CARGO_BUILD_RUSTC", "RUSTDOC", "CARGO_BUILD_RUSTDOC"];

/// What decides at the root of the file system which programs Cargo and rustup run.
const CHOOSERS: [&str; 4] =
    [".cargo/config.toml", ".cargo/config", "rust-toolchain.toml", "rust-toolchain"];

/// A call of `cargo metadata` for `manifest` in which no program runs that its repository
/// asks for.
///
/// # Errors
///
/// When there is no Cargo but one of the repository, and when the repository is the whole
/// file system and chooses programs.
pub(super) fn metadata(manifest: &Utf8Path) -> Result<MetadataCommand, WorkspaceError> {
    let folder = manifest.parent().unwrap_or(manifest);
    let repository = Boundary::around(folder);
    let root = manifest.ancestors().last().unwrap_or(manifest);
    if repository.is_everything()
        && let Some(chooser) =
            CHOOSERS.map(|name| root.join(name)).into_iter().find(|it| it.exists())
    {
        return Err(WorkspaceError::AtTheRoot { chooser });
    }
    let mut command = MetadataCommand::new();
    command
        .cargo_path(program(&repository)?)
        .manifest_path(manifest)
        .current_dir(root)
        .env("PATH", programs::search_path(&repository))
        .env("RUSTC_WRAPPER", "")
        .env("RUSTC_WORKSPACE_WRAPPER", "")
        .env("RUST_BACKTRACE", "0")
        .env("CARGO_TERM_COLOR", "never");
    for variable in PROGRAMS {
        if std::env::var(variable).is_ok_and(|value| leads_into(&value, &repository)) {
            command.env_remove(variable);
        }
    }
    for (variable, value) in registries::variables(folder, &repository) {
        command.env(variable, value);
    }
    Ok(command)
}

/// The Cargo that has started this process, or else the first one on `PATH`.
fn program(repository: &Boundary) -> Result<Utf8PathBuf, WorkspaceError> {
    let own = std::env::var("CARGO").ok().map(Utf8PathBuf::from);
    match own.filter(|own| own.is_file() && programs::is_trusted(own, repository)) {
        Some(own) => Ok(own),
        None => programs::find("cargo", repository)
            .map_err(|source| WorkspaceError::CargoNotStarted { source }),
    }
}

/// Whether a value is a path into the repository, or one that depends on the folder it is
/// used in. A bare name is none.
fn leads_into(value: &str, repository: &Boundary) -> bool {
    let path = Utf8Path::new(value);
    path.components().count() > 1 && !programs::is_trusted(path, repository)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_into_the_repository_are_not_passed_on() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let repository = Boundary::of([root]);
        for (value, leads) in [
            ("stable-x86_64-unknown-linux-gnu", false),
            ("rustc", false),
            ("tools/rustc", true),
            (root.as_str(), true),
            (std::env::temp_dir().to_str().expect("UTF-8"), false),
        ] {
            assert_eq!(leads_into(value, &repository), leads, "{value}");
        }
    }
}
