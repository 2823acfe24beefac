//! `limit = { … }` as written.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::Deserializer;
use serde_spanned::Spanned;

use super::forms::Form;
use super::{RawPatterns, RawSelector, schema};

/// Nothing is larger, or smaller, than so much.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(transform = schema::max_or_min)]
pub struct RawLimit {
    /// What is measured: `layers`, `crates`, `modules`, path patterns and `@names`, or a table
    /// that selects items as `items` does.
    pub of: RawMeasurable,
    /// What is measured of it.
    #[schemars(schema_with = "schema::metrics")]
    pub metric: Spanned<String>,
    /// The most that is allowed.
    #[schemars(with = "Option<f64>", range(min = 0))]
    pub max: Option<Spanned<f64>>,
    /// The least that is allowed.
    #[schemars(with = "Option<f64>", range(min = 0))]
    pub min: Option<Spanned<f64>>,
    /// Where parts must lie to be measured: path patterns and `@names`; anywhere, if absent.
    pub within: Option<RawPatterns>,
}

/// What can be measured.
#[derive(Clone, Debug)]
pub enum RawMeasurable {
    /// Parts of the workspace.
    Parts(RawPatterns),
    /// Items.
    Items(Box<Spanned<RawSelector>>),
}

impl<'de> Deserialize<'de> for RawMeasurable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = Spanned::<Form<RawSelector>>::deserialize(deserializer)?;
        let span = form.span();
        Ok(match form.into_inner() {
            Form::Text(text) => {
                let list = vec![Spanned::new(span.clone(), text)];
                Self::Parts(RawPatterns { list, span })
            }
            Form::List(list) => Self::Parts(RawPatterns { list, span }),
            Form::Table(selector) => Self::Items(Box::new(Spanned::new(span, selector))),
        })
    }
}

impl JsonSchema for RawMeasurable {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Measurable".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let parts = generator.subschema_for::<RawPatterns>();
        let items = generator.subschema_for::<RawSelector>();
        json_schema!({
            "description": "Parts of the workspace, or a table that selects items.",
            "anyOf": [parts, items],
        })
    }
}
