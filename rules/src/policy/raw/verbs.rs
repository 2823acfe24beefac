//! What stands under the key of each verb.

use serde::Deserialize;
use serde_spanned::Spanned;

use super::RawPatterns;
use crate::facts::DependencyKind;

/// `forbid = { … }`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawForbid {
    /// Who may not.
    pub from: RawPatterns,
    /// What they may not use.
    pub to: RawPatterns,
    /// Whether only their own dependencies count.
    #[serde(default)]
    pub via: Via,
    /// The kinds of dependencies that count; all, if absent.
    pub kinds: Option<Vec<DependencyKind>>,
}

/// How far a rule about dependencies looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// Only at what is used in so many words.
    #[default]
    Direct,
    /// Also at what can be reached through others.
    Any,
}

/// `only = { … }`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawOnly {
    /// Who may.
    pub from: RawPatterns,
    /// What nobody else may use.
    pub to: RawPatterns,
}

/// `covered = { … }`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawCovered {
    /// Which modules are meant; all, if absent.
    pub within: Option<RawPatterns>,
    /// How many of a hundred must belong to a layer; all, if absent.
    pub min: Option<Spanned<f64>>,
}

/// A selector of items, and likewise a demand on them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawSelector {
    /// Kinds of items.
    pub kind: Option<RawPatterns>,
    /// Globs for the name.
    pub name: Option<RawPatterns>,
    /// Patterns for the path of the item itself.
    pub path: Option<RawPatterns>,
    /// Where it stands.
    #[serde(rename = "in")]
    pub within: Option<RawPatterns>,
    /// `pub`, `pub(crate)`, `pub(super)`, `pub(in)`, `private`.
    pub visibility: Option<RawPatterns>,
    /// Attributes.
    pub attribute: Option<RawPatterns>,
    /// Derives.
    pub derives: Option<RawPatterns>,
    /// Traits it implements, derived ones included.
    pub implements: Option<RawPatterns>,
    /// At least one of these holds.
    pub any: Option<Vec<Spanned<RawSelector>>>,
    /// All of these hold.
    pub all: Option<Vec<Spanned<RawSelector>>>,
    /// This does not hold.
    pub not: Option<Box<Spanned<RawSelector>>>,
}
