//! A workspace judged by its own layers.toml, through the library.

use std::time::Duration;

use camino::Utf8Path;
use cargo_layers::baseline::Baseline;
use cargo_layers::configuration::Configuration;
use cargo_layers::report::human::Style;
use cargo_layers::report::{self, Sources, Summary};
use cargo_layers::source::Overlay;
use cargo_layers::{analysis, config, workspace};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use layers_rules::check::{Issue, Issues, Selection, check_with};
use layers_rules::finding::Finding;

use crate::marks::Places;

/// What judging a workspace gave.
#[derive(Debug)]
pub struct Judgement {
    /// Everything that was found, sorted.
    pub findings: Vec<Finding>,
    /// The figures, with no time in them.
    pub summary: Summary,
    /// The text of the files that findings speak of.
    pub sources: Sources,
}

impl Judgement {
    /// Judges the workspace whose root is `root`.
    ///
    /// # Errors
    ///
    /// The message of a policy that cannot be judged by.
    ///
    /// # Panics
    ///
    /// When Cargo cannot describe the workspace.
    pub fn of(root: &Utf8Path) -> Result<Self, String> {
        Self::on(root, Timestamp::now().to_zoned(TimeZone::UTC).date())
    }

    /// Judges the workspace whose root is `root` as on the day `today`.
    ///
    /// # Errors
    ///
    /// As [`Self::of`].
    ///
    /// # Panics
    ///
    /// As [`Self::of`].
    pub fn on(root: &Utf8Path, today: Date) -> Result<Self, String> {
        let workspace =
            workspace::load(None, root).unwrap_or_else(|error| panic!("{root}: {error}"));
        let config = config::load_on(&workspace, None, today).map_err(text)?;
        let (needs, overlay) = (config.policy.needs(), Overlay::default());
        let mut analysis = analysis::analyze_for(&workspace, &Configuration::default(), needs);
        let questions = config.policy.questions();
        analysis::supply(
            &mut analysis.facts,
            &workspace,
            &overlay,
            needs,
            &config.policy,
            &questions,
        )
        .map_err(text)?;
        let issues = Issues {
            looked_for: vec![Issue::UnreadableSource, Issue::MissingModule],
            findings: analysis.issues,
        };
        let selection = Selection::default();
        let mut report = check_with(&analysis.facts, &config.policy, &selection, issues)
            .map_err(|problems| text(config::problems(&config, problems)))?;
        let baseline = Baseline::read(&workspace, None).map_err(text)?;
        report.subtract(&analysis.facts, &config.policy, &baseline.entries, &|_| true);
        let mut findings = std::mem::take(&mut report.findings);
        report::sort(&mut findings);
        let mut sources = Sources::read(&workspace.root, &workspace.boundary, &findings);
        sources.insert_config(&config);
        sources.insert_files(baseline.file);
        let summary = Summary::new(&report, &analysis.facts, Duration::ZERO);
        Ok(Self { findings, summary, sources })
    }

    /// Where each rule found something.
    #[must_use]
    pub fn places(&self) -> Places {
        let mut places = Places::new();
        for finding in &self.findings {
            let location = &finding.primary.location;
            let line = self.sources.range(location).start.line as usize;
            let place = (location.file.clone(), line, finding.rule.clone());
            *places.entry(place).or_default() += 1;
        }
        places
    }

    /// The report for people.
    #[must_use]
    pub fn human(&self) -> String {
        report::human::render(&self.findings, &self.summary, &self.sources, Style::Plain)
    }

    /// The report for programs.
    #[must_use]
    pub fn json(&self) -> String {
        report::json::render(&self.findings, &self.summary, &self.sources)
    }
}

/// The error as a person sees it.
fn text(error: impl Into<miette::Report>) -> String {
    format!("{:?}", error.into())
}
