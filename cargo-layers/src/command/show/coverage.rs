//! `show coverage`: how much of each crate is seen, and what is not.

mod entries;
mod text;

use clap::Args;
use layers_rules::facts::Needs;

use super::Format;
use crate::analysis::{Analysis, analyze_for};
use crate::command::conditions::ConditionArgs;
use crate::command::error::CommandError;
use crate::command::exit::Exit;
use crate::command::{WorkspaceArgs, terminal};
use crate::report::places::Places;

/// Of which workspace.
#[derive(Debug, Args)]
pub(super) struct CoverageArgs {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    #[command(flatten)]
    conditions: ConditionArgs,
}

pub(super) fn run(arguments: &CoverageArgs) -> Result<Exit, CommandError> {
    let workspace = arguments.workspace.load()?;
    let configuration = arguments.conditions.configuration(&workspace)?;
    let Analysis { facts, mut issues } = analyze_for(&workspace, &configuration, Needs::default());
    crate::report::sort(&mut issues);
    let places = Places::new(&facts, &workspace.root, &workspace.boundary);
    let document = entries::of(&places, &issues);
    let text = match arguments.format {
        Format::Text => text::render(&document),
        Format::Json => terminal::json(&document),
    };
    terminal::write_output(&text)?;
    Ok(Exit::Clean)
}
