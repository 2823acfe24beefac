//! What reports say of a rule, apart from what it found.

use layers_rules::finding::Severity;

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
