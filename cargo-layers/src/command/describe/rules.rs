//! The rules: what each demands and why, what to do instead, and what it does not hold for.

use layers_rules::policy::{Origin, Policy, PolicyRule};
use layers_rules::prose;

use crate::report::document::{Document, Entry};
use crate::report::wording;

pub(super) fn describe(document: &mut Document, policy: &Policy) {
    let mut groups: Vec<(String, Vec<&PolicyRule>)> = Vec::new();
    for rule in policy.rules() {
        let title = match &rule.origin {
            Origin::Pack { name, .. } => format!("Rules of the pack `{name}`"),
            Origin::File { .. } => "Rules of this workspace".to_owned(),
            _ if is_told_with_layer(rule) => continue,
            Origin::Layer { .. } => "Rules of layers".to_owned(),
            Origin::Upkeep => continue,
        };
        match groups.iter_mut().find(|(known, _)| *known == title) {
            Some((_, rules)) => rules.push(rule),
            None => groups.push((title, vec![rule])),
        }
    }
    for (title, rules) in groups {
        document.heading(2, &title);
        let (on, off): (Vec<&PolicyRule>, Vec<&PolicyRule>) =
            rules.iter().partition(|rule| rule.enabled);
        document.list(on.into_iter().map(entry).collect());
        if !off.is_empty() {
            let ids: Vec<&str> = off.iter().map(|rule| rule.id.as_str()).collect();
            document.paragraph(&format!("Switched off: {}.", prose::all_of(&ids)));
        }
    }
    let upkeep = |rule: &&PolicyRule| rule.enabled && rule.origin == Origin::Upkeep;
    let upkeep: Vec<String> =
        policy.rules().iter().filter(upkeep).map(PolicyRule::sentence).collect();
    if !upkeep.is_empty() {
        document.heading(2, "Rules about the rules");
        document.paragraph(&prose::sentence(&prose::series(&upkeep, "and")));
    }
}

/// Whether a sentence about the layer says everything there is to say of its rule.
pub(super) fn is_told_with_layer(rule: &PolicyRule) -> bool {
    let is_of_layer = matches!(rule.origin, Origin::Layer { .. });
    is_of_layer && wording::weight(rule).fails() && rule.fix.is_none() && rule.except.is_empty()
}

fn entry(rule: &PolicyRule) -> Entry {
    let mut sentences = vec![wording::demand(rule)];
    if let Some(fix) = &rule.fix {
        sentences.push(format!("Instead: {}", stopped(&wording::one_line(fix))));
    }
    if let Some(heuristic) = &rule.heuristic {
        let why = stopped(&wording::one_line(heuristic));
        sentences.push(format!("It may err: {why}"));
    }
    if rule.optional {
        sentences.push(wording::OPTIONAL.to_owned());
    }
    if rule.tests {
        sentences.push("Test code is held to it as well.".to_owned());
    }
    let weight = match wording::weight(rule) {
        weight if weight.fails() => String::new(),
        weight => format!(" ({})", weight.word()),
    };
    let below = rule.except.iter().map(wording::exception).collect();
    Entry { text: format!("`{}`{weight}: {}", rule.id, sentences.join(" ")), below }
}

fn stopped(text: &str) -> String {
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{text}{stop}")
}
