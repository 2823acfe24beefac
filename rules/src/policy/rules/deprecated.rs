//! From `deprecated` as written to the verb.

use serde_spanned::Spanned;

use super::dates::date;
use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;
use crate::policy::raw::RawDeprecated;
use crate::verbs::Deprecated;

/// Compiles `deprecated`; `None` when the day is none.
pub(super) fn deprecated(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawDeprecated>,
    scope: &Scope,
) -> Option<Deprecated> {
    let raw = raw.get_ref();
    let from = raw.from.as_ref().map(|from| resolver.operand(from, scope));
    let to = resolver.operand(&raw.to, scope);
    let until = date(resolver, &raw.until, scope)?;
    Some(Deprecated { from, to, until })
}
