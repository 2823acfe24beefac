//! Comparing the two states.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use layers_rules::check::{Selection, check_with};
use layers_rules::context::Layering;
use layers_rules::drift::{
    About, Change, Direction, EdgeDrift, Edges, Level, Side, edges, memberships, policies,
    violations,
};
use layers_rules::exceptions::baseline::BaselineEntry;
use layers_rules::facts::Facts;
use layers_rules::finding::{Finding, Location, Severity};
use layers_rules::policy::Policy;
use layers_rules::tree::PathTree;

use super::super::error::CommandError;
use super::super::judging::issues;
use super::super::past::{Earlier, Today};
use super::super::{BaselineArgs, PolicyArgs};
use crate::analysis::{Analysis, analyze_for, supply};
use crate::baseline::Baseline;
use crate::config::{self, Config, ConfigError, definitions};
use crate::configuration::Configuration;
use crate::report::Sources;
use crate::source::Overlay;
use crate::workspace::Workspace;

/// What differs between the two states.
pub(super) struct Drift {
    /// What was asked for.
    pub(super) revision: String,
    /// The commit that today's state is compared with.
    pub(super) commit: String,
    /// That commit in short.
    pub(super) short: String,
    /// At each level, from the widest down.
    pub(super) edges: Vec<(Level, EdgeDrift)>,
    /// Packages that were not there.
    pub(super) new_packages: Vec<String>,
    /// Packages that are no more.
    pub(super) gone_packages: Vec<String>,
    pub(super) new: Vec<Finding>,
    pub(super) fixed: Vec<Finding>,
    pub(super) kept: usize,
    pub(super) changes: Vec<Change>,
    /// Pairs of layers, by name, that a rule keeps apart.
    pub(super) forbidden: BTreeSet<(String, String)>,
    /// Files of today.
    pub(super) now: Sources,
    /// Files of then.
    pub(super) then: Sources,
}

impl Drift {
    pub(super) fn has_new_errors(&self) -> bool {
        self.new.iter().any(|finding| finding.severity == Severity::Error)
    }

    pub(super) fn is_loosened(&self) -> bool {
        self.changes.iter().any(|change| change.direction == Direction::Loosened)
    }

    pub(super) fn is_nothing(&self) -> bool {
        let edges = self.edges.iter().all(|(_, it)| it.new.is_empty() && it.gone.is_empty());
        let packages = self.new_packages.is_empty() && self.gone_packages.is_empty();
        edges && packages && self.new.is_empty() && self.fixed.is_empty() && self.changes.is_empty()
    }
}

/// A policy, or one that says nothing where there is none.
struct Rules {
    config: Config,
    exist: bool,
}

/// Compares the workspace with what it was like where it departed from `revision`.
pub(super) fn compare(
    arguments: &PolicyArgs,
    baseline: &BaselineArgs,
    revision: &str,
) -> Result<Drift, CommandError> {
    let workspace = arguments.workspace()?;
    let existing = existing(config::load(&workspace, arguments.config.as_deref()))?;
    let exist = existing.is_some();
    let rules = Rules { config: existing.unwrap_or_else(|| config::none(&workspace)), exist };
    let policy = &rules.config.policy;
    let recorded = baseline.existing(&workspace)?;
    let earlier = Earlier::open(&workspace, revision)?;

    let needs = policy.needs();
    let Analysis { mut facts, issues: found } =
        analyze_for(&workspace, &Configuration::default(), needs);
    supply(&mut facts, &workspace, &Overlay::default(), needs, policy, &policy.questions())?;
    let selection = Selection::default();
    let report = check_with(&facts, policy, &selection, issues(&facts, found, false))
        .map_err(|problems| config::problems(&rules.config, problems))?;
    let today = Today {
        workspace: &workspace,
        config: &rules.config,
        selection: &selection,
        deny_unresolved: false,
    };
    let (earlier_facts, earlier_findings) = earlier.judge(&today, None)?;

    let found = violations(&earlier_findings, &report, &facts);
    let pick = |findings: &[Finding], indices: &[usize]| -> Vec<Finding> {
        indices.iter().map(|index| findings[*index].clone()).collect()
    };
    let new = pick(&report.findings, &found.new);
    let fixed = pick(&earlier_findings, &found.fixed);
    let edges = edge_drift(&rules, (&workspace, &facts), &earlier, &earlier_facts)?;
    let changes = changes(
        &earlier,
        arguments,
        baseline,
        (&facts, &rules, &recorded.entries),
        &earlier_facts,
    )?;

    let places = |pick: fn(&EdgeDrift) -> &Vec<layers_rules::drift::Edge>| {
        let edges = edges.iter().flat_map(move |(_, drift)| pick(drift));
        edges.map(|edge| edge.location.clone()).collect::<Vec<Location>>()
    };
    let mut now = sources(&workspace, &new, &places(|drift| &drift.new));
    now.insert_files(rules.config.files.iter().cloned());
    now.insert_files(recorded.file);
    insert(&mut now, &workspace, changes.iter().filter_map(|change| change.location.as_ref()));
    let then = match &earlier.workspace {
        Some(earlier) => sources(earlier, &fixed, &places(|drift| &drift.gone)),
        None => Sources::default(),
    };
    let names = |workspace: Option<&Workspace>| -> BTreeSet<String> {
        workspace.into_iter().flat_map(|it| &it.packages).map(|it| it.name.clone()).collect()
    };
    let (packages, before) = (names(Some(&workspace)), names(earlier.workspace.as_ref()));
    Ok(Drift {
        revision: revision.to_owned(),
        commit: earlier.past.commit.clone(),
        short: earlier.past.short().to_owned(),
        edges,
        new_packages: packages.difference(&before).cloned().collect(),
        gone_packages: before.difference(&packages).cloned().collect(),
        new,
        fixed,
        kept: found.kept,
        changes,
        forbidden: forbidden(policy),
        now,
        then,
    })
}

/// The configuration, if there is any.
fn existing(loaded: Result<Config, ConfigError>) -> Result<Option<Config>, ConfigError> {
    match loaded {
        Ok(config) => Ok(Some(config)),
        Err(ConfigError::Missing { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn edge_drift(
    rules: &Rules,
    (today, facts): (&Workspace, &Facts),
    earlier: &Earlier,
    earlier_facts: &Facts,
) -> Result<Vec<(Level, EdgeDrift)>, CommandError> {
    let of = |facts: &Facts, policy: &Policy| -> Result<Edges, CommandError> {
        let tree = PathTree::new(facts);
        let layering = Layering::new(&tree, policy)
            .map_err(|problems| config::problems(&rules.config, problems))?;
        Ok(edges(facts, &tree, policy, &layering))
    };
    let now = of(facts, &rules.config.policy)?;
    let then = match &earlier.workspace {
        // Today's layers, whose members are looked up among the packages of then.
        Some(workspace) => {
            let members = Earlier::members(workspace, today);
            let policy = Policy::build(&rules.config.source, &members, rules.config.policy.today())
                .map_err(|problems| config::problems(&rules.config, problems))?;
            of(earlier_facts, &policy)?
        }
        None => Edges::default(),
    };
    Ok(Level::ALL.map(|level| (level, now.since(&then, level))).into())
}

/// How the policy, the baseline and the comments have changed.
fn changes(
    earlier: &Earlier,
    arguments: &PolicyArgs,
    baseline: &BaselineArgs,
    (facts, rules, recorded): (&Facts, &Rules, &[BaselineEntry]),
    earlier_facts: &Facts,
) -> Result<Vec<Change>, CommandError> {
    let Some(workspace) = &earlier.workspace else { return Ok(Vec::new()) };
    let mut unreadable = Vec::new();
    let counterpart = |path: &Option<Utf8PathBuf>| -> Result<Option<Utf8PathBuf>, CommandError> {
        let Some(path) = path else { return Ok(None) };
        let path = camino::absolute_utf8(path).map_err(CommandError::NoCurrentFolder)?;
        // A file from outside of the repository has no earlier state.
        Ok(Some(earlier.checkout.counterpart(&path)?.unwrap_or(path)))
    };
    let explicit = counterpart(&arguments.config)?;
    let before = match config::load_on(workspace, explicit.as_deref(), rules.config.policy.today())
    {
        Ok(config) => Some(config),
        Err(ConfigError::Missing { .. } | ConfigError::NoFile { .. }) => None,
        Err(error) => {
            unreadable.push(format!("the policy of then cannot be used: {error}"));
            None
        }
    };
    let earlier_recorded =
        match Baseline::read(workspace, counterpart(&baseline.baseline)?.as_deref()) {
            Ok(baseline) => baseline.entries,
            Err(error) => {
                unreadable.push(format!("the baseline of then cannot be used: {error}"));
                Vec::new()
            }
        };
    let unreadable: Vec<Change> = unreadable.into_iter().map(unknown).collect();
    if !unreadable.is_empty() {
        return Ok(unreadable);
    }
    let then_texts = before.as_ref().map(|config| definitions(&config.files)).unwrap_or_default();
    let now_texts = definitions(&rules.config.files);
    let then = Side {
        facts: earlier_facts,
        policy: before.as_ref().map(|config| (&config.policy, &config.source)),
        definitions: &then_texts,
        baseline: &earlier_recorded,
    };
    let now = Side {
        facts,
        policy: rules.exist.then_some((&rules.config.policy, &rules.config.source)),
        definitions: &now_texts,
        baseline: recorded,
    };
    let mut changes = policies(then, now);
    if let (Some((then, _)), Some((policy, _))) = (then.policy, now.policy) {
        changes.extend(memberships((earlier_facts, then), (facts, policy)));
        changes.sort();
    }
    Ok(changes)
}

fn unknown(what: String) -> Change {
    Change {
        direction: Direction::Changed,
        about: About::Policy,
        name: String::new(),
        what,
        location: None,
    }
}

fn forbidden(policy: &Policy) -> BTreeSet<(String, String)> {
    let layers = || (0_u16..).map(layers_rules::policy::LayerId).zip(policy.layers());
    let pairs = layers().flat_map(|from| layers().map(move |to| (from, to)));
    pairs
        .filter(|((from, _), (to, _))| policy.rules().iter().any(|rule| rule.separates(*from, *to)))
        .map(|((_, from), (_, to))| (from.name.clone(), to.name.clone()))
        .collect()
}

/// The texts that findings and places speak of.
fn sources(workspace: &Workspace, findings: &[Finding], places: &[Location]) -> Sources {
    let mut sources = Sources::read(&workspace.root, &workspace.boundary, findings);
    insert(&mut sources, workspace, places);
    sources
}

fn insert<'a>(
    sources: &mut Sources,
    workspace: &Workspace,
    places: impl IntoIterator<Item = &'a Location>,
) {
    let files: BTreeSet<&str> = places.into_iter().map(|place| place.file.as_str()).collect();
    for file in files {
        if sources.get(file).is_none()
            && let Ok(text) =
                crate::disk::read_text(&workspace.root.join(file), &workspace.boundary)
        {
            sources.insert(file.to_owned(), text);
        }
    }
}
