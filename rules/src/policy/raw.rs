//! The policy as it is written: one TOML file, with the place of every word in it.
//!
//! Nothing is checked here but the shape: which keys there are and what kind of value
//! each has. [`super::Policy::build`] makes sense of it.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_spanned::Spanned;

use crate::facts::DependencyKind;
use crate::finding::Severity;

/// A whole file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawPolicy {
    /// Packs and files whose layers, sets and rules count as well.
    #[serde(default)]
    pub extends: Vec<RawExtends>,
    /// Layers by name.
    #[serde(default)]
    pub layers: IndexMap<Spanned<String>, RawLayer>,
    /// Sets by name.
    #[serde(default)]
    pub sets: IndexMap<Spanned<String>, RawPatterns>,
    /// Rules by id.
    #[serde(default)]
    pub rules: IndexMap<Spanned<String>, RawEntry>,
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
    /// Name of a built-in pack, or path of a file.
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

/// An entry of `[rules]`: a rule, or a new level for one that comes from elsewhere.
#[derive(Clone, Debug)]
pub enum RawEntry {
    /// `ID = "warn"`
    Level(Spanned<String>),
    /// `[rules.ID]`
    Rule(Box<RawRule>),
}

/// The verbs that a rule can hold: keys of [`RawRule`].
pub const VERBS: [&str; 4] = ["forbid", "only", "covered", "items"];

/// A table `[rules.ID]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawRule {
    /// Verb `forbid`.
    pub forbid: Option<Spanned<RawForbid>>,
    /// Verb `only`.
    pub only: Option<Spanned<RawOnly>>,
    /// Verb `covered`.
    pub covered: Option<Spanned<RawCovered>>,
    /// Verb `items`: which items are meant.
    pub items: Option<Spanned<RawSelector>>,
    /// What each of those items must be.
    pub must: Option<Spanned<RawSelector>>,
    /// What none of those items may be.
    pub must_not: Option<Spanned<RawSelector>>,
    /// Why the rule exists.
    pub because: Option<String>,
    /// What to do instead.
    pub fix: Option<String>,
    /// How much a violation weighs.
    pub severity: Option<Spanned<String>>,
    /// What the rule does not hold for.
    #[serde(default)]
    pub except: Vec<Spanned<RawException>>,
    /// Whether test code is held to it.
    pub tests: Option<bool>,
    /// What breaks it and what does not.
    #[serde(default)]
    pub examples: Vec<Spanned<RawExample>>,
}

/// `forbid = { … }`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawForbid {
    /// Who may not.
    pub from: RawPatterns,
    /// What they may not use.
    pub to: RawPatterns,
    /// Whether only their own dependencies count.
    #[serde(default)]
    pub via: Via,
    /// The kinds of dependencies that count; all, if absent.
    pub kinds: Option<Vec<DependencyKind>>,
}

/// How far a rule about dependencies looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// Only at what is used in so many words.
    #[default]
    Direct,
    /// Also at what can be reached through others.
    Any,
}

/// `only = { … }`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawOnly {
    /// Who may.
    pub from: RawPatterns,
    /// What nobody else may use.
    pub to: RawPatterns,
}

/// `covered = { … }`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawCovered {
    /// Which modules are meant; all, if absent.
    pub within: Option<RawPatterns>,
    /// How many of a hundred must belong to a layer; all, if absent.
    pub min: Option<Spanned<f64>>,
}

/// A selector of items, and likewise a demand on them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawSelector {
    /// Kinds of items.
    pub kind: Option<RawPatterns>,
    /// Globs for the name.
    pub name: Option<RawPatterns>,
    /// Patterns for the path of the item itself.
    pub path: Option<RawPatterns>,
    /// Where it stands.
    #[serde(rename = "in")]
    pub within: Option<RawPatterns>,
    /// `pub`, `pub(crate)`, `pub(super)`, `pub(in)`, `private`.
    pub visibility: Option<RawPatterns>,
    /// Attributes.
    pub attribute: Option<RawPatterns>,
    /// Derives.
    pub derives: Option<RawPatterns>,
    /// Traits it implements, derived ones included.
    pub implements: Option<RawPatterns>,
    /// At least one of these holds.
    pub any: Option<Vec<Spanned<RawSelector>>>,
    /// All of these hold.
    pub all: Option<Vec<Spanned<RawSelector>>>,
    /// This does not hold.
    pub not: Option<Box<Spanned<RawSelector>>>,
}

/// An entry of `except`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawException {
    /// Who may.
    pub from: Option<RawPatterns>,
    /// What they may use.
    pub to: Option<RawPatterns>,
    /// Why.
    pub reason: Spanned<String>,
    /// The last day on which it counts, as `YYYY-MM-DD`.
    pub until: Option<Spanned<String>>,
    /// Who answers for it.
    pub owner: Option<String>,
}

/// An entry of `examples`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawExample {
    /// Source that breaks the rule.
    pub bad: Option<String>,
    /// Source that does not.
    pub good: Option<String>,
}

/// The level of a rule as its text: a severity, or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Off,
    At(Severity),
}

impl Level {
    pub(super) const WORDS: [&str; 4] = ["error", "warn", "note", "off"];

    pub(super) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "error" => Self::At(Severity::Error),
            "warn" => Self::At(Severity::Warn),
            "note" => Self::At(Severity::Note),
            "off" => Self::Off,
            _ => return None,
        })
    }
}

/// A value that can be written in three ways.
enum Form<T> {
    Text(String),
    List(Vec<Spanned<String>>),
    Table(T),
}

struct FormVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for FormVisitor<T> {
    type Value = Form<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string, a list of strings or a table")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Form<T>, E> {
        Ok(Form::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Form<T>, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = list.next_element()? {
            texts.push(text);
        }
        Ok(Form::List(texts))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Form<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Form::Table)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Form<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FormVisitor(PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct LongLayer {
    members: Option<RawPatterns>,
    may_use: Option<RawPatterns>,
    external: Option<RawPatterns>,
    optional: Option<bool>,
    tests: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct LongExtends {
    pack: Spanned<String>,
    #[serde(default)]
    layers: IndexMap<Spanned<String>, Spanned<String>>,
}

impl RawPatterns {
    fn one(text: String, span: Range<usize>) -> Self {
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
