//! `exceptions`: one ledger of every exception, wherever it is written.

mod json;
mod table;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use layers_rules::exceptions::{ExceptionKind, LedgerEntry};
use serde::Serialize;

use super::error::CommandError;
use super::exit::Exit;
use super::judging::judge;
use super::{BaselineArgs, PolicyArgs, RuleArgs, terminal};
use crate::report::Sources;
use crate::workspace::Workspace;

/// Which exceptions to show, and how.
#[derive(Debug, Args)]
pub(super) struct ExceptionsArgs {
    #[command(flatten)]
    policy: PolicyArgs,

    #[command(flatten)]
    baseline: BaselineArgs,

    #[command(flatten)]
    rules: RuleArgs,

    /// Show those whose last day has passed
    #[arg(long)]
    expired: bool,

    /// Show those that cover nothing; with --expired, both
    #[arg(long)]
    unused: bool,

    /// How to show them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: one line each
    #[default]
    Table,
    /// For programs
    Json,
}

pub(super) fn run(arguments: &ExceptionsArgs) -> Result<Exit, CommandError> {
    // What could not be resolved is looked for as well, so that its exceptions are judged.
    let mut judged = judge(&arguments.policy, true)?;
    let baseline = arguments.baseline.existing(&judged.workspace)?;
    judged.subtract(&baseline.entries);
    let is_rule = |id: &String| judged.report.ledger.iter().any(|entry| entry.rule == *id);
    let rules = arguments.rules.ids();
    for rule in &rules {
        if judged.config.policy.rule(rule).is_none() && !is_rule(rule) {
            return Err(CommandError::unknown_rule(rule, &judged.config.policy));
        }
    }
    let entries: Vec<&LedgerEntry> =
        judged.report.ledger.iter().filter(|entry| is_meant(arguments, &rules, entry)).collect();
    let files = entries.iter().map(|entry| entry.location.file.as_str());
    let Workspace { root, boundary, .. } = &judged.workspace;
    let mut sources = Sources::of_files(root, boundary, files);
    sources.insert_config(&judged.config);
    sources.insert_files(baseline.file);
    let text = match arguments.format {
        Format::Table => table::render(&entries, &sources, judged.config.policy.today()),
        Format::Json => json::render(&entries, &sources, judged.config.policy.today()),
    };
    terminal::write_output(&text)?;
    Ok(Exit::Clean)
}

fn is_meant(arguments: &ExceptionsArgs, rules: &[String], entry: &LedgerEntry) -> bool {
    let is_of_rule = rules.is_empty() || rules.contains(&entry.rule);
    let is_unused = entry.is_needed() == Some(false) && !entry.expired;
    let is_of_state = (!arguments.expired && !arguments.unused)
        || (arguments.expired && entry.expired)
        || (arguments.unused && is_unused);
    is_of_rule && is_of_state
}

/// What a list of exceptions comes to.
#[derive(Serialize)]
struct Totals {
    config: usize,
    inline: usize,
    baseline: usize,
    findings: usize,
    expired: usize,
    unused: usize,
    without_owner: usize,
}

impl Totals {
    fn of(entries: &[&LedgerEntry]) -> Self {
        let count = |is_meant: &dyn Fn(&LedgerEntry) -> bool| {
            entries.iter().filter(|entry| is_meant(entry)).count()
        };
        Self {
            config: count(&|entry| entry.kind == ExceptionKind::Config),
            inline: count(&|entry| entry.kind == ExceptionKind::Inline),
            baseline: count(&|entry| entry.kind == ExceptionKind::Baseline),
            findings: entries
                .iter()
                .filter(|entry| !entry.expired)
                .filter_map(|entry| entry.findings)
                .sum(),
            expired: count(&|entry| entry.expired),
            unused: count(&|entry| !entry.expired && entry.is_needed() == Some(false)),
            without_owner: count(&|entry| entry.owner.is_none()),
        }
    }
}

/// Days from one day to another; none where the first is still to come.
fn age_in_days(since: Date, today: Date) -> i32 {
    // Both are dates, so that the difference is in days alone.
    since.until(today).map_or(0, |span| span.get_days()).max(0)
}
