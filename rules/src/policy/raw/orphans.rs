//! `orphans = { … }` as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::RawPatterns;

/// No `.rs` file stands beside the source without being a part of it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawOrphans {
    /// The modules in whose folders to look: path patterns and `@names`; all, if absent.
    pub within: Option<RawPatterns>,
}
