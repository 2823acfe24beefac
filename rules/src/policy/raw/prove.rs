//! The table `[prove]`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_spanned::Spanned;

/// What `cargo layers prove` is to make of rules.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawProve {
    /// Rules that need not be proved: ids, each with the reason.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, String>")]
    pub accept: IndexMap<Spanned<String>, Spanned<String>>,
}
