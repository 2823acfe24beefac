//! The structured result: one [`Finding`] is one violation, and every output format
//! is a view of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::facts::Span;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Said, and never fails a run.
    Note,
    /// Shown, and never fails a run.
    Warn,
    /// Fails the run.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Note => "note",
            Self::Warn => "warning",
            Self::Error => "error",
        })
    }
}

/// A stretch of text in one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Path relative to the workspace root, with forward slashes.
    pub file: String,
    /// Where in it.
    pub span: Span,
}

/// A location with what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub location: Location,
    /// What, in a few words ("resolves to `shop_persistence::db::PgPool`").
    pub text: String,
}

/// One hop of the chain that leads from the written path to the thing it means, or
/// from one layer to another through others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The line that makes the hop.
    pub location: Location,
    /// Full path of where the hop starts ("`shop_prelude::PgPool`").
    pub from: String,
    /// Full path of where it leads.
    pub to: String,
    /// How: `reexport`, `glob`, `import`, `use`, `macro`, … (see `docs/json.md`).
    pub how: String,
    /// What else is to be said of it: of an entry of Cargo.toml its kind, features and
    /// targets; else empty.
    pub detail: String,
}

/// One violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule that found it.
    pub rule: String,
    /// Weight of the rule.
    pub severity: Severity,
    /// One sentence that names the concrete things and layers.
    pub message: String,
    /// Where it is, with the words to put under the span.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// The hops that led there, in order; empty when the written path is direct.
    pub chain: Vec<Step>,
    /// Why the rule exists.
    pub because: Option<String>,
    /// What to do instead.
    pub fix: Option<String>,
    /// Address of the rule's documentation.
    pub docs: Option<String>,
    /// What makes it the same violation tomorrow.
    pub identity: Identity,
    /// The identity in short, told apart from others like it: 16 hexadecimal digits that do
    /// not change when lines move or the file is renamed.
    pub fingerprint: String,
}

/// What makes a violation of a rule the same one tomorrow: what breaks the rule, never
/// lines or file names. Several violations may agree in all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// Full path of what breaks the rule.
    pub from: String,
    /// Full path of what it may not use; empty where there is no such thing.
    pub to: String,
    /// The path as written, or whatever else tells it apart.
    pub written: String,
    /// What kind of violation it is.
    pub kind: String,
}
