//! `acyclic = { … }` as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::RawPatterns;

/// No part of the workspace depends on itself through others.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawAcyclic {
    /// The parts that form no cycle: `layers`, `crates`, `modules`, or path patterns and `@names`,
    /// where `<name>` makes each value a part of its own.
    pub scope: RawPatterns,
    /// Where both ends of a dependency must lie: path patterns and `@names`; anywhere, if absent.
    pub within: Option<RawPatterns>,
}
