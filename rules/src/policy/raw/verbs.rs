//! What stands under the key of each verb.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_spanned::Spanned;

use super::RawPatterns;
use crate::facts::DependencyKind;

/// What is in `from` may not use what is in `to`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawForbid {
    /// Who may not: path patterns and `@names`.
    pub from: RawPatterns,
    /// What they may not use: path patterns and `@names`.
    pub to: RawPatterns,
    /// How far to look; `direct`, if absent.
    #[serde(default)]
    pub via: Via,
    /// The kinds of dependencies that count; all, if absent.
    #[schemars(length(min = 1))]
    pub kinds: Option<Vec<DependencyKind>>,
}

/// How far a rule about dependencies looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// Only at what is used in so many words.
    #[default]
    Direct,
    /// Also at what can be reached through others.
    Any,
}

/// Only what is in `from` may use what is in `to`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawOnly {
    /// Who may: path patterns and `@names`.
    pub from: RawPatterns,
    /// What nobody else may use: path patterns and `@names`.
    pub to: RawPatterns,
}

/// Every module belongs to a layer, or a share of them does.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawCovered {
    /// Which modules are meant: path patterns and `@names`; all, if absent.
    pub within: Option<RawPatterns>,
    /// How many of a hundred must belong to a layer; all, if absent.
    #[schemars(with = "Option<f64>", range(min = 0, max = 100))]
    pub min: Option<Spanned<f64>>,
}
