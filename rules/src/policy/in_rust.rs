//! Rules that are written in Rust as rules of a policy.

use std::sync::Arc;

use super::{Origin, Policy, PolicyRule, Problem};
use crate::finding::{Label, Location};
use crate::rule::Rule;
use crate::verbs::InRust;

impl Policy {
    /// The policy with `rules` that are written in Rust, each at the place that `place` gives.
    /// One that the policy declares has the severity, the reasons and the exceptions from there,
    /// and its own where the policy says nothing; any other is added. Those that cannot be rules
    /// of the policy are told apart, by their index: another rule has their id.
    #[must_use]
    pub fn with_rules(
        &self,
        rules: &[&dyn Rule],
        place: &dyn Fn(&dyn Rule) -> Location,
    ) -> (Self, Vec<(usize, Problem)>) {
        let mut policy = self.clone();
        let mut refused = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            let is_twice = rules[..index].iter().any(|earlier| earlier.id() == rule.id());
            let known = policy.rules.iter_mut().find(|known| known.id == rule.id());
            match known {
                _ if is_twice => {
                    let message = "another rule in Rust has the same id".to_owned();
                    let help = Some("give each rule an id of its own".to_owned());
                    refused.push((index, Problem { message, labels: Vec::new(), help }));
                }
                Some(known) if known.verb.is_stand_in() => known.complete(*rule),
                Some(known) => refused.push((index, taken(known))),
                None => policy.rules.push(PolicyRule::in_rust(*rule, place(*rule))),
            }
        }
        (policy, refused)
    }
}

/// The problem that a rule has an id which the policy gives to another one.
fn taken(known: &PolicyRule) -> Problem {
    let label = |location: &Location| Label {
        location: location.clone(),
        text: "a rule of this id that is not in Rust".to_owned(),
    };
    Problem {
        message: "the policy has another rule of this id".to_owned(),
        labels: known.location().map(label).into_iter().collect(),
        help: Some(
            "give one of them another id; the policy declares a rule in Rust by `rust = \"…\"`"
                .to_owned(),
        ),
    }
}

impl PolicyRule {
    /// A rule that the policy says nothing of.
    fn in_rust(rule: &dyn Rule, location: Location) -> Self {
        let verb = Arc::new(InRust::default());
        let mut policy_rule = Self::new(rule.id().to_owned(), verb, Origin::File { location });
        policy_rule.complete(rule);
        policy_rule
    }

    /// Takes over from a rule what the policy does not say of it.
    fn complete(&mut self, rule: &dyn Rule) {
        if self.levelled.is_none() {
            self.severity = rule.severity();
        }
        self.because = self.because.take().or_else(|| rule.because().map(str::to_owned));
        self.fix = self.fix.take().or_else(|| rule.fix().map(str::to_owned));
        self.tests |= rule.tests();
    }
}
