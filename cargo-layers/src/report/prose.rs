//! A finding in plain lines of text, for formats that show no more than that.

use std::fmt::Write;

use layers_rules::finding::Finding;

use super::Sources;

/// Everything there is to say of a finding beside its place: the message, what the label
/// says, the chain, other places, why, and what to do.
pub(super) fn whole(finding: &Finding, sources: &Sources) -> String {
    let mut text = headline(finding);
    for step in &finding.chain {
        let line = sources.range(&step.location).start.line;
        let _ = write!(text, "\nvia {}:{line}: {} → {}", step.location.file, step.from, step.to);
    }
    for label in &finding.secondary {
        let line = sources.range(&label.location).start.line;
        let _ = write!(text, "\nsee {}:{line}: {}", label.location.file, label.text);
    }
    text + &reasons(finding)
}

/// The message, and on a line of its own what the label says.
pub(super) fn headline(finding: &Finding) -> String {
    let mut text = finding.message.clone();
    if !finding.primary.text.is_empty() {
        let _ = write!(text, "\n{}", finding.primary.text);
    }
    text
}

/// Why, what to do, and where to read on; each on a line that begins with a line break.
pub(super) fn reasons(finding: &Finding) -> String {
    let mut text = String::new();
    for (word, reason) in
        [("because", &finding.because), ("fix", &finding.fix), ("docs", &finding.docs)]
    {
        if let Some(reason) = reason {
            let _ = write!(text, "\n{word}: {}", reason.trim());
        }
    }
    text
}
