//! `init`: finds the layers of a workspace and writes a first layers.toml, with today's
//! violations in the baseline, so that the check passes from then on.

mod dialog;
mod given;
mod told;

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use indexmap::IndexMap;
use layers_rules::check::is_recordable;
use layers_rules::exceptions::baseline::{Update, update};
use layers_rules::finding::{Finding, Severity};
use layers_rules::policy::Origin;
use layers_rules::policy::raw::schema;

use super::error::CommandError;
use super::exit::Exit;
use super::judging::{Judged, judge_by};
use super::stages::Stages;
use super::{WorkspaceArgs, terminal};
use crate::analysis::analyze;
use crate::baseline::{self, Baseline};
use crate::config;
use crate::proposal::{Fitting, Proposal, Structure, fitting, structure};
use crate::report::{self, Sources};
use crate::workspace::Workspace;
use dialog::Choice;
use given::GivenLayer;

/// What to write, and how to ask.
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// Take what is found, and ask nothing; so it is, too, where there is no terminal
    #[arg(long, short)]
    yes: bool,

    /// Built-in pack of rules to extend, or `none` [default: the first that fits the layers]
    #[arg(long, value_name = "NAME")]
    pack: Option<String>,

    /// Layer with a path pattern of what belongs to it, in place of what is found for it; may be
    /// given several times, for one layer too
    #[arg(long = "layer", value_name = "NAME=PATTERN", value_parser = GivenLayer::parse)]
    layers: Vec<GivenLayer>,

    /// Write nothing: show the file, and what its rules cost today
    #[arg(long)]
    dry_run: bool,

    /// Overwrite layers.toml and layers-baseline.toml, if they exist
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    schema: SchemaArgs,
}

/// What editors are to be told.
#[derive(Debug, Args)]
struct SchemaArgs {
    /// File for the JSON schema that editors complete and check layers.toml with [default:
    /// layers.schema.json beside it]
    #[arg(long, value_name = "FILE")]
    schema: Option<Utf8PathBuf>,

    /// Write no JSON schema, and name none in the first line
    #[arg(long, conflicts_with = "schema")]
    no_schema: bool,
}

/// The exit codes as `--help` shows them.
pub(super) const HELP: &str = "\
Exit codes:
  0  the files are written and `check` passes; with --dry-run, it would
  1  the files are written and `check` does not pass: what is in its way is shown
  2  nothing is written: there is a layers.toml, bad arguments, no workspace";

/// The name of the schema, where no other is asked for.
const SCHEMA: &str = "layers.schema.json";

/// The word for no pack at all.
const NO_PACK: &str = "none";

pub(super) fn run(arguments: &InitArgs) -> Result<Exit, CommandError> {
    let workspace = arguments.workspace.load()?;
    arguments.refuse_to_overwrite(&workspace)?;
    let mut stages = Stages::new();
    stages.begin("looking for layers");
    let structure = structure(&workspace, &analyze(&workspace).facts);
    stages.finish();
    let given = given::by_name(&arguments.layers);
    let asks = !arguments.yes && terminal::can_ask();
    let Some(mut proposal) = arguments.proposal(&structure, &given, asks)? else {
        return Ok(Exit::Clean);
    };
    let schema = arguments.schema.file(&workspace.root)?;
    let mut draft = Draft::new(&workspace, &proposal, schema.as_ref())?;
    if asks {
        let Some(unwanted) = dialog::unwanted_rules(&draft.costs)? else { return Ok(Exit::Clean) };
        for rule in &unwanted {
            proposal.leave_out(rule);
        }
        if !unwanted.is_empty() {
            draft = Draft::new(&workspace, &proposal, schema.as_ref())?;
        }
    }
    let written = if arguments.dry_run {
        Vec::new()
    } else {
        draft.write(&workspace.root, schema.as_ref())?
    };
    terminal::write_output(&told::text(&proposal, &draft, &written))?;
    Ok(if draft.blockers.is_empty() { Exit::Clean } else { Exit::Violations })
}

impl InitArgs {
    /// An error where there is a policy, or a baseline, that nobody allowed to be replaced.
    fn refuse_to_overwrite(&self, workspace: &Workspace) -> Result<(), CommandError> {
        let has_policy = config::is_there(workspace)?;
        for (name, is_there) in [
            (config::FILE_NAME, has_policy),
            (baseline::FILE_NAME, workspace.root.join(baseline::FILE_NAME).exists()),
        ] {
            if is_there && !self.force && !self.dry_run {
                return Err(CommandError::PolicyExists { name });
            }
        }
        Ok(())
    }

    /// What is to be written; `None` where whoever is asked wants nothing.
    fn proposal(
        &self,
        structure: &Structure,
        given: &[(String, Vec<String>)],
        asks: bool,
    ) -> Result<Option<Proposal>, CommandError> {
        let mut names = structure.layer_names();
        names.extend(given.iter().map(|(name, _)| name.clone()));
        let fitting = fitting(&names);
        let pack = match self.pack.as_deref() {
            None => fitting.first().cloned(),
            Some(NO_PACK) => None,
            Some(name) => Some(Fitting::of(name).ok_or_else(|| CommandError::unknown_pack(name))?),
        };
        if !asks {
            return Ok(Some(structure.proposal(pack.as_ref(), given)));
        }
        let pack = if self.pack.is_some() {
            pack
        } else {
            match dialog::pack(&fitting)? {
                Choice::Pack(pack) => Some(pack),
                Choice::NoPack => None,
                Choice::Left => return Ok(None),
            }
        };
        let proposal = structure.proposal(pack.as_ref(), given);
        let given = dialog::layers(&proposal)?;
        Ok(Some(structure.proposal(pack.as_ref(), &given)))
    }
}

impl SchemaArgs {
    /// The file for the JSON schema, if one is wanted.
    fn file(&self, root: &Utf8Path) -> Result<Option<SchemaFile>, CommandError> {
        if self.no_schema {
            return Ok(None);
        }
        let path = match &self.schema {
            None => root.join(SCHEMA),
            Some(path) => {
                let absolute = camino::absolute_utf8(path);
                absolute.map_err(|source| CommandError::PolicyNotWritten {
                    file: path.clone(),
                    source,
                })?
            }
        };
        let name = config::shown(root, &path);
        Ok(Some(SchemaFile { path, name }))
    }
}

/// Where the JSON schema goes.
struct SchemaFile {
    /// Absolute.
    path: Utf8PathBuf,
    /// Relative to the workspace root.
    name: String,
}

impl SchemaFile {
    /// As the first line of layers.toml names it.
    fn reference(&self) -> String {
        if self.name.starts_with('.') || self.name.starts_with('/') {
            self.name.clone()
        } else {
            format!("./{}", self.name)
        }
    }
}

/// A policy that is not written yet, and what the workspace says to it.
struct Draft {
    text: String,
    /// How often each rule is broken today, in the order of the policy.
    costs: Vec<(String, usize)>,
    baseline: Update,
    /// What no baseline holds: errors about the policy or the source itself, a line for each.
    blockers: Vec<String>,
}

impl Draft {
    fn new(
        workspace: &Workspace,
        proposal: &Proposal,
        schema: Option<&SchemaFile>,
    ) -> Result<Self, CommandError> {
        let text = proposal.text(schema.map(SchemaFile::reference).as_deref());
        let config = config::of_text(workspace, &text)?;
        let judged = judge_by(workspace.clone(), config, false)?;
        let mut costs: IndexMap<String, usize> = IndexMap::new();
        for rule in judged.config.policy.rules() {
            if rule.enabled && rule.origin != Origin::Upkeep {
                costs.insert(rule.id.clone(), 0);
            }
        }
        for finding in &judged.report.findings {
            if let Some(cost) = costs.get_mut(&finding.rule) {
                *cost += 1;
            }
        }
        let blockers = blockers(&judged);
        let baseline = recorded(&judged);
        Ok(Self { text, costs: costs.into_iter().collect(), baseline, blockers })
    }

    /// Writes the files, and gives their names.
    fn write(
        &self,
        root: &Utf8Path,
        schema_file: Option<&SchemaFile>,
    ) -> Result<Vec<String>, CommandError> {
        let mut written = vec![config::FILE_NAME.to_owned()];
        write(&root.join(config::FILE_NAME), &self.text)?;
        let path = root.join(baseline::FILE_NAME);
        if !self.baseline.entries.is_empty() {
            write(&path, &Baseline::text(&self.baseline.entries))?;
            written.push(baseline::FILE_NAME.to_owned());
        } else if path.exists() {
            // That of the policy before would speak of rules that are gone.
            fs::remove_file(&path)
                .map_err(|source| CommandError::PolicyNotWritten { file: path.clone(), source })?;
        }
        if let Some(file) = schema_file {
            write(&file.path, &terminal::json(&schema()))?;
            written.push(file.name.clone());
        }
        Ok(written)
    }
}

fn write(path: &Utf8Path, text: &str) -> Result<(), CommandError> {
    fs::write(path, text)
        .map_err(|source| CommandError::PolicyNotWritten { file: path.to_owned(), source })
}

/// All that a baseline can hold of what is found.
fn recorded(judged: &Judged) -> Update {
    let findings = &judged.report.findings;
    let comparison = judged.report.compare(&judged.facts, &[]);
    let new: Vec<&Finding> = findings.iter().filter(|it| is_recordable(it)).collect();
    let today = judged.config.policy.today();
    update(&[], findings, &comparison, &|_| true, &new, today)
}

/// Errors that no baseline holds.
fn blockers(judged: &Judged) -> Vec<String> {
    let findings = judged.report.findings.iter();
    let blocking: Vec<Finding> = findings
        .filter(|finding| finding.severity == Severity::Error && !is_recordable(finding))
        .cloned()
        .collect();
    let mut sources = Sources::read(&judged.workspace.root, &judged.workspace.boundary, &blocking);
    sources.insert_config(&judged.config);
    report::short::render(&blocking, &sources).lines().map(str::to_owned).collect()
}
