//! The tables under `[rules]`.

use serde::Deserialize;
use serde_spanned::Spanned;

use super::{RawCovered, RawForbid, RawOnly, RawPatterns, RawSelector};
use crate::finding::Severity;

/// The verbs that a rule can hold: keys of [`RawRule`].
pub const VERBS: [&str; 4] = ["forbid", "only", "covered", "items"];

/// A table `[rules.ID]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawRule {
    /// Verb `forbid`.
    pub forbid: Option<Spanned<RawForbid>>,
    /// Verb `only`.
    pub only: Option<Spanned<RawOnly>>,
    /// Verb `covered`.
    pub covered: Option<Spanned<RawCovered>>,
    /// Verb `items`: which items are meant.
    pub items: Option<Spanned<RawSelector>>,
    /// What each of those items must be.
    pub must: Option<Spanned<RawSelector>>,
    /// What none of those items may be.
    pub must_not: Option<Spanned<RawSelector>>,
    /// Why the rule exists.
    pub because: Option<String>,
    /// What to do instead.
    pub fix: Option<String>,
    /// How much a violation weighs.
    pub severity: Option<Spanned<String>>,
    /// What the rule does not hold for.
    #[serde(default)]
    pub except: Vec<Spanned<RawException>>,
    /// Whether test code is held to it.
    pub tests: Option<bool>,
    /// What breaks it and what does not.
    #[serde(default)]
    pub examples: Vec<Spanned<RawExample>>,
}

/// An entry of `except`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawException {
    /// Who may.
    pub from: Option<RawPatterns>,
    /// What they may use.
    pub to: Option<RawPatterns>,
    /// Why.
    pub reason: Spanned<String>,
    /// The last day on which it counts, as `YYYY-MM-DD`.
    pub until: Option<Spanned<String>>,
    /// Who answers for it.
    pub owner: Option<String>,
}

/// An entry of `examples`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawExample {
    /// Source that breaks the rule.
    pub bad: Option<String>,
    /// Source that does not.
    pub good: Option<String>,
}

/// The level of a rule as its text: a severity, or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::policy) enum Level {
    Off,
    At(Severity),
}

impl Level {
    pub(in crate::policy) const WORDS: [&str; 4] = ["error", "warn", "note", "off"];

    pub(in crate::policy) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "error" => Self::At(Severity::Error),
            "warn" => Self::At(Severity::Warn),
            "note" => Self::At(Severity::Note),
            "off" => Self::Off,
            _ => return None,
        })
    }
}
