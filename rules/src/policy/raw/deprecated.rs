//! `deprecated = { … }` as written.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_spanned::Spanned;

use super::RawPatterns;

/// What is in `to` may be used until a day, and each use is warned of.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawDeprecated {
    /// Who uses it: path patterns and `@names`; anyone, if absent.
    pub from: Option<RawPatterns>,
    /// What is not to be used any more: path patterns and `@names`.
    pub to: RawPatterns,
    /// The day from which on each use is an error, as `YYYY-MM-DD`, in UTC.
    #[schemars(with = "String", regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub until: Spanned<String>,
}
