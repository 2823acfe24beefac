//! Rules judged one by one and whether they are switched on or not, to see that each can
//! tell good from bad.

use super::exceptions::Ledger;
use super::{Problem, Selection, absent_part, findings, fingerprint, idle, without_facts};
use crate::context::{Context, Layering};
use crate::exceptions::RuleExceptions;
use crate::facts::Facts;
use crate::finding::Finding;
use crate::policy::{Policy, PolicyRule};
use crate::rule::Role;
use crate::tree::PathTree;
use crate::verbs::InRust;

/// What judging one rule gave.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What it finds, sorted by place.
    pub findings: Vec<Finding>,
    /// Why it cannot find anything, if so.
    pub vacuity: Option<Vacuity>,
}

/// Why a rule cannot find anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vacuity {
    /// What it looks at is nowhere.
    NothingToJudge(String),
    /// Where it looks there is nothing that it holds for, as things are.
    NothingHeld(String),
    /// What it looks at is there, and nothing of what it is about.
    NothingToFind(String),
    /// It speaks of layers that may be empty, and are: it is not meant here.
    NotMeant(String),
}

impl Vacuity {
    /// The reason in words.
    #[must_use]
    pub fn reason(&self) -> &str {
        match self {
            Self::NothingToJudge(reason)
            | Self::NothingHeld(reason)
            | Self::NothingToFind(reason)
            | Self::NotMeant(reason) => reason,
        }
    }
}

/// Judges `facts` by each of `rules`, which are rules of `policy`. What watches over the
/// policy itself finds nothing here.
///
/// # Errors
///
/// Where the layers of the policy overlap.
pub fn try_rules(
    facts: &Facts,
    policy: &Policy,
    rules: &[&PolicyRule],
) -> Result<Vec<Trial>, Vec<Problem>> {
    let mut problems = without_facts(facts, rules.iter().copied());
    problems.extend(rules.iter().flat_map(|rule| rule.verb.objections(facts)));
    if !problems.is_empty() {
        return Err(problems);
    }
    let tree = PathTree::new(facts);
    let layering = Layering::new(&tree, policy)?;
    let none = RuleExceptions::default();
    let (layering, exceptions) = (&layering, &none);
    let context = Context { facts, tree: &tree, policy, layering, tests: false, exceptions };
    let trial = |rule: &&PolicyRule| {
        let exceptions = RuleExceptions::new(&context, rule);
        try_rule(&Context { tests: rule.tests, exceptions: &exceptions, ..context }, rule)
    };
    Ok(rules.iter().map(trial).collect())
}

fn try_rule(context: &Context<'_>, rule: &PolicyRule) -> Trial {
    let verb = &*rule.verb;
    if verb.is_stand_in() {
        let reason = InRust::ELSEWHERE.to_owned();
        return Trial { findings: Vec::new(), vacuity: Some(Vacuity::NotMeant(reason)) };
    }
    if let Some(part) = absent_part(context, rule, verb) {
        let reason = format!("{} is empty, and may be", part.operand.sentence());
        return Trial { findings: Vec::new(), vacuity: Some(Vacuity::NotMeant(reason)) };
    }
    let verdict = verb.judge(context);
    let idle = verdict.idle.clone();
    let selection = Selection::default();
    let mut ledger = Ledger::new(context, &selection);
    let mut findings = findings(context, rule, verb, verdict, &mut ledger);
    findings.retain(|finding| finding.rule == rule.id);
    fingerprint::number(&mut findings);
    findings.sort_by(|a, b| {
        (&a.primary.location, &a.fingerprint).cmp(&(&b.primary.location, &b.fingerprint))
    });
    let dead = |wanted| {
        let part = idle::dead_part(context, rule, wanted)?;
        let reason = format!("`{}` ({}) matches nothing", part.key, part.operand.sentence());
        Some(vacuity(rule, wanted, reason))
    };
    let vacuity = dead(Role::Subject)
        .or_else(|| idle.map(Vacuity::NothingHeld))
        .or_else(|| dead(Role::Object));
    Trial { findings, vacuity }
}

/// What it means that nothing is there in a part with this role. A rule that only says who
/// may use a thing looks at that thing.
fn vacuity(rule: &PolicyRule, of_part: Role, reason: String) -> Vacuity {
    let parts = rule.verb.operands();
    let has = |wanted| parts.iter().any(|part| part.role == wanted);
    let is_about_object = has(Role::Allowed) && !has(Role::Subject);
    if of_part != Role::Object || is_about_object {
        Vacuity::NothingToJudge(reason)
    } else {
        Vacuity::NothingToFind(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::World;

    const POLICY: &str = r#"
        [layers]
        domain = "shop::domain"
        none   = { members = "shop::none", optional = true }
        [rules.pure]
        forbid   = { from = "@domain", to = "sqlx" }
        severity = "off"
        [rules.gone]
        forbid = { from = "shop::gone", to = "sqlx" }
        [rules.absent]
        forbid = { from = "@none", to = "sqlx" }
        [rules.unused]
        forbid = { from = "@domain", to = "redis" }
        [rules.unused-only]
        only = { from = "@domain", to = "redis" }
    "#;

    fn trial(world: &mut World, id: &str) -> Trial {
        let policy = world.policy(POLICY).expect("a policy");
        let rule = policy.rule(id).expect("a rule");
        let trials = try_rules(&world.facts, &policy, &[rule]).expect("no overlap");
        trials.into_iter().next().expect("one trial")
    }

    fn world() -> World {
        let mut world = World::new(&["shop"]);
        world.uses("shop::domain", "sqlx::Pool");
        world
    }

    #[test]
    fn a_rule_that_is_off_is_tried_all_the_same() {
        let trial = trial(&mut world(), "pure");
        assert_eq!(trial.findings.len(), 1);
        assert_eq!(trial.findings[0].rule, "pure");
        assert!(!trial.findings[0].fingerprint.is_empty());
        assert_eq!(trial.vacuity, None);
    }

    #[test]
    fn what_is_not_there_is_told_apart() {
        let vacuity = |id| trial(&mut world(), id).vacuity;
        let judge = |reason: &str| Some(Vacuity::NothingToJudge(reason.to_owned()));
        let find = |reason: &str| Some(Vacuity::NothingToFind(reason.to_owned()));
        assert_eq!(vacuity("gone"), judge("`from` (`shop::gone`) matches nothing"));
        let not_meant = Vacuity::NotMeant("`none` is empty, and may be".to_owned());
        assert_eq!(vacuity("absent"), Some(not_meant));
        assert_eq!(vacuity("unused"), find("`to` (`redis`) matches nothing"));
        assert_eq!(vacuity("unused-only"), judge("`to` (`redis`) matches nothing"));
    }
}
