//! From `require` as written to the verb.

use serde_spanned::Spanned;

use super::Workspace;
use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;
use crate::policy::raw::{RawRequire, Via};
use crate::verbs::Require;

/// Compiles `require`.
pub(super) fn require(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawRequire>,
    scope: &Scope,
    workspace: &Workspace<'_>,
) -> Require {
    let raw = raw.get_ref();
    let from = resolver.operand(&raw.from, scope);
    let to = resolver.operand(&raw.to, scope);
    let reaches_outside =
        raw.via == Via::Any && to.terms.iter().any(|term| workspace.may_be_outside(term));
    Require { from, to, via: raw.via, reaches_outside }
}
