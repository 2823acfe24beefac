//! Judging facts by a policy.

mod exceptions;
mod fingerprint;
mod idle;
mod trial;

use std::collections::BTreeSet;

use crate::context::{Context, Layering};
use crate::facts::{CrateKind, Facts, ModuleId, PackageId};
use crate::finding::{Finding, Label, Severity};
use crate::policy::{Policy, Rule};
use crate::suggest;
use crate::tree::PathTree;
use crate::verbs::{Part, Role, Upkeep, Verdict, Violation};
use exceptions::Ledger;

pub use crate::policy::Problem;
pub use fingerprint::fingerprint;
pub use trial::{Trial, Vacuity, try_rules};

/// What part of a policy to judge by, and of which packages to tell.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Ids of rules; empty for all.
    pub rules: Vec<String>,
    /// Packages that break them; empty for all.
    pub packages: Vec<PackageId>,
}

/// What became of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleOutcome {
    /// Its id.
    pub id: String,
    /// Its severity.
    pub severity: Severity,
    /// How many findings it has.
    pub findings: usize,
}

/// What judging gave.
#[derive(Clone, Debug)]
pub struct Report {
    /// The findings, sorted by place, then by rule.
    pub findings: Vec<Finding>,
    /// The rules that were judged, sorted by id. Those that watch over the policy itself
    /// are among them only where they found something.
    pub rules: Vec<RuleOutcome>,
    /// How many modules belong to a layer, test code apart.
    pub governed_modules: usize,
    /// How many do not.
    pub ungoverned_modules: usize,
}

/// Judges `facts` by the rules of `policy` that are selected.
///
/// # Errors
///
/// Where the policy cannot be judged by: layers that overlap, a selected rule that does
/// not exist, one that asks for facts that were not gathered.
pub fn check(
    facts: &Facts,
    policy: &Policy,
    selection: &Selection,
) -> Result<Report, Vec<Problem>> {
    let mut problems = unknown_rules(policy, selection);
    let enabled = policy.rules().iter().filter(|rule| rule.enabled);
    problems.extend(without_facts(facts, enabled));
    if !problems.is_empty() {
        return Err(problems);
    }
    let tree = PathTree::new(facts);
    let layering = Layering::new(&tree, policy)?;
    let context = Context { facts, tree: &tree, policy, layering: &layering, tests: false };
    let is_selected =
        |rule: &&Rule| selection.rules.is_empty() || selection.rules.contains(&rule.id);
    let mut findings = idle::of_policy(&context);
    let mut outcomes = Vec::new();
    for rule in policy.rules().iter().filter(|rule| rule.enabled).filter(is_selected) {
        let is_upkeep = Upkeep::ALL.iter().any(|upkeep| upkeep.id() == rule.id);
        if !is_upkeep {
            let context = Context { tests: rule.tests, ..context };
            findings.extend(judge(&context, rule, selection));
            outcomes.push((rule.id.clone(), rule.severity_on(policy.today())));
        }
    }
    fingerprint::number(&mut findings);
    findings.sort_by(|a, b| {
        (&a.finding.primary.location, &a.finding.rule, &a.finding.fingerprint).cmp(&(
            &b.finding.primary.location,
            &b.finding.rule,
            &b.finding.fingerprint,
        ))
    });
    let findings: Vec<Finding> = findings.into_iter().map(|found| found.finding).collect();
    let is_governed = |module: &ModuleId| layering.layer(tree.module(*module)).is_some();
    let modules = production_modules(facts);
    let governed_modules = modules.iter().filter(|module| is_governed(module)).count();
    Ok(Report {
        rules: outcomes_of(outcomes, &findings),
        findings,
        governed_modules,
        ungoverned_modules: modules.len() - governed_modules,
    })
}

/// A finding that still has to get its fingerprint.
struct Found {
    finding: Finding,
    /// What makes up its identity.
    identity: [String; 4],
}

fn unknown_rules(policy: &Policy, selection: &Selection) -> Vec<Problem> {
    let known = || policy.rules().iter().map(|rule| rule.id.as_str());
    selection
        .rules
        .iter()
        .filter(|id| !known().any(|known| known == id.as_str()))
        .map(|id| Problem {
            message: format!("no rule is called `{id}`"),
            labels: Vec::new(),
            help: Some(suggest::help(id, "rules", known())),
        })
        .collect()
}

/// Rules that would look at empty tables, and pass whatever the code does.
fn without_facts<'p>(facts: &Facts, rules: impl Iterator<Item = &'p Rule>) -> Vec<Problem> {
    let blind = rules.filter(|rule| !facts.gathered.covers(rule.verb.needs()));
    blind
        .map(|rule| Problem {
            message: format!("what the rule `{}` asks for was not gathered", rule.id),
            labels: Vec::new(),
            help: Some("read the workspace with what `Policy::needs` gives".to_owned()),
        })
        .collect()
}

/// The findings of one rule.
fn judge(context: &Context<'_>, rule: &Rule, selection: &Selection) -> Vec<Found> {
    match absent_part(context, rule) {
        Some(_) => Vec::new(),
        None => findings(context, rule, rule.verb.judge(context), selection),
    }
}

/// The part of a rule that keeps it from being meant: one that speaks only of layers which
/// may be empty, and are; of an optional rule any part that names nothing.
fn absent_part<'r>(context: &Context<'_>, rule: &'r Rule) -> Option<Part<'r>> {
    rule.verb.operands().into_iter().find(|part| match part.role {
        Role::Allowed => false,
        _ if rule.optional => idle::is_dead_part(context, part),
        Role::Place => false,
        Role::Subject | Role::Object => context.is_all_absent(part.operand),
    })
}

/// What a verdict comes to once exceptions have taken away what they cover.
fn findings(
    context: &Context<'_>,
    rule: &Rule,
    verdict: Verdict,
    selection: &Selection,
) -> Vec<Found> {
    let mut ledger = Ledger::new(context, rule);
    let mut findings = idle::of_rule(context, rule, verdict.idle);
    let violations =
        verdict.violations.into_iter().filter(|violation| !ledger.covers(violation)).collect();
    findings.extend(ledger.findings());
    let is_of_package = |violation: &Violation| {
        let package = context.tree.package(violation.from);
        selection.packages.is_empty()
            || package.is_some_and(|package| selection.packages.contains(&package))
    };
    findings.extend(
        one_per_place(violations)
            .into_iter()
            .filter(is_of_package)
            .map(|violation| finding(context, rule, violation)),
    );
    findings
}

/// Violations at the same place are one: a name that means several things, or a file
/// that is mounted twice. What they say beyond the first becomes further labels.
fn one_per_place(mut violations: Vec<Violation>) -> Vec<Violation> {
    violations
        .sort_by(|a, b| (&a.primary, &a.message, a.from).cmp(&(&b.primary, &b.message, b.from)));
    let mut merged: Vec<Violation> = Vec::new();
    for violation in violations {
        match merged.last_mut() {
            Some(last) if last.primary.location == violation.primary.location => {
                let is_new = last.primary != violation.primary
                    && !last.secondary.contains(&violation.primary);
                if is_new {
                    last.secondary.push(violation.primary);
                }
            }
            _ => merged.push(violation),
        }
    }
    merged
}

fn finding(context: &Context<'_>, rule: &Rule, violation: Violation) -> Found {
    let path = |node| context.tree.path(node);
    let identity = [
        path(violation.from),
        violation.to.first().map(|node| path(*node)).unwrap_or_default(),
        violation.written,
        violation.kind.to_owned(),
    ];
    let finding = Finding {
        rule: rule.id.clone(),
        severity: rule.severity_on(context.policy.today()),
        message: violation.message,
        primary: violation.primary,
        secondary: violation.secondary,
        chain: violation.chain,
        because: rule.because.clone(),
        fix: rule.fix.clone(),
        docs: None,
        fingerprint: String::new(),
    };
    Found { finding, identity }
}

/// A finding of a rule that watches over the policy, unless that rule is off.
fn upkeep(context: &Context<'_>, upkeep: Upkeep, primary: Label, message: String) -> Option<Found> {
    let rule = context.policy.rule(upkeep.id()).filter(|rule| rule.enabled)?;
    let identity = [String::new(), String::new(), message.clone(), upkeep.id().to_owned()];
    let finding = Finding {
        rule: rule.id.clone(),
        severity: rule.severity,
        message,
        primary,
        secondary: Vec::new(),
        chain: Vec::new(),
        because: rule.because.clone(),
        fix: rule.fix.clone(),
        docs: None,
        fingerprint: String::new(),
    };
    Some(Found { finding, identity })
}

/// Counts findings per rule. Rules that watch over the policy appear by their findings.
fn outcomes_of(judged: Vec<(String, Severity)>, findings: &[Finding]) -> Vec<RuleOutcome> {
    let watching = findings
        .iter()
        .filter(|finding| Upkeep::ALL.iter().any(|upkeep| upkeep.id() == finding.rule))
        .map(|finding| (finding.rule.clone(), finding.severity));
    let mut severities: std::collections::BTreeMap<String, Severity> = judged.into_iter().collect();
    for (id, severity) in watching {
        let highest = severities.entry(id).or_insert(severity);
        *highest = severity.max(*highest);
    }
    severities
        .into_iter()
        .map(|(id, severity)| RuleOutcome {
            findings: findings.iter().filter(|finding| finding.rule == id).count(),
            id,
            severity,
        })
        .collect()
}

/// The modules that are not test code. A file mounted twice counts for each.
fn production_modules(facts: &Facts) -> BTreeSet<ModuleId> {
    let kind =
        |crate_id: crate::facts::CrateId| -> CrateKind { facts.crates[crate_id.index()].kind };
    (0..facts.modules.len())
        .map(ModuleId::new)
        .filter(|module| {
            let module = &facts.modules[module.index()];
            !module.test && !kind(module.crate_id).is_test()
        })
        .collect()
}

#[cfg(test)]
mod tests;
