//! The command line: what can be asked for, and one module per subcommand.

mod baseline;
mod check;
mod columns;
mod conditions;
mod describe;
mod diff;
mod error;
mod exceptions;
mod exit;
mod explain;
mod formats;
mod init;
mod judging;
mod past;
mod places;
mod prove;
mod query;
mod schema;
mod show;
mod stages;
mod starter;
mod terminal;
mod test;
mod unresolved;

use std::ffi::OsString;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ColorChoice, Parser, Subcommand};
use layers_rules::policy::Policy;

use crate::baseline::{Baseline, BaselineError};
use crate::config::{self, Config, ConfigError};
use crate::workspace::{self, Workspace};
use error::CommandError;
pub use exit::Exit;

/// Checks that a Rust workspace keeps to the layers and rules in its layers.toml.
///
/// It reads Cargo.toml and source files, finds out what every path in them means, and
/// compares that with the rules. It compiles nothing and runs no code of the workspace.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-layers",
    bin_name = "cargo layers",
    version,
    after_help = exit::HELP,
    arg_required_else_help = true,
)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to use colours
    ///
    /// `auto` uses them on a terminal and heeds `NO_COLOR` and `CLICOLOR_FORCE`.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, global = true)]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find the layers of the workspace and write a first layers.toml that the check passes
    #[command(after_help = init::HELP)]
    Init(init::InitArgs),
    /// Check the workspace and show every violation
    #[command(after_help = exit::HELP)]
    Check(check::CheckArgs),
    /// Record what breaks the rules today, so that the check fails for what is new alone
    #[command(after_help = baseline::HELP)]
    Baseline(baseline::RecordArgs),
    /// List every exception: of what, why, whose, until when, and whether it is still needed
    Exceptions(exceptions::ExceptionsArgs),
    /// Explain a rule: why it exists, what breaks it, how to mend that
    Explain(explain::ExplainArgs),
    /// Judge the examples that rules carry: the bad ones must break them, the good ones not
    #[command(after_help = test::HELP)]
    Test(test::TestArgs),
    /// Describe the architecture in prose: layers, who may use whom, and every rule
    Describe(describe::DescribeArgs),
    /// Plant a violation of each rule in memory, and demand that the rule finds it
    #[command(after_help = prove::HELP)]
    Prove(prove::ProveArgs),
    /// Tell what has become of the architecture and of its rules since a revision
    #[command(after_help = diff::HELP)]
    Diff(diff::DiffArgs),
    /// Show what is seen of the workspace
    Show(show::ShowArgs),
    /// Ask a question in SQL about what is known of the workspace
    Query(query::QueryArgs),
    /// Print the JSON schema of layers.toml, for editors that complete and check it
    Schema,
}

/// Which workspace.
#[derive(Debug, Args)]
struct WorkspaceArgs {
    /// Cargo.toml of the workspace or of one of its packages [default: the nearest one from
    /// the current folder upwards]
    #[arg(long, value_name = "PATH")]
    manifest_path: Option<Utf8PathBuf>,
}

/// Which workspace, and which rules for it.
#[derive(Debug, Args)]
struct PolicyArgs {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// File with the layers and rules [default: layers.toml beside the workspace's Cargo.toml]
    #[arg(long, value_name = "FILE")]
    config: Option<Utf8PathBuf>,
}

/// Which rules of the policy.
#[derive(Debug, Args)]
struct RuleArgs {
    /// Rules that are meant [default: all]
    #[arg(value_name = "RULE")]
    rules: Vec<String>,

    /// Another rule that is meant; may be given several times
    #[arg(long = "rule", value_name = "RULE")]
    more: Vec<String>,
}

impl RuleArgs {
    /// The ids of the rules, in whatever way they were given; none where all are meant.
    fn ids(&self) -> Vec<String> {
        self.rules.iter().chain(&self.more).cloned().collect()
    }

    /// The same, each of which must be a rule of this policy.
    fn known_ids(&self, policy: &Policy) -> Result<Vec<String>, CommandError> {
        let ids = self.ids();
        match ids.iter().find(|id| policy.rule(id).is_none()) {
            Some(unknown) => Err(CommandError::unknown_rule(unknown, policy)),
            None => Ok(ids),
        }
    }
}

/// Which baseline.
#[derive(Debug, Args)]
struct BaselineArgs {
    /// File with the findings that are passed over [default: layers-baseline.toml beside the
    /// workspace's Cargo.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    baseline: Option<Utf8PathBuf>,
}

impl BaselineArgs {
    /// The baseline, which need not exist.
    fn read(&self, workspace: &Workspace) -> Result<Baseline, CommandError> {
        Ok(Baseline::read(workspace, self.baseline.as_deref())?)
    }

    /// The baseline, which must exist when it is named.
    fn existing(&self, workspace: &Workspace) -> Result<Baseline, CommandError> {
        let baseline = self.read(workspace)?;
        if self.baseline.is_some() && baseline.file.is_none() {
            return Err(BaselineError::Missing { path: baseline.path }.into());
        }
        Ok(baseline)
    }
}

impl WorkspaceArgs {
    fn load(&self) -> Result<Workspace, CommandError> {
        let cwd = std::env::current_dir().map_err(CommandError::NoCurrentFolder)?;
        let cwd = Utf8Path::from_path(&cwd)
            .ok_or_else(|| CommandError::FolderNotUnicode { folder: cwd.clone() })?;
        Ok(workspace::load(self.manifest_path.as_deref(), cwd)?)
    }
}

impl PolicyArgs {
    fn workspace(&self) -> Result<Workspace, CommandError> {
        self.workspace.load()
    }

    fn config(&self, workspace: &Workspace) -> Result<Config, CommandError> {
        config::load(workspace, self.config.as_deref()).map_err(|error| match error {
            ConfigError::Missing { root } => {
                CommandError::NoPolicy { root, starter: starter::text(workspace) }
            }
            error => error.into(),
        })
    }
}

/// Runs the command line `arguments`, the first of which is the program's own name.
///
/// Cargo passes the name of the subcommand as the second one, and so may anyone else.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|argument| argument == "layers") {
        arguments.remove(1);
    }
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody is left to tell when neither output can be written to.
            let _ = error.print();
            return if error.use_stderr() { Exit::Failed } else { Exit::Clean };
        }
    };
    terminal::choose_colours(cli.color);
    let result = match &cli.command {
        Command::Init(arguments) => init::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Baseline(arguments) => baseline::run(arguments),
        Command::Exceptions(arguments) => exceptions::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Test(arguments) => test::run(arguments),
        Command::Describe(arguments) => describe::run(arguments),
        Command::Prove(arguments) => prove::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Show(arguments) => show::run(arguments),
        Command::Query(arguments) => query::run(arguments),
        Command::Schema => schema::run(),
    };
    result.unwrap_or_else(|error| {
        terminal::write_error(&error);
        Exit::Failed
    })
}
