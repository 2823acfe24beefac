//! `require = { … }` as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{RawPatterns, Via};

/// Every member of `from` uses something of `to`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawRequire {
    /// Who must: path patterns and `@names`, of which each crate, module or item is held to
    /// the rule by itself.
    pub from: RawPatterns,
    /// What each of them must use something of: path patterns and `@names`.
    pub to: RawPatterns,
    /// How far to look; `direct`, if absent.
    #[serde(default)]
    pub via: Via,
}
