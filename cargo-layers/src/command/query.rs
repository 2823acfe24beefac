//! `query`: a question in SQL about the facts.

mod formats;

use std::time::Duration;

use clap::{Args, ValueEnum};
use layers_rules::context::layer_members;
use layers_rules::facts::{Facts, Needs, Target};

use super::conditions::ConditionArgs;
use super::error::CommandError;
use super::exit::Exit;
use super::{PolicyArgs, terminal};
use crate::analysis::analyze_for;
use crate::config;
use crate::query::{Budget, Database, SCHEMA};
use crate::report::places::Places;
use crate::workspace::Workspace;

/// What to ask.
#[derive(Debug, Args)]
pub(super) struct QueryArgs {
    #[command(flatten)]
    policy: PolicyArgs,

    /// One question, say "SELECT `from_module`, `to_path` FROM dependencies"
    #[arg(required_unless_present = "schema")]
    sql: Option<String>,

    /// How to show the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Show the tables and their columns instead
    #[arg(long, conflicts_with = "sql")]
    schema: bool,

    /// The most rows of an answer
    #[arg(long, value_name = "COUNT", default_value_t = 100_000)]
    max_rows: usize,

    /// The longest time to find the answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    timeout: u64,

    #[command(flatten)]
    conditions: ConditionArgs,
}

/// Output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// An array with an object for each row
    Json,
    /// A line with the columns, then one for each row
    Csv,
}

pub(super) fn run(arguments: &QueryArgs) -> Result<Exit, CommandError> {
    let Some(sql) = &arguments.sql else {
        terminal::write_output(SCHEMA)?;
        return Ok(Exit::Clean);
    };
    let workspace = arguments.policy.workspace()?;
    let configuration = arguments.conditions.configuration(&workspace)?;
    let facts = analyze_for(&workspace, &configuration, Needs::SOURCE).facts;
    let layers = layers(&arguments.policy, &workspace, &facts)?;
    let places = Places::new(&facts, &workspace.root, &workspace.boundary);
    let mut database = Database::new(&places, &layers)?;
    let time = Duration::from_secs(arguments.timeout);
    let answer = database.ask(sql, Budget { rows: arguments.max_rows, time })?;
    let text = match arguments.format {
        Format::Table => formats::table(&answer),
        Format::Json => formats::json(&answer)?,
        Format::Csv => formats::csv(&answer),
    };
    terminal::write_output(&text)?;
    Ok(Exit::Clean)
}

/// What is in which layer; nothing where there is no policy.
fn layers(
    arguments: &PolicyArgs,
    workspace: &Workspace,
    facts: &Facts,
) -> Result<Vec<(String, Target)>, CommandError> {
    if arguments.config.is_none() && !config::is_there(workspace)? {
        return Ok(Vec::new());
    }
    let config = arguments.config(workspace)?;
    let layers = layer_members(facts, &config.policy);
    layers.map_err(|problems| config::problems(&config, problems).into())
}
