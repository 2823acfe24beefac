//! Types, by their names or by what they are like.

use std::borrow::Cow;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::Deserializer;
use serde_spanned::Spanned;

use super::forms::Form;
use super::{RawPatterns, RawSelector};

/// Types that a signature may mention.
#[derive(Clone, Debug)]
pub enum RawTypes {
    /// By names or path patterns.
    Named(RawPatterns),
    /// By what they are like: types of the workspace.
    Such(Box<Spanned<RawSelector>>),
}

impl RawTypes {
    /// Where the value stands.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        match self {
            Self::Named(patterns) => patterns.span.clone(),
            Self::Such(selector) => selector.span(),
        }
    }
}

impl<'de> Deserialize<'de> for RawTypes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = Spanned::<Form<RawSelector>>::deserialize(deserializer)?;
        let span = form.span();
        Ok(match form.into_inner() {
            Form::Text(text) => Self::Named(RawPatterns::one(text, span)),
            Form::List(list) => Self::Named(RawPatterns { list, span }),
            Form::Table(selector) => Self::Such(Box::new(Spanned::new(span, selector))),
        })
    }
}

impl JsonSchema for RawTypes {
    fn schema_name() -> Cow<'static, str> {
        "PatternsOrSelector".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let patterns = generator.subschema_for::<RawPatterns>();
        let selector = generator.subschema_for::<RawSelector>();
        json_schema!({ "anyOf": [patterns, selector] })
    }
}
