//! Where things are in this repository.

use camino::{Utf8Path, Utf8PathBuf};

/// The folder that holds everything.
///
/// # Panics
///
/// When this crate has been moved out of its repository.
#[must_use]
pub fn root() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate is a folder of the root")
}

/// The folder that Cargo builds into, found by the place of the running program.
///
/// # Panics
///
/// When the running program was not built by Cargo.
#[must_use]
pub fn target() -> Utf8PathBuf {
    let program = std::env::current_exe().expect("a running program has a path");
    let program = Utf8PathBuf::from_path_buf(program).expect("the path is UTF-8");
    let profile = program
        .ancestors()
        .find(|folder| folder.join("deps").is_dir())
        .expect("Cargo builds into a folder with `deps`");
    profile.parent().expect("a profile is a folder of the target folder").to_owned()
}
