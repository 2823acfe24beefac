//! The formats of `check`: which there are, and what goes where.

mod help;
mod members;
mod repository;

use std::collections::BTreeSet;
use std::fs;
use std::{env, fmt};

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};
use layers_rules::finding::Finding;

use super::error::CommandError;
use super::terminal;
use crate::config::Config;
use crate::report::human::Style;
use crate::report::{self, Sources, Summary};
use crate::workspace::Workspace;

/// How to show what is found.
#[derive(Debug, Args)]
pub(super) struct FormatArgs {
    /// How to show on standard output what is found
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Write a report in this format to a file besides; may be given several times
    #[arg(long = "output", value_name = "FORMAT=FILE")]
    outputs: Vec<Output>,
}

/// Output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// `human`, and before it `github` where GitHub Actions runs this
    #[default]
    Auto,
    /// For people: source lines, the chain of re-exports, why, and what to do
    Human,
    /// One line each: place, severity, rule, message
    Short,
    /// For programs: everything known of each finding
    Json,
    /// SARIF 2.1.0, for code scanning and viewers
    Sarif,
    /// Workflow commands, which GitHub Actions shows as annotations
    Github,
    /// A code quality report, which GitLab shows in merge requests
    Gitlab,
    /// Test results in XML, which most CI servers show; each rule is a test
    Junit,
    /// For the summary of a CI step, or a comment
    Markdown,
    /// What Cargo writes of the compiler, which rust-analyzer shows in editors
    Cargo,
}

/// A format and the file to write it to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Output {
    format: Format,
    file: Utf8PathBuf,
}

/// What there is to show.
pub(super) struct Outcome<'a> {
    pub(super) findings: &'a [Finding],
    pub(super) summary: &'a Summary,
    pub(super) sources: &'a Sources,
    pub(super) config: &'a Config,
    pub(super) workspace: &'a Workspace,
}

impl FormatArgs {
    /// What goes to standard output.
    pub(super) fn output(&self, outcome: &Outcome<'_>) -> String {
        render(self.format, outcome, terminal::output_style())
    }

    /// Writes the files.
    pub(super) fn write_files(&self, outcome: &Outcome<'_>) -> Result<(), CommandError> {
        let mut written: BTreeSet<&Utf8Path> = BTreeSet::new();
        if let Some(output) = self.outputs.iter().find(|output| !written.insert(&output.file)) {
            return Err(CommandError::FileTwice { file: output.file.clone() });
        }
        for Output { format, file } in &self.outputs {
            let text = render(*format, outcome, Style::Plain);
            fs::write(file, text)
                .map_err(|source| CommandError::FileNotWritten { file: file.clone(), source })?;
        }
        Ok(())
    }
}

impl std::str::FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((format, file)) = text.split_once('=') else {
            return Err(
                "a format, an equals sign and a file are needed, as in `sarif=layers.sarif`"
                    .to_owned(),
            );
        };
        if file.is_empty() {
            return Err(format!("no file is named behind `{format}=`"));
        }
        let format = Format::from_str(format, false)
            .map_err(|_| layers_rules::suggest::help(format, "formats", names()))
            .map_err(|help| format!("there is no format `{format}`: {help}"))?;
        Ok(Self { format, file: file.into() })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(name(*self))
    }
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Auto => "auto",
        Format::Human => "human",
        Format::Short => "short",
        Format::Json => "json",
        Format::Sarif => "sarif",
        Format::Github => "github",
        Format::Gitlab => "gitlab",
        Format::Junit => "junit",
        Format::Markdown => "markdown",
        Format::Cargo => "cargo",
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    Format::value_variants().iter().map(|format| name(*format))
}

fn render(format: Format, outcome: &Outcome<'_>, style: Style) -> String {
    let Outcome { findings, summary, sources, .. } = *outcome;
    let root = &outcome.workspace.root;
    let human = || report::human::render(findings, summary, sources, style);
    let github = || report::github::render(findings, sources, &repository::prefix(root));
    match format {
        Format::Auto if env::var_os("GITHUB_ACTIONS").is_some() => github() + &human(),
        Format::Auto | Format::Human => human(),
        Format::Short => report::short::render(findings, sources),
        Format::Json => report::json::render(findings, summary, sources),
        Format::Sarif => {
            let rules = help::rules(outcome);
            report::sarif::render(findings, &rules, sources, &repository::prefix(root))
        }
        Format::Github => github(),
        Format::Gitlab => report::gitlab::render(findings, sources, &repository::prefix(root)),
        Format::Junit => report::junit::render(findings, &help::rules(outcome), sources),
        Format::Markdown => {
            report::markdown::render(findings, summary, sources, &repository::links(root))
        }
        Format::Cargo => {
            let members = members::of(outcome.workspace);
            report::cargo::render(findings, &help::rules(outcome), &members, sources)
        }
    }
}
