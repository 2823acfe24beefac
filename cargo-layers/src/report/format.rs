//! Which formats there are.

use std::{env, fmt};

use layers_rules::finding::Finding;
use layers_rules::policy::Policy;

use super::cargo::Member;
use super::human::Style;
use super::{
    Links, Sources, Summary, cargo, github, gitlab, help, human, json, junit, markdown, sarif,
    short,
};

/// Output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// [`Human`](Self::Human), and before it [`Github`](Self::Github) where the variable
    /// `GITHUB_ACTIONS` is set.
    #[default]
    Auto,
    /// Source lines, the chain of re-exports, why, and what to do.
    Human,
    /// One line each: place, severity, rule, message.
    Short,
    /// Everything known of each finding.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands.
    Github,
    /// A code quality report.
    Gitlab,
    /// Test results in XML; each rule is a test.
    Junit,
    /// Never longer than a comment on GitHub may be.
    Markdown,
    /// What Cargo writes of the compiler.
    Cargo,
}

/// What there is to show.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// What was found, sorted by place.
    pub findings: &'a [Finding],
    /// How the rules fared.
    pub summary: &'a Summary,
    /// The files that findings speak of, and those that the policy was read from.
    pub sources: &'a Sources,
    /// What was judged by.
    pub policy: &'a Policy,
    /// The packages of the workspace.
    pub members: &'a [Member],
    /// Where the workspace stands in its repository, and where that can be read.
    pub links: &'a Links,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Auto,
        Self::Human,
        Self::Short,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Markdown,
        Self::Cargo,
    ];

    /// What it is called on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Human => "human",
            Self::Short => "short",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
            Self::Cargo => "cargo",
        }
    }

    /// What it is for, as the help of the command line says it.
    #[must_use]
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Auto => "`human`, and before it `github` where GitHub Actions runs this",
            Self::Human => "For people: source lines, the chain of re-exports, why, and what to do",
            Self::Short => "One line each: place, severity, rule, message",
            Self::Json => "For programs: everything known of each finding",
            Self::Sarif => "SARIF 2.1.0, for code scanning and viewers",
            Self::Github => "Workflow commands, which GitHub Actions shows as annotations",
            Self::Gitlab => "A code quality report, which GitLab shows in merge requests",
            Self::Junit => "Test results in XML, which most CI servers show; each rule is a test",
            Self::Markdown => "For the summary of a CI step, or a comment",
            Self::Cargo => {
                "What Cargo writes of the compiler, which rust-analyzer shows in editors"
            }
        }
    }

    /// The report in this format. Only `human` is styled.
    #[must_use]
    pub fn render(self, outcome: &Outcome<'_>, style: Style) -> String {
        let Outcome { findings, summary, sources, policy, members, links } = *outcome;
        let human = || human::render(findings, summary, sources, style);
        let github = || github::render(findings, sources, &links.prefix);
        let rules = || help::rules(findings, summary, policy, sources);
        match self {
            Self::Auto if env::var_os("GITHUB_ACTIONS").is_some() => github() + &human(),
            Self::Auto | Self::Human => human(),
            Self::Short => short::render(findings, sources),
            Self::Json => json::render(findings, summary, sources),
            Self::Sarif => sarif::render(findings, &rules(), sources, &links.prefix),
            Self::Github => github(),
            Self::Gitlab => gitlab::render(findings, sources, &links.prefix),
            Self::Junit => junit::render(findings, &rules(), sources),
            Self::Markdown => markdown::render(findings, summary, sources, links),
            Self::Cargo => cargo::render(findings, &rules(), members, sources),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
