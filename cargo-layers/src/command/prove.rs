//! `prove`: whether each rule can fail.

mod human;
mod json;

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use layers_rules::policy::{Origin, Policy, PolicyRule};

use super::conditions::ConditionArgs;
use super::error::CommandError;
use super::exit::Exit;
use super::places::Places;
use super::stages::Stages;
use super::{PolicyArgs, RuleArgs, terminal};
use crate::prove::{Proof, ProveError, Verdict, by_examples, prove};
use crate::{config, examples};

/// Which rules to prove, and how to show what became of them.
#[derive(Debug, Args)]
pub(super) struct ProveArgs {
    #[command(flatten)]
    rules: RuleArgs,

    #[command(flatten)]
    policy: PolicyArgs,

    /// Do not fail for this rule, proved or not; may be given several times
    #[arg(long, value_name = "RULE")]
    accept: Vec<String>,

    /// How to show what became of them
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    #[command(flatten)]
    conditions: ConditionArgs,
}

/// Output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: a line for each rule, and why where it is not proved
    #[default]
    Human,
    /// For programs: what was planted for each rule, and what it found
    Json,
}

/// The exit codes as `--help` shows them.
pub(super) const HELP: &str = "\
Exit codes:
  0  every rule that counts is proved or accepted
  1  at least one is not
  2  nothing could be proved: bad arguments, a mistake in layers.toml, no workspace";

/// What became of the rules, and which of them need not be proved.
struct Report {
    proofs: Vec<Proof>,
    /// Ids of rules, and why; nothing for those accepted on the command line.
    accepted: BTreeMap<String, Option<String>>,
}

impl Report {
    /// Why a rule need not be proved, if it need not.
    fn acceptance(&self, proof: &Proof) -> Option<&Option<String>> {
        self.accepted.get(&proof.rule)
    }

    /// Whether a rule that counts is neither proved nor accepted.
    fn fails(&self, proof: &Proof) -> bool {
        !proof.verdict.is_settled() && self.acceptance(proof).is_none()
    }
}

pub(super) fn run(arguments: &ProveArgs) -> Result<Exit, CommandError> {
    let mut stages = Stages::new();
    stages.begin("reading Cargo.toml");
    let workspace = arguments.policy.workspace()?;
    stages.begin("reading the rules");
    let config = arguments.policy.config(&workspace)?;
    let configuration = arguments.conditions.configuration(&workspace)?;
    let rules = rules(&config.policy, &arguments.rules.ids())?;
    let accepted = accepted(&config.policy, &arguments.accept)?;
    stages.begin("planting and judging");
    let mut proofs =
        prove(&workspace, &configuration, &config.policy, &rules).map_err(|error| match error {
            ProveError::Policy(problems) => config::problems(&config, problems).into(),
            ProveError::Supply(error) => CommandError::from(error),
        })?;
    let unprovable = |id: &str| {
        let mut proofs = proofs.iter().filter(|proof| proof.rule == id);
        proofs.any(|proof| matches!(proof.verdict, Verdict::Unprovable(_)))
    };
    let tested = examples::of_policy(&config, &workspace, unprovable)?;
    by_examples(&mut proofs, &tested);
    let report = Report { proofs, accepted };
    let places = Places::new(config.files);
    let text = match arguments.format {
        Format::Human => human::render(&report, &places, terminal::output_style()),
        Format::Json => json::render(&report, &places),
    };
    stages.finish();
    terminal::write_output(&text)?;
    let fails = report.proofs.iter().any(|proof| report.fails(proof));
    Ok(if fails { Exit::Violations } else { Exit::Clean })
}

/// The rules that are asked for, each of which must exist; all that are on where none is.
fn rules<'p>(policy: &'p Policy, ids: &[String]) -> Result<Vec<&'p PolicyRule>, CommandError> {
    if ids.is_empty() {
        let rules = policy.rules().iter().filter(|rule| rule.enabled);
        return Ok(rules.filter(|rule| rule.origin != Origin::Upkeep).collect());
    }
    let rule = |id: &String| policy.rule(id).ok_or_else(|| CommandError::unknown_rule(id, policy));
    ids.iter().map(rule).collect()
}

fn accepted(
    policy: &Policy,
    ids: &[String],
) -> Result<BTreeMap<String, Option<String>>, CommandError> {
    let mut accepted = BTreeMap::new();
    for entry in policy.accepted() {
        accepted.insert(entry.rule.clone(), Some(entry.reason.clone()));
    }
    for id in ids {
        if policy.rule(id).is_none() {
            return Err(CommandError::unknown_rule(id, policy));
        }
        accepted.entry(id.clone()).or_insert(None);
    }
    Ok(accepted)
}
