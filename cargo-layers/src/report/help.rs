//! What reports say of a rule, apart from what it found.

use std::collections::BTreeSet;

use layers_rules::check::Issue;
use layers_rules::finding::{Finding, Severity};
use layers_rules::policy::Policy;
use layers_rules::prose;

use super::explanation::explanation;
use super::human::Style;
use super::{Sources, Summary};

/// A rule, for formats that list the rules beside the findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleHelp {
    /// Its id.
    pub id: String,
    /// What its findings weigh unless they say otherwise.
    pub severity: Severity,
    /// What it demands, as a sentence.
    pub demand: String,
    /// Why it exists.
    pub because: Option<String>,
    /// All there is to say of it, as plain text.
    pub text: String,
    /// The same as Markdown.
    pub markdown: String,
}

/// Every rule that was checked, and what else findings are of; sorted by id. `sources` holds
/// the files that the policy was read from.
#[must_use]
pub fn rules(
    findings: &[Finding],
    summary: &Summary,
    policy: &Policy,
    sources: &Sources,
) -> Vec<RuleHelp> {
    let checked = summary.rules.iter().map(|rule| rule.id.as_str());
    let found = findings.iter().map(|finding| finding.rule.as_str());
    let ids: BTreeSet<&str> = checked.chain(found).collect();
    ids.into_iter().map(|id| rule(id, policy, sources)).collect()
}

fn rule(id: &str, policy: &Policy, sources: &Sources) -> RuleHelp {
    let Some(rule) = policy.rule(id) else { return issue(id) };
    let document = explanation(rule, policy, sources);
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
