//! The workspace in an earlier state, judged by today's rules.

use camino::Utf8Path;
use layers_rules::check::{Report, Selection, check_with};
use layers_rules::facts::Facts;
use layers_rules::finding::Finding;
use layers_rules::policy::{Member, Policy};

use super::conditions::ConditionArgs;
use super::error::CommandError;
use super::judging::issues;
use crate::analysis::{Analysis, analyze_for, supply};
use crate::config::{self, Config};
use crate::revision::{Checkout, Past};
use crate::source::Overlay;
use crate::workspace::{self, Workspace};

/// An earlier state.
pub(super) struct Earlier {
    pub(super) past: Past,
    pub(super) checkout: Checkout,
    /// Its workspace; `None` where there was none yet.
    pub(super) workspace: Option<Workspace>,
}

/// What is to be judged by, of today's.
pub(super) struct Today<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) config: &'a Config,
    pub(super) selection: &'a Selection,
    pub(super) deny_unresolved: bool,
}

impl Earlier {
    /// The state in which the workspace has departed from `revision`.
    pub(super) fn open(workspace: &Workspace, revision: &str) -> Result<Self, CommandError> {
        let past = Past::of(&workspace.root, revision)?;
        let checkout = past.check_out(&workspace.root)?;
        let manifest = checkout.counterpart(&workspace.root.join("Cargo.toml"))?;
        let earlier = match manifest.filter(|manifest| manifest.is_file()) {
            None => None,
            Some(manifest) => {
                let boundary = checkout.boundary()?;
                let found =
                    workspace::load(Some(&manifest), Utf8Path::new("/")).map_err(|source| {
                        CommandError::NoEarlierWorkspace { revision: past.revision.clone(), source }
                    })?;
                Some(Workspace { boundary, ..found })
            }
        };
        Ok(Self { past, checkout, workspace: earlier })
    }

    /// The packages of then, and behind them those of today that there were not yet: today's
    /// rules may name them, and then speak of nothing.
    pub(super) fn members(workspace: &Workspace, today: &Workspace) -> Vec<Member> {
        let mut members = config::members(workspace);
        let is_new =
            |it: &Member| workspace.packages.iter().all(|package| package.name != it.package);
        members.extend(config::members(today).into_iter().filter(is_new));
        members
    }

    /// What is known of that state, and what today's rules find in it.
    pub(super) fn judge(
        &self,
        today: &Today<'_>,
        conditions: Option<&ConditionArgs>,
    ) -> Result<(Facts, Vec<Finding>), CommandError> {
        let Some(workspace) = &self.workspace else { return Ok(Default::default()) };
        let misfit = |problems| {
            let error = config::problems(today.config, problems);
            CommandError::Misfit { revision: self.past.revision.clone(), errors: vec![error] }
        };
        let members = Self::members(workspace, today.workspace);
        let Config { policy, source, .. } = today.config;
        let policy = Policy::build(source, &members, policy.today()).map_err(misfit)?;
        // A feature that is new was not there to be chosen.
        let configuration = conditions.and_then(|it| it.configuration(workspace).ok());
        let configuration = configuration.unwrap_or_default();
        let (needs, questions) = (policy.needs(), policy.questions());
        let Analysis { mut facts, issues: found } = analyze_for(workspace, &configuration, needs);
        supply(&mut facts, workspace, &Overlay::default(), needs, &policy, &questions)?;
        let issues = issues(&facts, found, today.deny_unresolved);
        let Report { findings, .. } =
            check_with(&facts, &policy, today.selection, issues).map_err(misfit)?;
        Ok((facts, findings))
    }
}
