//! One rule, explained.

use layers_rules::finding::Location;
use layers_rules::policy::{Policy, PolicyRule, Snippet};
use layers_rules::prose;

use crate::command::wording;
use crate::report::document::{Document, Entry};

/// Adds all there is to say of a rule. `place` says where something of the policy stands,
/// `origin` where the rule comes from.
pub(super) fn explain(
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
