//! What reports say of the rules beside what these found.

use std::collections::BTreeSet;

use layers_rules::check::Issue;
use layers_rules::finding::Severity;
use layers_rules::prose;

use super::Outcome;
use crate::command::explain;
use crate::report::RuleHelp;
use crate::report::human::Style;

/// Every rule that was checked, and what else findings are of; sorted by id.
pub(super) fn rules(outcome: &Outcome<'_>) -> Vec<RuleHelp> {
    let checked = outcome.summary.rules.iter().map(|rule| rule.id.as_str());
    let found = outcome.findings.iter().map(|finding| finding.rule.as_str());
    let ids: BTreeSet<&str> = checked.chain(found).collect();
    ids.into_iter().map(|id| rule(id, outcome)).collect()
}

fn rule(id: &str, outcome: &Outcome<'_>) -> RuleHelp {
    let Some(rule) = outcome.config.policy.rule(id) else { return issue(id) };
    let document = explain::document(rule, outcome.config);
    RuleHelp {
        id: id.to_owned(),
        severity: rule.severity,
        demand: prose::sentence(&rule.sentence()),
        because: rule.because.as_deref().map(prose::sentence),
        text: document.text(Style::Plain),
        markdown: document.markdown(),
    }
}

/// What reading the workspace brings to light, whatever the rules.
fn issue(id: &str) -> RuleHelp {
    let known = Issue::ALL.into_iter().find(|issue| issue.id() == id);
    let demand = known.map_or_else(|| id.to_owned(), |issue| issue.demand().to_owned());
    RuleHelp {
        id: id.to_owned(),
        severity: Severity::Error,
        because: None,
        text: demand.clone(),
        markdown: demand.clone(),
        demand,
    }
}
