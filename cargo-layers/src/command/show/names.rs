//! `show names`: the names that each module holds.

mod entries;
mod select;
mod text;

use clap::Args;
use serde::Serialize;

use super::Format;
use crate::analysis::analyze_contents;
use crate::command::conditions::ConditionArgs;
use crate::command::error::CommandError;
use crate::command::exit::Exit;
use crate::command::{WorkspaceArgs, terminal};
use crate::report::places::Places;
use entries::ModuleEntry;

/// Of which modules.
#[derive(Debug, Args)]
pub(super) struct NamesArgs {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// Path of one module, such as `shop::domain` or `shop[bin:server]::routes`; of every
    /// module without it
    module: Option<String>,

    /// How to show them
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    #[command(flatten)]
    conditions: ConditionArgs,
}

/// Version of the JSON document; a new field is no new version.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    modules: &'a [ModuleEntry<'a>],
}

pub(super) fn run(arguments: &NamesArgs) -> Result<Exit, CommandError> {
    let workspace = arguments.workspace.load()?;
    let configuration = arguments.conditions.configuration(&workspace)?;
    let (facts, mut contents) = analyze_contents(&workspace, &configuration);
    if let Some(module) = &arguments.module {
        let selected = select::modules(&facts, module)?;
        contents.retain(|contents| selected.contains(&contents.module));
    }
    let places = Places::new(&facts, &workspace.root, &workspace.boundary);
    let modules = entries::of(&places, &contents);
    let text = match arguments.format {
        Format::Text => text::render(&modules),
        Format::Json => terminal::json(&Document { version: VERSION, modules: &modules }),
    };
    terminal::write_output(&text)?;
    Ok(Exit::Clean)
}
