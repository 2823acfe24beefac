//! `show`: what is seen of a workspace, one module for each thing to show.

mod coverage;
mod names;

use clap::{Args, Subcommand, ValueEnum};

use super::error::CommandError;
use super::exit::Exit;

/// What to show.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The names that each module holds: what each means, and how it came there
    Names(names::NamesArgs),
    /// How much of each crate is seen, and what is not
    Coverage(coverage::CoverageArgs),
}

/// Output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

pub(super) fn run(arguments: &ShowArgs) -> Result<Exit, CommandError> {
    match &arguments.what {
        What::Names(arguments) => names::run(arguments),
        What::Coverage(arguments) => coverage::run(arguments),
    }
}
