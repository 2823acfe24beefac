//! One rule, explained.

use layers_rules::finding::Location;
use layers_rules::policy::{Origin, Policy, PolicyRule, Snippet};
use layers_rules::prose;

use super::document::{Document, Entry};
use super::{Sources, wording};

/// Where the rules come from that no file defines.
pub(crate) const UPKEEP: &str = "Built in: it watches over the rules themselves.";

/// The explanation of a rule of a workspace's policy. `sources` holds the files that the policy
/// was read from.
#[must_use]
pub fn explanation(rule: &PolicyRule, policy: &Policy, sources: &Sources) -> Document {
    let mut document = Document::default();
    let place =
        |location: &Location| format!("{}:{}", location.file, sources.range(location).start.line);
    explain(&mut document, rule, policy, &place, &origin(&rule.origin, &place));
    document
}

/// Where a rule of a workspace's policy is defined.
fn origin(origin: &Origin, place: &dyn Fn(&Location) -> String) -> String {
    match origin {
        Origin::File { location } => format!("Defined at {}.", place(location)),
        Origin::Layer { location } => {
            format!("Follows from `may-use` or `external` of the layer, at {}.", place(location))
        }
        Origin::Pack { name, entry } => {
            format!("Defined by the pack `{name}`, which is extended at {}.", place(entry))
        }
        Origin::Upkeep => UPKEEP.to_owned(),
    }
}

/// Adds all there is to say of a rule. `place` says where something of the policy stands,
/// `origin` where the rule comes from.
pub(crate) fn explain(
    document: &mut Document,
    rule: &PolicyRule,
    policy: &Policy,
    place: &dyn Fn(&Location) -> String,
    origin: &str,
) {
    document.rule(&rule.id, wording::weight(rule));
    document.paragraph(&prose::sentence(&rule.sentence()));
    section(document, "Why", rule.because.as_deref());
    section(document, "What to do instead", rule.fix.as_deref());
    section(document, "Where it may err", rule.heuristic.as_deref());
    let words = wording::words(policy, rule);
    if !words.is_empty() {
        document.heading(2, "What the words mean");
        document.list(words);
    }
    for example in &rule.examples {
        code(document, "This breaks it", example.bad.as_ref());
        code(document, "This keeps it", example.good.as_ref());
    }
    if !rule.except.is_empty() {
        document.heading(2, "What it does not hold for");
        let entry = |exception| {
            let text = wording::exception(exception);
            Entry::new(format!("{text} ({})", place(&exception.location)))
        };
        document.list(rule.except.iter().map(entry).collect());
    }
    document.heading(2, "Where it comes from");
    document.paragraph(origin);
    if rule.optional {
        document.paragraph(wording::OPTIONAL);
    }
    if rule.tests {
        document.paragraph("Test code is held to it as well.");
    }
}

fn section(document: &mut Document, title: &str, body: Option<&str>) {
    let Some(body) = body else { return };
    document.heading(2, title);
    let is_phrase = !body.trim().contains('\n');
    document.paragraph(&if is_phrase { prose::sentence(body) } else { body.to_owned() });
}

fn code(document: &mut Document, title: &str, source: Option<&Snippet>) {
    let Some(source) = source else { return };
    document.heading(2, title);
    document.code(&source.text);
}
