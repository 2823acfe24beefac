//! `facade = { … }` as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::RawPatterns;

/// From outside, a module is used through its facade only.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawFacade {
    /// What has a facade: path patterns and `@names`, each thing by itself, and with `<name>`
    /// each value.
    pub module: RawPatterns,
    /// What belongs to the facade: paths below the module (`api`, `Order*`), path patterns that
    /// begin like it, `@names`, and `self` for what it declares or re-exports itself; `self`, if
    /// absent.
    pub exposes: Option<RawPatterns>,
}
