//! From entries of `except` to exceptions.

use serde_spanned::Spanned;

use super::dates::date;
use crate::policy::Exception;
use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;
use crate::policy::raw::RawException;

/// Checks one entry.
pub(super) fn exception(
    resolver: &mut Resolver<'_>,
    spanned: &Spanned<RawException>,
    scope: &Scope,
) -> Option<Exception> {
    let raw = spanned.get_ref();
    let location = scope.at(spanned.span());
    if raw.from.is_none() && raw.to.is_none() {
        let help = "say what it covers with `from`, `to` or both; `severity = \"off\"` turns off a whole rule";
        let message = "an exception without `from` and `to` covers everything".to_owned();
        resolver.complain(message, location, "neither", Some(help.to_owned()));
        return None;
    }
    if raw.reason.get_ref().trim().is_empty() {
        let message = "an exception needs a reason".to_owned();
        resolver.complain(message, scope.at(raw.reason.span()), "empty", None);
    }
    let until = raw.until.as_ref().and_then(|until| date(resolver, until, scope));
    Some(Exception {
        from: raw.from.as_ref().map(|patterns| resolver.operand(patterns, scope)),
        to: raw.to.as_ref().map(|patterns| resolver.operand(patterns, scope)),
        reason: raw.reason.get_ref().clone(),
        until,
        owner: raw.owner.clone(),
        location,
    })
}
