//! `diff`: what has become of the architecture and of its rules.

mod compare;
mod json;
mod mermaid;
mod prose;

use clap::{Args, ValueEnum};

use super::error::CommandError;
use super::exit::Exit;
use super::{BaselineArgs, PolicyArgs, terminal};
use crate::report::Sources;
use compare::{Drift, compare};

/// Which states to compare, and how to show what differs.
#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// Branch, tag or commit: what the workspace was like where it departed from there is what
    /// it is compared with
    #[arg(value_name = "REV")]
    revision: String,

    #[command(flatten)]
    policy: PolicyArgs,

    #[command(flatten)]
    baseline: BaselineArgs,

    /// How to show what differs
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// End with exit code 1 if there is any of this; separated by commas
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    fail_on: Vec<FailOn>,
}

/// Output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For a comment: with a diagram, which GitHub and GitLab draw
    Markdown,
    /// For programs
    Json,
}

/// What can end a run with exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A violation of severity error that was not there
    NewViolations,
    /// A change of the rules that lets more pass
    Loosened,
}

pub(super) const HELP: &str = "\
Exit codes:
  0  the states were compared, whatever differs
  1  something of what --fail-on names was found
  2  the states could not be compared: no such revision, a mistake in layers.toml";

pub(super) fn run(arguments: &DiffArgs) -> Result<Exit, CommandError> {
    let drift = compare(&arguments.policy, &arguments.baseline, &arguments.revision)?;
    let text = match arguments.format {
        Format::Text => prose::document(&drift).text(terminal::output_style()),
        Format::Markdown => markdown(&drift),
        Format::Json => json::render(&drift),
    };
    terminal::write_output(&text)?;
    let fails = |what: &FailOn| match what {
        FailOn::NewViolations => drift.has_new_errors(),
        FailOn::Loosened => drift.is_loosened(),
    };
    let fails = arguments.fail_on.iter().any(fails);
    Ok(if fails { Exit::Violations } else { Exit::Clean })
}

fn markdown(drift: &Drift) -> String {
    let text = prose::document(drift).markdown();
    match mermaid::diagram(drift) {
        None => text,
        Some(diagram) => format!("{text}\n```mermaid\n{diagram}```\n"),
    }
}

/// `file:line` of a location.
fn place(sources: &Sources, location: &layers_rules::finding::Location) -> String {
    format!("{}:{}", location.file, sources.range(location).start.line)
}
