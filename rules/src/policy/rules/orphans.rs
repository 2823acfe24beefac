//! From `orphans` as written to the verb.

use serde_spanned::Spanned;

use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;
use crate::policy::raw::RawOrphans;
use crate::verbs::Orphans;

/// Compiles `orphans`.
pub(super) fn orphans(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawOrphans>,
    scope: &Scope,
) -> Orphans {
    let within = raw.get_ref().within.as_ref();
    Orphans { within: within.map(|patterns| resolver.operand(patterns, scope)) }
}
