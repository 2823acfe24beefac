//! Programs to start: from `PATH`, and never one that the checked repository brings along.

use std::env::{self, consts::EXE_SUFFIX};
use std::ffi::{OsStr, OsString};
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::disk::Boundary;

/// The first program of this name on `PATH` that does not lie within `repository`.
///
/// # Errors
///
/// When there is none.
pub fn find(name: &str, repository: &Boundary) -> io::Result<Utf8PathBuf> {
    let search = env::var_os("PATH").unwrap_or_default();
    find_in(&search, name, &|program| is_trusted(program, repository)).ok_or_else(|| {
        let reason = format!("no `{name}` on the PATH lies outside of the repository");
        io::Error::new(io::ErrorKind::NotFound, reason)
    })
}

fn find_in(
    search: &OsStr,
    name: &str,
    is_trusted: &dyn Fn(&Utf8Path) -> bool,
) -> Option<Utf8PathBuf> {
    env::split_paths(search)
        .filter_map(|folder| Utf8PathBuf::from_path_buf(folder).ok())
        // Others depend on the folder that the program is started in.
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(format!("{name}{EXE_SUFFIX}")))
        .find(|program| is_executable(program) && is_trusted(program))
}

/// `PATH` without the folders of `repository` and those that depend on the folder they are
/// used in, for programs that look for others there.
#[must_use]
pub fn search_path(repository: &Boundary) -> OsString {
    let search = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&search).filter(|folder| {
        Utf8Path::from_path(folder).is_none_or(|folder| is_trusted(folder, repository))
    });
    // They come from such a variable, so that they can be joined again.
    env::join_paths(folders).unwrap_or_default()
}

/// Whether `program`, an absolute path, may be started: it lies outside of `repository`, or
/// where the user has had Rust installed.
pub(super) fn is_trusted(program: &Utf8Path, repository: &Boundary) -> bool {
    let installed = ["CARGO_HOME", "RUSTUP_HOME"].map(|variable| env::var(variable).ok());
    let installed = Boundary::of(installed.iter().flatten().map(Utf8Path::new));
    let home = env::home_dir().and_then(|home| Utf8PathBuf::from_path_buf(home).ok());
    let usual = home.into_iter().flat_map(|home| [home.join(".cargo"), home.join(".rustup")]);
    let usual: Vec<Utf8PathBuf> = usual.collect();
    let installed = installed.and(usual.iter().map(Utf8PathBuf::as_path));
    program.is_absolute() && (!repository.holds(program) || installed.holds(program))
}

#[cfg(unix)]
fn is_executable(path: &Utf8Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Utf8Path) -> bool {
    path.is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn programs_of_the_repository_are_passed_over() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        for (place, mode) in [("repository/bin", 0o755), ("other", 0o644), ("usual", 0o755)] {
            fs::create_dir_all(root.join(place)).expect("made");
            let program = root.join(place).join(format!("tool{EXE_SUFFIX}"));
            fs::write(&program, "").expect("written");
            fs::set_permissions(&program, Permissions::from_mode(mode)).expect("set");
        }
        // A link to a program of the repository is one of its programs.
        std::os::unix::fs::symlink("../repository/bin/tool", root.join("other/linked"))
            .expect("linked");
        let repository = Boundary::of([root.join("repository").as_path()]);
        let search = |folders: &[&str]| {
            let folders = folders.iter().map(|folder| match folder.strip_prefix("./") {
                Some(relative) => relative.into(),
                None => root.join(folder),
            });
            env::join_paths(folders).expect("a search path")
        };
        let trusted = |program: &Utf8Path| is_trusted(program, &repository);
        let find = |folders: &[&str], name: &str| find_in(&search(folders), name, &trusted);
        let all = ["./repository/bin", "repository/bin", "other", "usual"];
        assert_eq!(find(&all, "tool"), Some(root.join("usual/tool")));
        assert_eq!(find(&all[..3], "tool"), None);
        assert_eq!(find(&all, "linked"), None);
    }
}
