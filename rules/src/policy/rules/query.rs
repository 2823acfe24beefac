//! From `query = { … }` to the verb.

use serde_spanned::Spanned;

use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;
use crate::policy::raw::RawQuery;
use crate::verbs::{MessageTemplate, Query};

/// Checks the template; the question itself is checked by asking it.
pub(super) fn query(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawQuery>,
    scope: &Scope,
) -> Option<Query> {
    let raw = raw.get_ref();
    let at = scope.at(raw.sql.span());
    if raw.sql.get_ref().trim().is_empty() {
        resolver.complain("an empty question has no answer".to_owned(), at, "no SQL", None);
        return None;
    }
    let message = match &raw.message {
        None => None,
        Some(text) => match text.get_ref().parse::<MessageTemplate>() {
            Ok(template) => Some(template),
            Err(error) => {
                let help = Some("write `{{` for a brace".to_owned());
                resolver.complain(error.to_string(), scope.at(text.span()), "here", help);
                return None;
            }
        },
    };
    let message_at = raw.message.as_ref().map(|text| scope.at(text.span()));
    Some(Query {
        sql: raw.sql.get_ref().clone(),
        message,
        message_location: message_at.unwrap_or_else(|| at.clone()),
        location: at,
    })
}
