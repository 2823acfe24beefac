//! What stands under `items`, `must` and `must-not`.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_spanned::Spanned;

use super::{RawPatterns, RawTypes, schema};

/// What an item is like: every key must hold, and a list means any of its entries.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct RawSelector {
    /// What kind of item it is. Fields and `use` declarations are selected where this names
    /// them.
    #[serde(default)]
    #[schemars(schema_with = "schema::kinds")]
    pub kind: Option<RawPatterns>,
    /// What it is called, with `*`, `?` and `{a,b}`.
    pub name: Option<RawPatterns>,
    /// Path patterns for the item itself, without what is below.
    pub path: Option<RawPatterns>,
    /// Where it stands: path patterns and `@names`.
    #[serde(rename = "in")]
    pub within: Option<RawPatterns>,
    /// The file it stands in: globs for its path from the workspace root, with `*`, `**`, `?`
    /// and `{a,b}`.
    pub file: Option<RawPatterns>,
    /// How it is declared.
    #[serde(default)]
    #[schemars(schema_with = "schema::visibilities")]
    pub visibility: Option<RawPatterns>,
    /// Modules, crates or layers outside of which it can be named, by whatever path.
    pub visible_outside: Option<RawPatterns>,
    /// Attributes it carries: names or path patterns.
    pub attribute: Option<RawPatterns>,
    /// What it derives: names or path patterns.
    pub derives: Option<RawPatterns>,
    /// Traits it implements, derived ones included: names or path patterns.
    pub implements: Option<RawPatterns>,
    /// How often a trait is implemented, where, and for what.
    #[schemars(with = "Option<RawImplemented>")]
    pub implemented: Option<Spanned<RawImplemented>>,
    /// Whether a function is async.
    #[serde(rename = "async")]
    #[schemars(with = "Option<bool>")]
    pub is_async: Option<Spanned<bool>>,
    /// Whether it is declared unsafe.
    #[serde(rename = "unsafe")]
    #[schemars(with = "Option<bool>")]
    pub is_unsafe: Option<Spanned<bool>>,
    /// Whether a function is a `const fn`.
    #[serde(rename = "const")]
    #[schemars(with = "Option<bool>")]
    pub is_const: Option<Spanned<bool>>,
    /// Whether it has type or const parameters.
    #[schemars(with = "Option<bool>")]
    pub generic: Option<Spanned<bool>>,
    /// Whether it is a `static mut`.
    #[schemars(with = "Option<bool>")]
    pub mutable: Option<Spanned<bool>>,
    /// Whether it has a documentation comment.
    #[schemars(with = "Option<bool>")]
    pub documented: Option<Spanned<bool>>,
    /// Whether a function has a body; a constant, static or associated type a value.
    #[schemars(with = "Option<bool>")]
    pub has_body: Option<Spanned<bool>>,
    /// Whether other crates can name it: it is `pub`, and so are the modules around it, or a
    /// `pub use` leads to it.
    #[schemars(with = "Option<bool>")]
    pub exported: Option<Spanned<bool>>,
    /// Whether it is test code.
    #[schemars(with = "Option<bool>")]
    pub test: Option<Spanned<bool>>,
    /// Whether test code names it, or something in it.
    #[schemars(with = "Option<bool>")]
    pub tested: Option<Spanned<bool>>,
    /// How a method takes `self`.
    #[serde(default, rename = "self")]
    #[schemars(schema_with = "schema::receivers")]
    pub receiver: Option<RawPatterns>,
    /// How many lines it has, attributes and documentation apart; a module all of its file.
    pub lines: Option<RawAmount>,
    /// The parameters of a function, `self` apart: how many, or what they are like.
    pub parameters: Option<RawParts>,
    /// Types that the written result of a function mentions: names or path patterns, `none`
    /// for a function without, or what types of the workspace are like.
    pub returns: Option<RawTypes>,
    /// The fields of a struct, union or variant: how many, or what they are like.
    pub fields: Option<RawParts>,
    /// The methods of a trait, an impl or a type: how many, or what they are like.
    pub methods: Option<RawParts>,
    /// What stands right in a module, trait, impl or enum: how much, or what it is like.
    pub holds: Option<RawParts>,
    /// What stands in the same file, the item itself included: how much, or what it is like.
    pub same_file: Option<RawParts>,
    /// Types and traits that its signature mentions: names or path patterns, or what those of
    /// the workspace are like.
    pub signature_mentions: Option<RawTypes>,
    /// Names or path patterns that every type and trait in its signature matches, if it
    /// mentions any.
    pub signature_mentions_only: Option<RawPatterns>,
    /// The same, without fields and members that fewer can see than the item.
    pub exposes: Option<RawTypes>,
    /// What its body uses: names or path patterns.
    pub body_uses: Option<RawPatterns>,
    /// The same, without what it hands to others in closures or by its name, and may be run
    /// elsewhere.
    pub body_runs: Option<RawPatterns>,
    /// Names of methods that its body calls.
    pub body_calls_method: Option<RawPatterns>,
    /// At least one of these holds.
    #[schemars(with = "Option<Vec<RawSelector>>")]
    pub any: Option<Vec<Spanned<RawSelector>>>,
    /// All of these hold.
    #[schemars(with = "Option<Vec<RawSelector>>")]
    pub all: Option<Vec<Spanned<RawSelector>>>,
    /// This does not hold.
    #[schemars(with = "Option<RawSelector>")]
    pub not: Option<Box<Spanned<RawSelector>>>,
}

/// How many: a number, or the fewest and the most.
#[derive(Clone, Debug)]
pub struct RawAmount {
    /// The numbers.
    pub range: RawRange,
    /// Where the value stands.
    pub span: Range<usize>,
}

/// The fewest and the most.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct RawRange {
    /// The fewest.
    pub min: Option<u32>,
    /// The most.
    pub max: Option<u32>,
}

/// What is asked of the parts of something: how many, or a table.
#[derive(Clone, Debug)]
pub struct RawParts {
    /// What is asked.
    pub table: PartsTable,
    /// Where the value stands.
    pub span: Range<usize>,
}

/// What is asked of the parts of something. All that is given must hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Parts", extend("minProperties" = 1))]
pub struct PartsTable {
    /// The fewest there are.
    pub min: Option<u32>,
    /// The most there are.
    pub max: Option<u32>,
    /// Which of them count, here and for the other keys.
    #[schemars(with = "Option<RawSelector>")]
    pub which: Option<Box<Spanned<RawSelector>>>,
    /// What each of them is.
    #[schemars(with = "Option<RawSelector>")]
    pub every: Option<Box<Spanned<RawSelector>>>,
    /// What at least one of them is.
    #[schemars(with = "Option<RawSelector>")]
    pub some: Option<Box<Spanned<RawSelector>>>,
    /// What none of them is.
    #[schemars(with = "Option<RawSelector>")]
    pub none: Option<Box<Spanned<RawSelector>>>,
}

/// How often a trait is implemented: at least once where no number is given.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct RawImplemented {
    /// Where the impls stand that count: path patterns and `@names`.
    #[serde(rename = "in")]
    pub within: Option<RawPatterns>,
    /// What they are for.
    #[schemars(with = "Option<RawSelector>")]
    pub by: Option<Box<Spanned<RawSelector>>>,
    /// The fewest there are.
    pub min: Option<u32>,
    /// The most there are.
    pub max: Option<u32>,
}

/// A number or a table.
enum NumberOr<T> {
    Number(u32),
    Table(T),
}

struct NumberOrTable<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for NumberOrTable<T> {
    type Value = NumberOr<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number from 0 on or a table")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<NumberOr<T>, E> {
        let fits = u32::try_from(number).map(NumberOr::Number);
        fits.map_err(|_| E::invalid_value(serde::de::Unexpected::Signed(number), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<NumberOr<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(NumberOr::Table)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for NumberOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberOrTable(PhantomData))
    }
}

impl<'de> Deserialize<'de> for RawAmount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Spanned::<NumberOr<RawRange>>::deserialize(deserializer)?;
        let span = value.span();
        let range = match value.into_inner() {
            NumberOr::Number(number) => RawRange { min: Some(number), max: Some(number) },
            NumberOr::Table(range) => range,
        };
        Ok(Self { range, span })
    }
}

impl<'de> Deserialize<'de> for RawParts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Spanned::<NumberOr<PartsTable>>::deserialize(deserializer)?;
        let span = value.span();
        let table = match value.into_inner() {
            NumberOr::Number(number) => {
                PartsTable { min: Some(number), max: Some(number), ..PartsTable::default() }
            }
            NumberOr::Table(table) => table,
        };
        Ok(Self { table, span })
    }
}

/// The schema of a number, or of what `T` says.
fn number_or<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    let (number, table) = (generator.subschema_for::<u32>(), generator.subschema_for::<T>());
    json_schema!({ "anyOf": [number, table] })
}

impl JsonSchema for RawAmount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        number_or::<RawRange>(generator)
    }
}

impl JsonSchema for RawParts {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "NumberOrParts".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        number_or::<PartsTable>(generator)
    }
}
