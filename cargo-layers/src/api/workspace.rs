//! A workspace that was read, to be asked and judged.

use std::path::Path;
use std::time::{Duration, Instant};

use layers_rules::check::{self, Issues, Problem, Selection, has_judged};
use layers_rules::context::Layering;
use layers_rules::exceptions::baseline::BaselineEntry;
use layers_rules::facts::{Facts, Needs};
use layers_rules::finding::{Finding, Identity, Label, Location, Severity};
use layers_rules::policy::Policy;
use layers_rules::rule::Rule;
use layers_rules::view::{Dependencies, Items, View};

use super::{Builder, Error, Report, place};
use crate::analysis::supply;
use crate::baseline::Baseline;
use crate::config::Config;
use crate::source::Overlay;
use crate::workspace;

/// A Cargo workspace: everything that its manifests and its source say, read once. Reading
/// compiles nothing and runs no code of the workspace.
///
/// Tests that share one put it into a [`std::sync::LazyLock`]: reading is what takes time, and
/// judging does not change it.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub(super) packages: workspace::Workspace,
    pub(super) config: Config,
    pub(super) baseline: Baseline,
    /// Texts that were read in place of files, by path relative to the root.
    pub(super) sources: Vec<(String, String)>,
    /// Whether code that counts was left out.
    pub(super) partial: bool,
    pub(super) facts: Facts,
    pub(super) layering: Layering,
    /// What reading has brought to light.
    pub(super) issues: Vec<Finding>,
    /// How long reading took.
    pub(super) elapsed: Duration,
}

/// What was judged, and what came of it.
pub(super) struct Judged<'a> {
    pub(super) policy: &'a Policy,
    pub(super) report: check::Report,
    /// The entries of the baseline that may speak of it.
    pub(super) entries: Vec<BaselineEntry>,
    /// Says of which rules all findings are known.
    pub(super) is_complete: &'a dyn Fn(&str) -> bool,
    pub(super) elapsed: Duration,
    /// The rules that were not judged, each as a finding.
    pub(super) refused: Vec<Finding>,
}

impl Workspace {
    /// Reads the workspace of `folder`: the one of the nearest Cargo.toml from there upwards,
    /// with its `layers.toml` where it has one. A relative path starts at the current folder,
    /// which in tests is that of their package, so that `"."` always is the right one. The path
    /// of a Cargo.toml will do as well.
    ///
    /// # Errors
    ///
    /// Those of [`Builder::load`].
    pub fn load(folder: impl AsRef<Path>) -> Result<Self, Error> {
        Self::builder(folder).load()
    }

    /// Reads the workspace of `folder` in another way than [`load`](Self::load) does.
    #[must_use]
    pub fn builder(folder: impl AsRef<Path>) -> Builder {
        Builder::new(folder.as_ref())
    }

    /// Absolute path of its root.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.packages.root.as_std_path()
    }

    /// Everything that is known of it.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Its policy: that of `layers.toml`, or one that says nothing.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.config.policy
    }

    /// What questions are asked of.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View::new(&self.facts, &self.config.policy, &self.layering)
    }

    /// All items and modules that are not test code, to be narrowed down.
    #[must_use]
    pub fn items(&self) -> Items<'_> {
        self.view().items()
    }

    /// All dependencies that are not test code, to be narrowed down.
    #[must_use]
    pub fn dependencies(&self) -> Dependencies<'_> {
        self.view().dependencies()
    }

    /// Judges the workspace by rules written in Rust. Exceptions hold for them as for any other:
    /// comments in the code, the baseline, and what `layers.toml` says of a rule that it declares
    /// by `rust = "…"`, its severity, `because` and `fix` included.
    ///
    /// A rule that cannot be judged, because another one has its id or because what it needs is
    /// not to be had, is a finding and not passed over.
    #[must_use]
    pub fn check(&self, rules: &[&dyn Rule]) -> Report {
        let started = Instant::now();
        let place = |rule: &dyn Rule| place::of(&self.facts, rule);
        let (policy, mut refused) = self.config.policy.with_rules(rules, &place);
        let mut judged: Vec<&dyn Rule> = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            if !refused.iter().any(|(other, _)| *other == index) {
                judged.push(*rule);
            }
        }
        for (index, rule) in rules.iter().enumerate() {
            refused
                .extend(rule.objections(&self.facts).into_iter().map(|problem| (index, problem)));
        }
        judged.retain(|rule| rule.objections(&self.facts).is_empty());
        let facts = self.supplied(&mut judged, rules, &mut refused);
        let facts = facts.as_ref().unwrap_or(&self.facts);
        let ids: Vec<&str> = judged.iter().map(|rule| rule.id()).collect();
        // Whatever could keep them from being judged has been found above, or while the
        // workspace was read.
        let report = check::check_rules(facts, &policy, &judged, self.partial, self.issues());
        let refused = refused
            .into_iter()
            .map(|(index, problem)| not_judged(rules[index].id(), place(rules[index]), problem));
        let is_judged = |rule: &str| !self.partial && ids.contains(&rule);
        let entries = self.baseline.entries.iter();
        let entries = entries.filter(|entry| ids.contains(&entry.rule.as_str())).cloned();
        Report::new(
            self,
            Judged {
                policy: &policy,
                report: report.unwrap_or_default(),
                entries: entries.collect(),
                is_complete: &is_judged,
                elapsed: self.elapsed + started.elapsed(),
                refused: refused.collect(),
            },
        )
    }

    /// Judges the workspace by its `layers.toml`, as `cargo layers check` does. Rules that are
    /// declared there by `rust = "…"` are judged by [`check`](Self::check) alone.
    #[must_use]
    pub fn check_policy(&self) -> Report {
        let started = Instant::now();
        let policy = &self.config.policy;
        let issues = self.issues();
        let looked_for = issues.looked_for.clone();
        let selection = Selection { partial: self.partial, ..Selection::default() };
        let report = check::check_with(&self.facts, policy, &selection, issues);
        // What keeps a policy from being judged is found while the workspace is read.
        let report = report.unwrap_or_default();
        let mut refused = Vec::new();
        if self.config.files.is_empty() {
            let problem = Problem {
                message: "there is no layers.toml".to_owned(),
                labels: Vec::new(),
                help: Some("write one; `cargo layers check` shows how to begin".to_owned()),
            };
            let place = Location { file: "Cargo.toml".to_owned(), ..Location::default() };
            refused.push(not_judged("policy", place, problem));
        }
        let is_judged = |rule: &str| !self.partial && has_judged(policy, &looked_for, rule);
        Report::new(
            self,
            Judged {
                policy,
                report,
                entries: self.baseline.entries.clone(),
                is_complete: &is_judged,
                elapsed: self.elapsed + started.elapsed(),
                refused,
            },
        )
    }

    fn issues(&self) -> Issues {
        Issues::of_reading(self.issues.clone())
    }

    /// The facts with what rules need beyond those that were read; `None` where nothing is
    /// missing. Rules that ask for what is not to be had are no longer among those to judge.
    fn supplied(
        &self,
        judged: &mut Vec<&dyn Rule>,
        rules: &[&dyn Rule],
        refused: &mut Vec<(usize, Problem)>,
    ) -> Option<Facts> {
        let is_covered = |rule: &&dyn Rule| self.facts.gathered.covers(rule.needs());
        if judged.iter().all(is_covered) {
            return None;
        }
        let needs = judged.iter().fold(self.facts.gathered, |needs, rule| needs | rule.needs());
        let missing = Needs { signatures: false, bodies: false, ..needs };
        let mut facts = self.facts.clone();
        facts.external_graph.clear();
        facts.built_alone.clear();
        let overlay = self.overlay();
        let (policy, questions) = (&self.config.policy, self.questions());
        match supply(&mut facts, &self.packages, &overlay, missing, policy, &questions) {
            Ok(()) => Some(facts),
            Err(error) => {
                for (index, rule) in rules.iter().enumerate() {
                    if !is_covered(rule) {
                        let help = miette::Diagnostic::help(&error).map(|help| help.to_string());
                        let message = error.to_string();
                        refused.push((index, Problem { message, labels: Vec::new(), help }));
                    }
                }
                judged.retain(is_covered);
                None
            }
        }
    }

    fn questions(&self) -> Vec<&str> {
        self.config.policy.questions()
    }

    fn overlay(&self) -> Overlay {
        let mut overlay = Overlay::default();
        for (path, text) in &self.sources {
            overlay.insert(self.packages.root.join(path), text.clone());
        }
        overlay
    }
}

/// That a rule was not judged, so that it is never green unseen.
fn not_judged(rule: &str, location: Location, problem: Problem) -> Finding {
    Finding {
        rule: rule.to_owned(),
        severity: Severity::Error,
        message: format!("the rule `{rule}` was not judged: {}", problem.message),
        primary: Label { location, text: "this rule".to_owned() },
        secondary: problem.labels,
        chain: Vec::new(),
        because: Some("a rule that nobody judged is green whatever the code does".to_owned()),
        fix: problem.help,
        docs: None,
        identity: Identity { written: problem.message, ..Identity::default() },
        fingerprint: String::new(),
    }
}
