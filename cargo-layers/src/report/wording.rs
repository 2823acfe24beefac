//! How rules, exceptions and the names in them are put into words.

use std::collections::BTreeSet;

use layers_rules::policy::{Exception, Layer, Policy, PolicyRule};
use layers_rules::prose;

use super::document::{Entry, Weight};

/// What there is to say of a rule that may have nothing to judge.
pub const OPTIONAL: &str = "It is off while there is nothing that it speaks of.";

/// What a violation of a rule weighs.
#[must_use]
pub fn weight(rule: &PolicyRule) -> Weight {
    if rule.enabled { Weight::Of(rule.severity) } else { Weight::Off }
}

/// The demand of a rule with its reason, as one sentence where that can be said in one.
pub fn demand(rule: &PolicyRule) -> String {
    let demand = rule.sentence();
    let Some(because) = rule.because.as_deref().map(one_line) else {
        return prose::sentence(&demand);
    };
    let because = because.strip_prefix("because ").unwrap_or(&because);
    let is_clause = !because.trim_end_matches('.').contains(". ")
        && because.starts_with(|first: char| !first.is_uppercase());
    if is_clause {
        prose::sentence(&format!("{demand}, because {because}"))
    } else {
        format!("{} {}", prose::sentence(&demand), prose::sentence(because))
    }
}

/// What an exception allows, until when, and why; as a sentence.
#[must_use]
pub fn exception(exception: &Exception) -> String {
    let allowed = match (&exception.from, &exception.to) {
        (Some(from), Some(to)) => format!("{} may use {}", from.all(), to.all()),
        (Some(from), None) => format!("it does not hold for {}", from.all()),
        (None, Some(to)) => format!("anyone may use {}", to.all()),
        (None, None) => "it holds for nothing".to_owned(),
    };
    let until = exception.until.map(|until| format!(" until {until}")).unwrap_or_default();
    let owner = exception.owner.as_ref().map(|owner| format!(", owned by {owner}"));
    let reason = one_line(&exception.reason);
    let reason = reason.trim_end_matches('.');
    prose::sentence(&format!("{allowed}{until}: {reason}{}", owner.unwrap_or_default()))
}

/// The layers and sets that the words about a rule name, each with what it stands for.
pub fn words(policy: &Policy, rule: &PolicyRule) -> Vec<Entry> {
    let text = sayings(rule);
    let layers = policy.layers().iter().filter(|layer| names(&text, &layer.name));
    let layers = layers.map(|layer| format!("`{}` is {}", layer.name, members(layer)));
    layers.map(Entry::new).chain(sets(policy, [rule])).collect()
}

/// The sets that the words about some rules name, each with what it stands for.
pub fn sets<'a>(policy: &Policy, rules: impl IntoIterator<Item = &'a PolicyRule>) -> Vec<Entry> {
    let texts: Vec<String> = rules.into_iter().map(sayings).collect();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    let is_said = |name: &str| texts.iter().any(|text| names(text, name));
    let mut new: Vec<&str> = policy
        .glossary()
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| is_said(name))
        .collect();
    // Sets are made of sets.
    while let Some(name) = new.pop() {
        if named.insert(name) {
            let words = policy.glossary().iter().filter(|(set, _)| set == name);
            let words: Vec<&String> = words.flat_map(|(_, words)| words).collect();
            let sets = policy.glossary().iter().map(|(set, _)| set.as_str());
            new.extend(sets.filter(|set| words.iter().any(|word| word == set)));
        }
    }
    let known = policy.glossary().iter().filter(|(name, _)| named.contains(name.as_str()));
    known.map(|(name, words)| Entry::new(format!("`{name}` is {}", prose::all_of(words)))).collect()
}

/// What belongs to a layer.
#[must_use]
pub fn members(layer: &Layer) -> String {
    let texts: Vec<&str> = layer.members.iter().map(|member| member.text.as_str()).collect();
    if texts.is_empty() { "empty".to_owned() } else { prose::all_of(&texts) }
}

/// A text on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything that is said of a rule in words of the policy.
fn sayings(rule: &PolicyRule) -> String {
    let exceptions: String = rule.except.iter().map(exception).collect();
    rule.sentence() + &exceptions
}

/// Whether `text` names the set or layer `name`, or a part of it.
fn names(text: &str, name: &str) -> bool {
    text.contains(&format!("`{name}`")) || text.contains(&format!("`{name}::"))
}
