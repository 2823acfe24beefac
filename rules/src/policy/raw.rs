//! The policy as it is written: one TOML file, with the place of every word in it.
//!
//! Nothing is checked here but the shape: which keys there are and what kind of value
//! each has. [`super::Policy::build`] makes sense of it.

mod acyclic;
mod deprecated;
mod diagram;
mod external;
mod facade;
mod forms;
mod independent;
mod limit;
mod orphans;
mod prove;
mod query;
mod require;
mod rule;
mod schema;
mod selector;
mod stable;
mod types;
mod verbs;

use std::ops::Range;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, Unexpected};
use serde_spanned::Spanned;

pub use acyclic::RawAcyclic;
pub use deprecated::RawDeprecated;
pub use diagram::RawDiagram;
pub use external::{By, RawExternal};
pub use facade::RawFacade;
use forms::Form;
pub use independent::RawIndependent;
pub use limit::{RawLimit, RawMeasurable};
pub use orphans::RawOrphans;
pub use prove::RawProve;
pub use query::RawQuery;
pub use require::RawRequire;
pub(super) use rule::Level;
pub use rule::{RawExample, RawException, RawRule, VERBS};
pub use schema::schema;
pub use selector::{PartsTable, RawAmount, RawImplemented, RawParts, RawRange, RawSelector};
pub use stable::RawStable;
pub use types::RawTypes;
pub use verbs::{RawCovered, RawForbid, RawOnly, Via};

/// The layers of a Rust workspace and the rules that hold between them.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawPolicy {
    /// Packs and files whose layers, sets and rules count as well: names of packs, paths of
    /// files, `crate:NAME` for the pack of a crate, or tables that map their layers to yours.
    #[serde(default)]
    pub extends: Vec<RawExtends>,
    /// Which code belongs together: names of layers, each with the crates or modules in it.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, RawLayer>")]
    pub layers: IndexMap<Spanned<String>, RawLayer>,
    /// Names for lists of path patterns; `@name` stands for the list.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, RawPatterns>")]
    pub sets: IndexMap<Spanned<String>, RawPatterns>,
    /// What must hold: ids of rules, each with a table of one verb, or with a level for a rule
    /// that comes from elsewhere.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, RawEntry>")]
    pub rules: IndexMap<Spanned<String>, RawEntry>,
    /// What `cargo layers prove` is to make of rules.
    #[serde(default)]
    pub prove: RawProve,
}

/// One string or a list of them: path patterns and `@names` as a rule.
#[derive(Clone, Debug, Default)]
pub struct RawPatterns {
    /// The strings.
    pub list: Vec<Spanned<String>>,
    /// Where the whole value stands.
    pub span: Range<usize>,
}

/// An entry of `extends`.
#[derive(Clone, Debug)]
pub struct RawExtends {
    /// Name of a built-in pack, path of a file, or `crate:NAME`.
    pub pack: Spanned<String>,
    /// Its names for layers, and ours.
    pub layers: IndexMap<Spanned<String>, Spanned<String>>,
    /// Where the whole entry stands.
    pub span: Range<usize>,
}

/// An entry of `[layers]`, in its short or long form.
#[derive(Clone, Debug, Default)]
pub struct RawLayer {
    /// What belongs to it.
    pub members: Option<RawPatterns>,
    /// The layers it may use.
    pub may_use: Option<RawPatterns>,
    /// The outside crates it may use.
    pub external: Option<RawPatterns>,
    /// Whether it may be missing.
    pub optional: Option<bool>,
    /// Whether its test code is held to the rules.
    pub tests: Option<bool>,
}

/// A rule, or a new level for one that comes from elsewhere.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum RawEntry {
    /// `ID = "warn"`
    Level(#[schemars(schema_with = "schema::level")] Spanned<String>),
    /// `[rules.ID]`
    Rule(Box<RawRule>),
}

/// A layer in its long form.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct LongLayer {
    /// What belongs to the layer: a path pattern or a list of them.
    members: Option<RawPatterns>,
    /// Of the other layers it may use these, and no others.
    may_use: Option<RawPatterns>,
    /// Of the crates outside the workspace it may use these, and no others.
    external: Option<RawPatterns>,
    /// `true`: it may be empty.
    optional: Option<bool>,
    /// `true`: its test code is held to the rules.
    tests: Option<bool>,
}

/// A pack or file whose layers are called differently here.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct LongExtends {
    /// Name of a pack, path of a file relative to the folder of this one, or `crate:NAME`.
    #[schemars(schema_with = "schema::pack")]
    pack: Spanned<String>,
    /// Its names for layers, each with yours: `{ inbound = "http" }`.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, String>")]
    layers: IndexMap<Spanned<String>, Spanned<String>>,
}

impl RawPolicy {
    /// The files that rules speak of, whose text is part of the policy: paths relative to the
    /// folder of this file.
    pub fn attached(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.rules.values().filter_map(|entry| match entry {
            RawEntry::Rule(rule) => rule.diagram.as_ref().map(|diagram| &diagram.get_ref().file),
            RawEntry::Level(_) => None,
        })
    }
}

impl RawPatterns {
    pub(super) fn one(text: String, span: Range<usize>) -> Self {
        Self { list: vec![Spanned::new(span.clone(), text)], span }
    }
}

impl<'de> Deserialize<'de> for RawPatterns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = Spanned::<Form<IgnoredAny>>::deserialize(deserializer)?;
        let span = form.span();
        match form.into_inner() {
            Form::Text(text) => Ok(Self::one(text, span)),
            Form::List(list) => Ok(Self { list, span }),
            Form::Table(_) => {
                Err(D::Error::invalid_type(Unexpected::Map, &"a string or a list of strings"))
            }
        }
    }
}

impl<'de> Deserialize<'de> for RawLayer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = Spanned::<Form<LongLayer>>::deserialize(deserializer)?;
        let span = form.span();
        let members = match form.into_inner() {
            Form::Text(text) => RawPatterns::one(text, span),
            Form::List(list) => RawPatterns { list, span },
            Form::Table(LongLayer { members, may_use, external, optional, tests }) => {
                return Ok(Self { members, may_use, external, optional, tests });
            }
        };
        Ok(Self { members: Some(members), ..Self::default() })
    }
}

impl<'de> Deserialize<'de> for RawEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = Spanned::<Form<RawRule>>::deserialize(deserializer)?;
        let span = form.span();
        match form.into_inner() {
            Form::Text(text) => Ok(Self::Level(Spanned::new(span, text))),
            Form::Table(rule) => Ok(Self::Rule(Box::new(rule))),
            Form::List(_) => {
                Err(D::Error::invalid_type(Unexpected::Seq, &"a level or a table with the rule"))
            }
        }
    }
}

impl<'de> Deserialize<'de> for RawExtends {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = Spanned::<Form<LongExtends>>::deserialize(deserializer)?;
        let span = form.span();
        match form.into_inner() {
            Form::Text(text) => {
                Ok(Self { pack: Spanned::new(span.clone(), text), layers: IndexMap::new(), span })
            }
            Form::Table(LongExtends { pack, layers }) => Ok(Self { pack, layers, span }),
            Form::List(_) => Err(D::Error::invalid_type(
                Unexpected::Seq,
                &"the name of a pack, the path of a file, or a table with `pack`",
            )),
        }
    }
}
