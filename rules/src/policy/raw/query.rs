//! `query = { … }` as written.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_spanned::Spanned;

/// Each row that a question in SQL has for an answer is a violation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawQuery {
    /// The question. Its columns `file`, `line` and `column` say where a violation is.
    #[schemars(with = "String", length(min = 1))]
    pub sql: Spanned<String>,
    /// What to say of a row, `{column}` standing for its value there; if absent, what its
    /// column `message` holds.
    #[schemars(with = "Option<String>", length(min = 1))]
    pub message: Option<Spanned<String>>,
}
