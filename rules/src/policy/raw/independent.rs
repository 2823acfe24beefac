//! `independent = { … }` as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{RawPatterns, Via};

/// None of several parts uses another.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawIndependent {
    /// The parts: path patterns and `@names`, where `<name>` makes each value a part of its own.
    pub members: RawPatterns,
    /// How far to look; `direct`, if absent.
    #[serde(default)]
    pub via: Via,
}
