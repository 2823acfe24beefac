//! `diagram = { … }` as written.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_spanned::Spanned;

use super::RawPatterns;

/// The arrows of a diagram are law: what is drawn uses each other only along them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawDiagram {
    /// A file with a Mermaid flowchart or a `PlantUML` component diagram, or a Markdown file that
    /// holds one; relative to the folder of this file.
    #[schemars(with = "String", length(min = 1))]
    pub file: Spanned<String>,
    /// `true`: an arrow along which nothing is used is a violation as well.
    pub strict: Option<bool>,
    /// What components mean that do not say so themselves: names or labels in the diagram, each
    /// with path patterns and `@names`; an empty list for what is no code.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, RawPatterns>")]
    pub components: IndexMap<Spanned<String>, RawPatterns>,
}
