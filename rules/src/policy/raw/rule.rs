//! The tables under `[rules]`.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_spanned::Spanned;

use super::schema;
use super::{
    RawAcyclic, RawCovered, RawDeprecated, RawDiagram, RawExternal, RawFacade, RawForbid,
    RawIndependent, RawLimit, RawOnly, RawOrphans, RawPatterns, RawQuery, RawRequire, RawSelector,
    RawStable,
};
use crate::finding::Severity;

/// The verbs that a rule can hold: keys of [`RawRule`].
pub const VERBS: [&str; 16] = [
    "forbid",
    "only",
    "require",
    "deprecated",
    "external",
    "independent",
    "acyclic",
    "facade",
    "stable",
    "limit",
    "diagram",
    "covered",
    "orphans",
    "items",
    "query",
    "rust",
];

/// A rule: one verb, and what is to be said of it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(transform = schema::one_verb)]
pub struct RawRule {
    /// What is in `from` may not use what is in `to`.
    #[schemars(with = "Option<RawForbid>")]
    pub forbid: Option<Spanned<RawForbid>>,
    /// Only what is in `from` may use what is in `to`.
    #[schemars(with = "Option<RawOnly>")]
    pub only: Option<Spanned<RawOnly>>,
    /// Every member of `from` uses something of `to`.
    #[schemars(with = "Option<RawRequire>")]
    pub require: Option<Spanned<RawRequire>>,
    /// What is in `to` may be used until a day, and each use is warned of.
    #[schemars(with = "Option<RawDeprecated>")]
    pub deprecated: Option<Spanned<RawDeprecated>>,
    /// What is in `from` depends, by Cargo.toml, on nothing but what is in `allow`, and on
    /// nothing that is in `deny`.
    #[schemars(with = "Option<RawExternal>")]
    pub external: Option<Spanned<RawExternal>>,
    /// None of several parts uses another.
    #[schemars(with = "Option<RawIndependent>")]
    pub independent: Option<Spanned<RawIndependent>>,
    /// No part of the workspace depends on itself through others.
    #[schemars(with = "Option<RawAcyclic>")]
    pub acyclic: Option<Spanned<RawAcyclic>>,
    /// From outside, a module is used through its facade only.
    #[schemars(with = "Option<RawFacade>")]
    pub facade: Option<Spanned<RawFacade>>,
    /// Dependencies lead to what is at least as stable.
    #[schemars(with = "Option<RawStable>")]
    pub stable: Option<Spanned<RawStable>>,
    /// Nothing is larger, or smaller, than so much.
    #[schemars(with = "Option<RawLimit>")]
    pub limit: Option<Spanned<RawLimit>>,
    /// The arrows of a diagram are law.
    #[schemars(with = "Option<RawDiagram>")]
    pub diagram: Option<Spanned<RawDiagram>>,
    /// Every module belongs to a layer, or a share of them does.
    #[schemars(with = "Option<RawCovered>")]
    pub covered: Option<Spanned<RawCovered>>,
    /// No `.rs` file stands beside the source without being a part of it.
    #[schemars(with = "Option<RawOrphans>")]
    pub orphans: Option<Spanned<RawOrphans>>,
    /// The items that must be as `must` says, and must not be as `must-not` says.
    #[schemars(with = "Option<RawSelector>")]
    pub items: Option<Spanned<RawSelector>>,
    /// What each of the `items` must be.
    #[schemars(with = "Option<RawSelector>")]
    pub must: Option<Spanned<RawSelector>>,
    /// What none of the `items` may be.
    #[schemars(with = "Option<RawSelector>")]
    pub must_not: Option<Spanned<RawSelector>>,
    /// What is demanded of the `items`, in words of your own: `must hold no state`.
    #[schemars(with = "Option<String>", regex(pattern = r"^must\s"))]
    pub says: Option<Spanned<String>>,
    /// Each row that a question in SQL has for an answer is a violation.
    #[schemars(with = "Option<RawQuery>")]
    pub query: Option<Spanned<RawQuery>>,
    /// The rule is written in Rust, and judged by tests: paths of the code that judges.
    #[schemars(with = "Option<RawPatterns>")]
    pub rust: Option<Spanned<RawPatterns>>,
    /// Why the rule exists; shown with each violation.
    pub because: Option<String>,
    /// What to do instead; shown with each violation.
    pub fix: Option<String>,
    /// Why the rule may be wrong about some code; it then warns, unless `severity` says otherwise.
    pub heuristic: Option<String>,
    /// How much a violation weighs; `error`, if absent.
    #[serde(default)]
    #[schemars(schema_with = "schema::level")]
    pub severity: Option<Spanned<String>>,
    /// What the rule does not hold for.
    #[serde(default)]
    #[schemars(with = "Vec<RawException>")]
    pub except: Vec<Spanned<RawException>>,
    /// `true`: test code is held to it as well.
    pub tests: Option<bool>,
    /// `true`: the rule is off, and not reported, while one of its parts names nothing; and with
    /// `external`, what Cargo does not have at hand is left open instead of failing the run.
    pub optional: Option<bool>,
    /// Ids of rules: what one of them reports at the same place, this one does not.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub yields_to: Vec<Spanned<String>>,
    /// Source that breaks the rule, and source that keeps it.
    #[serde(default)]
    #[schemars(with = "Vec<RawExample>")]
    pub examples: Vec<Spanned<RawExample>>,
}

/// What a rule does not hold for, and why.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(transform = schema::from_or_to)]
pub struct RawException {
    /// Who may: path patterns and `@names`; anyone, if absent.
    pub from: Option<RawPatterns>,
    /// What they may use: path patterns and `@names`; anything, if absent.
    pub to: Option<RawPatterns>,
    /// Why.
    #[schemars(with = "String", length(min = 1))]
    pub reason: Spanned<String>,
    /// The last day on which it counts, as `YYYY-MM-DD`; from then on it is reported.
    #[schemars(with = "Option<String>", regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub until: Option<Spanned<String>>,
    /// Who answers for it.
    pub owner: Option<String>,
}

/// Source that breaks a rule, source that keeps it, or both.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct RawExample {
    /// Source that breaks the rule.
    #[schemars(with = "Option<String>")]
    pub bad: Option<Spanned<String>>,
    /// Source that does not.
    #[schemars(with = "Option<String>")]
    pub good: Option<Spanned<String>>,
}

/// The level of a rule as its text: a severity, or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::policy) enum Level {
    Off,
    At(Severity),
}

impl Level {
    pub(in crate::policy) const WORDS: [&str; 4] = ["error", "warn", "note", "off"];

    pub(in crate::policy) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "error" => Self::At(Severity::Error),
            "warn" => Self::At(Severity::Warn),
            "note" => Self::At(Severity::Note),
            "off" => Self::Off,
            _ => return None,
        })
    }
}
