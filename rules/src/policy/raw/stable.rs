//! `stable = { … }` as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::RawPatterns;

/// Dependencies lead to what is at least as stable.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawStable {
    /// The parts that are compared: `layers`, `crates`, `modules`, or path patterns and `@names`,
    /// where `<name>` makes each value a part of its own.
    pub scope: RawPatterns,
    /// Where both ends of a dependency must lie: path patterns and `@names`; anywhere, if absent.
    pub within: Option<RawPatterns>,
}
