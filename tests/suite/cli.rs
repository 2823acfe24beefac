//! The command line of the real binary: what it accepts, prints and returns.

mod arguments;
mod baseline;
mod config;
mod crate_packs;
mod diff;
mod examples;
mod exceptions;
mod formats;
mod graph;
mod init;
mod prose;
mod prove;
mod query;
mod reports;
mod show;
mod since;
mod sources;

use camino::Utf8Path;
use layers_tests::binary::{Run, command, run};
use layers_tests::repository;
use layers_tests::tree::Copy;

/// Exit code of a check that found nothing of severity error.
const CLEAN: Option<i32> = Some(0);
/// Exit code of a check that did.
const VIOLATIONS: Option<i32> = Some(1);
/// Exit code of a check that could not be made.
const FAILED: Option<i32> = Some(2);

/// A copy of one of the projects, with nothing above it that Cargo could find.
fn project(name: &str) -> Copy {
    Copy::of(&repository::root().join("fixtures/projects").join(name))
}

/// Runs `cargo-layers layers` with `arguments` in `folder`.
pub(crate) fn layers(folder: &Utf8Path, arguments: &[&str]) -> Run {
    let arguments: Vec<_> = ["layers"].iter().chain(arguments).copied().collect();
    run(&mut command(folder, &arguments))
}
