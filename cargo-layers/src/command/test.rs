//! `test`: the examples of rules, judged.

mod human;
mod json;

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};
use layers_rules::packs::PACKS;
use layers_rules::suggest;

use super::error::CommandError;
use super::exit::Exit;
use super::places::Places;
use super::{PolicyArgs, RuleArgs, terminal};
use crate::config;
use crate::examples::{self, Tested};

/// Which examples to judge, and how to show what became of them.
#[derive(Debug, Args)]
pub(super) struct TestArgs {
    #[command(flatten)]
    rules: RuleArgs,

    #[command(flatten)]
    policy: PolicyArgs,

    /// Judge the examples of every built-in pack instead; needs no workspace
    #[arg(long, conflicts_with_all = ["config", "manifest_path"])]
    all_packs: bool,

    /// How to show what became of them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: each example that fails, with what it should find and what it does
    #[default]
    Human,
    /// For programs: every example
    Json,
}

/// The exit codes as `--help` shows them.
pub(super) const HELP: &str = "\
Exit codes:
  0  every example does what it should
  1  at least one does not
  2  the examples could not be judged: bad arguments, a mistake in layers.toml, no workspace";

pub(super) fn run(arguments: &TestArgs) -> Result<Exit, CommandError> {
    let (tested, files) =
        if arguments.all_packs { of_packs(&arguments.rules.ids())? } else { of_policy(arguments)? };
    let places = Places::new(files);
    let text = match arguments.format {
        Format::Human => human::render(&tested, &places, terminal::output_style()),
        Format::Json => json::render(&tested, &places),
    };
    terminal::write_output(&text)?;
    let fails = tested.outcomes.iter().any(|outcome| outcome.failure.is_some());
    Ok(if fails { Exit::Violations } else { Exit::Clean })
}

/// The examples of the policy of a workspace, and the files they stand in.
fn of_policy(arguments: &TestArgs) -> Result<(Tested, Vec<config::ConfigFile>), CommandError> {
    let workspace = arguments.policy.workspace()?;
    let config = arguments.policy.config(&workspace)?;
    let rules = arguments.rules.known_ids(&config.policy)?;
    let tested = examples::of_policy(&config, &workspace, |id| is_meant(&rules, id))?;
    Ok((tested, config.files))
}

/// The examples of all built-in packs, and the packs.
fn of_packs(rules: &[String]) -> Result<(Tested, Vec<config::ConfigFile>), CommandError> {
    let (mut tested, mut files) = (Tested::default(), Vec::new());
    let mut known = BTreeSet::new();
    for pack in PACKS {
        let (of_pack, of_pack_files) = examples::of_pack(pack)?;
        known.extend(of_pack.outcomes.iter().map(|outcome| outcome.rule.clone()));
        known.extend(of_pack.without_examples.iter().cloned());
        tested.outcomes.extend(of_pack.outcomes);
        tested.without_examples.extend(of_pack.without_examples);
        files.extend(of_pack_files);
    }
    if let Some(rule) = rules.iter().find(|rule| !known.contains(*rule)) {
        let help = suggest::help(rule, "rules of packs", known.iter().map(String::as_str));
        return Err(CommandError::UnknownRule { rule: rule.clone(), help });
    }
    tested.outcomes.retain(|outcome| is_meant(rules, &outcome.rule));
    tested.without_examples.retain(|rule| is_meant(rules, rule));
    Ok((tested, files))
}

fn is_meant(rules: &[String], id: &str) -> bool {
    rules.is_empty() || rules.iter().any(|rule| rule == id)
}
