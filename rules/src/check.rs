//! Judging facts by a policy.

mod baseline;
mod exceptions;
mod fingerprint;
mod idle;
mod issues;
mod report;
mod told;
mod trial;

use std::collections::BTreeSet;

use crate::context::{Context, Layering};
use crate::exceptions::RuleExceptions;
use crate::facts::{CrateKind, Facts, ModuleId, PackageId};
use crate::finding::{Finding, Identity, Label, Severity};
use crate::policy::{Policy, PolicyRule};
use crate::rule::{Part, Role, Rule, Verdict, Violation};
use crate::suggest;
use crate::tree::PathTree;
use crate::verbs::Upkeep;
use exceptions::Ledger;
use told::Told;

pub use crate::policy::Problem;
pub use baseline::{Subtraction, is_recordable};
pub use fingerprint::fingerprint;
pub(crate) use idle::{is_dead_part, near};
pub use issues::{Issue, Issues, has_judged};
pub use report::{Excepted, Report, RuleOutcome};
pub use trial::{Trial, Vacuity, try_rules};

/// What part of a policy to judge by, and of which packages to tell.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Ids of rules; empty for all.
    pub rules: Vec<String>,
    /// Packages that break them; empty for all.
    pub packages: Vec<PackageId>,
    /// Whether the facts leave out code that counts, so that an exception which covers
    /// nothing may yet be needed.
    pub partial: bool,
}

impl Selection {
    /// Whether a rule of this id is judged, as far as it is selected.
    #[must_use]
    pub fn has_rule(&self, id: &str) -> bool {
        self.rules.is_empty() || self.rules.iter().any(|rule| rule == id)
    }

    /// Whether what is found in `file` is told.
    fn has_file(&self, facts: &Facts, file: &str) -> bool {
        self.packages.is_empty()
            || facts.package_of_file(file).is_none_or(|package| self.packages.contains(&package))
    }
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
    check_with(facts, policy, selection, Issues::default())
}

/// Judges as [`check`] does, and tells besides what reading the workspace has brought to
/// light, as far as no comment in the code takes it away.
///
/// # Errors
///
/// Those of [`check`].
pub fn check_with(
    facts: &Facts,
    policy: &Policy,
    selection: &Selection,
    issues: Issues,
) -> Result<Report, Vec<Problem>> {
    let mut problems = unknown_rules(policy, selection);
    problems.extend(problems_of(facts, policy, selection));
    if problems.is_empty() {
        judge_all(facts, policy, None, selection, issues)
    } else {
        Err(problems)
    }
}

/// Judges `facts` by rules that are written in Rust and are among those of `policy`, see
/// [`Policy::with_rules`]; by these alone, and without telling of the policy itself. `partial`
/// is as in [`Selection`].
///
/// # Errors
///
/// Those of [`check`].
pub fn check_rules(
    facts: &Facts,
    policy: &Policy,
    rules: &[&dyn Rule],
    partial: bool,
    issues: Issues,
) -> Result<Report, Vec<Problem>> {
    let problems: Vec<Problem> = rules.iter().flat_map(|rule| rule.objections(facts)).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let selection = Selection { partial, ..Selection::default() };
    judge_all(facts, policy, Some(rules), &selection, issues)
}

/// What keeps `policy` from being judged by these facts, layers that overlap apart.
///
/// # Errors
///
/// All of it.
pub fn problems(facts: &Facts, policy: &Policy) -> Result<(), Vec<Problem>> {
    let problems = problems_of(facts, policy, &Selection::default());
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Whether an enabled rule of `policy` cannot be judged by these facts, in which Cargo.lock says
/// what packages outside the workspace depend on, and would be by Cargo's resolved graph.
#[must_use]
pub fn asks_cargo(facts: &Facts, policy: &Policy) -> bool {
    let tree = PathTree::new(facts);
    // Layers that overlap are told of when everything is judged.
    let Ok(layering) = Layering::new(&tree, policy) else { return false };
    let (layering, exceptions) = (&layering, &RuleExceptions::default());
    let context = Context { facts, tree: &tree, policy, layering, tests: false, exceptions };
    policy.rules().iter().filter(|rule| rule.enabled).any(|rule| {
        let exceptions = RuleExceptions::new(&context, rule);
        rule.verb.asks_cargo(&Context { tests: rule.tests, exceptions: &exceptions, ..context })
    })
}

fn problems_of(facts: &Facts, policy: &Policy, selection: &Selection) -> Vec<Problem> {
    let enabled = policy.rules().iter().filter(|rule| rule.enabled);
    let mut problems = without_facts(facts, enabled.clone());
    let judged = enabled.filter(|rule| selection.has_rule(&rule.id));
    problems.extend(judged.flat_map(|rule| rule.verb.objections(facts)));
    problems
}

/// Judges by the rules in Rust where there are any, else by those of the policy that are
/// selected.
fn judge_all(
    facts: &Facts,
    policy: &Policy,
    in_rust: Option<&[&dyn Rule]>,
    selection: &Selection,
    issues: Issues,
) -> Result<Report, Vec<Problem>> {
    let tree = PathTree::new(facts);
    let layering = Layering::new(&tree, policy)?;
    let none = RuleExceptions::default();
    let context = Context {
        facts,
        tree: &tree,
        policy,
        layering: &layering,
        tests: false,
        exceptions: &none,
    };
    let mut ledger = Ledger::new(&context, selection);
    let mut findings = Vec::new();
    if in_rust.is_none() {
        findings.extend(idle::of_policy(&context));
    }
    let code = |rule: &PolicyRule| in_rust?.iter().find(|code| code.id() == rule.id).copied();
    let is_meant = |rule: &&PolicyRule| {
        let is_upkeep = Upkeep::ALL.iter().any(|upkeep| upkeep.id() == rule.id);
        let is_given = in_rust.is_none() || code(rule).is_some();
        rule.enabled && !is_upkeep && is_given && selection.has_rule(&rule.id)
    };
    let mut outcomes = Vec::new();
    let mut left_to_rust = 0;
    let rules = told::in_order(policy.rules().iter().filter(is_meant));
    let mut told = Told::new(&rules);
    for rule in rules {
        let verb = code(rule).unwrap_or(&*rule.verb);
        let exceptions = RuleExceptions::new(&context, rule);
        let context = Context { tests: rule.tests, exceptions: &exceptions, ..context };
        if verb.is_stand_in() {
            // Whether the code that judges is there can be seen all the same.
            findings.extend(idle::of_rule(&context, rule, verb, None));
            left_to_rust += 1;
            continue;
        }
        findings.extend(judge(&context, rule, verb, &mut told, &mut ledger));
        outcomes.push((rule.id.clone(), severity(policy, rule, verb)));
    }
    findings.extend(ledger.keep_issues(&context, issues));
    findings.extend(ledger.findings(in_rust.is_none()));
    fingerprint::number(&mut findings);
    sort(&mut findings);
    let is_governed = |module: &ModuleId| layering.layer(tree.module(*module)).is_some();
    let modules = production_modules(facts);
    let governed_modules = modules.iter().filter(|module| is_governed(module)).count();
    let (ledger, excepted) = ledger.close();
    Ok(Report {
        rules: report::outcomes_of(outcomes, &findings),
        findings,
        governed_modules,
        ungoverned_modules: modules.len() - governed_modules,
        ledger,
        excepted,
        subtraction: Subtraction::default(),
        left_to_rust,
    })
}

/// How much a violation of a rule weighs today.
fn severity(policy: &Policy, rule: &PolicyRule, verb: &dyn Rule) -> Severity {
    rule.severity.min(verb.ceiling(policy.today()))
}

/// Puts findings in the order of their places, then of rules.
fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        (&a.primary.location, &a.rule, &a.fingerprint).cmp(&(
            &b.primary.location,
            &b.rule,
            &b.fingerprint,
        ))
    });
}

fn unknown_rules(policy: &Policy, selection: &Selection) -> Vec<Problem> {
    let known = || policy.rules().iter().map(|rule| rule.id.as_str());
    let problem = |id: &String| match policy.rule(id) {
        None => Some(Problem {
            message: format!("no rule is called `{id}`"),
            labels: Vec::new(),
            help: Some(suggest::help(id, "rules", known())),
        }),
        Some(rule) if rule.verb.is_stand_in() => Some(Problem {
            message: format!("the rule `{id}` is written in Rust, and not judged here"),
            labels: Vec::new(),
            help: Some("run the test that judges it: `cargo test`".to_owned()),
        }),
        Some(_) => None,
    };
    selection.rules.iter().filter_map(problem).collect()
}

/// Rules that would look at empty tables, and pass whatever the code does.
fn without_facts<'p>(facts: &Facts, rules: impl Iterator<Item = &'p PolicyRule>) -> Vec<Problem> {
    let blind = rules.filter(|rule| !facts.gathered.covers(rule.verb.needs()));
    blind
        .map(|rule| Problem {
            message: format!("what the rule `{}` asks for was not gathered", rule.id),
            labels: Vec::new(),
            help: Some("read the workspace with what `Policy::needs` gives".to_owned()),
        })
        .collect()
}

/// The findings of one rule that no other has told before and no exception takes away.
fn judge(
    context: &Context<'_>,
    rule: &PolicyRule,
    verb: &dyn Rule,
    told: &mut Told<'_>,
    ledger: &mut Ledger<'_, '_>,
) -> Vec<Finding> {
    if absent_part(context, rule, verb).is_some() {
        return Vec::new();
    }
    let Verdict { violations, idle } = verb.judge(context);
    let verdict = Verdict { violations: told.keep(rule, violations), idle };
    findings(context, rule, verb, verdict, ledger)
}

/// The part of a rule that keeps it from being meant: one that speaks only of layers which
/// may be empty, and are; of an optional rule any part that names nothing.
fn absent_part<'r>(
    context: &Context<'_>,
    rule: &PolicyRule,
    verb: &'r dyn Rule,
) -> Option<Part<'r>> {
    verb.operands().into_iter().find(|part| match part.role {
        Role::Exposed | Role::Mention => false,
        _ if rule.optional => idle::is_dead_part(context, part),
        Role::Allowed | Role::Place => false,
        Role::Subject | Role::Object => context.is_all_absent(part.operand),
    })
}

/// What a verdict comes to once exceptions have taken away what they cover.
fn findings(
    context: &Context<'_>,
    rule: &PolicyRule,
    verb: &dyn Rule,
    verdict: Verdict,
    ledger: &mut Ledger<'_, '_>,
) -> Vec<Finding> {
    let mut findings = idle::of_rule(context, rule, verb, verdict.idle);
    let violations = ledger.keep_violations(context, &rule.id, verdict.violations);
    let violations = one_per_place(violations).into_iter();
    let severity = severity(context.policy, rule, verb);
    findings.extend(violations.map(|violation| finding(context, rule, severity, violation)));
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

fn finding(
    context: &Context<'_>,
    rule: &PolicyRule,
    severity: Severity,
    violation: Violation,
) -> Finding {
    let path = |node| context.tree.path(node);
    let identity = Identity {
        from: path(violation.from),
        to: violation.to.first().map(|node| path(*node)).unwrap_or_default(),
        written: violation.written,
        kind: violation.kind.to_owned(),
    };
    Finding {
        rule: rule.id.clone(),
        severity: violation.ceiling.map_or(severity, |ceiling| severity.min(ceiling)),
        message: violation.message,
        primary: violation.primary,
        secondary: violation.secondary,
        chain: violation.chain,
        because: rule.because.clone(),
        fix: rule.fix.clone(),
        docs: None,
        identity,
        fingerprint: String::new(),
    }
}

/// A finding of a rule that watches over the policy, unless that rule is off.
fn upkeep(policy: &Policy, upkeep: Upkeep, primary: Label, message: String) -> Option<Finding> {
    let rule = policy.rule(upkeep.id()).filter(|rule| rule.enabled)?;
    let kind = upkeep.id().to_owned();
    let identity = Identity { written: message.clone(), kind, ..Identity::default() };
    Some(Finding {
        rule: rule.id.clone(),
        severity: rule.severity,
        message,
        primary,
        secondary: Vec::new(),
        chain: Vec::new(),
        because: rule.because.clone(),
        fix: rule.fix.clone(),
        docs: None,
        identity,
        fingerprint: String::new(),
    })
}

/// The modules that are not test code. A file mounted twice counts for each.
#[must_use]
pub fn production_modules(facts: &Facts) -> BTreeSet<ModuleId> {
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
