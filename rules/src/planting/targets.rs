//! Names for things outside the workspace that a rule speaks of and nobody uses yet.

use super::paths::is_identifier;
use crate::context::Context;
use crate::pattern::{Pattern, Segment};
use crate::policy::{Operand, TermKind};

/// Paths outside the workspace that an operand covers, each with `filler` where its
/// pattern leaves a name open.
pub(crate) fn outside(context: &Context<'_>, operand: &Operand, filler: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for term in &operand.terms {
        match &term.kind {
            TermKind::Path(pattern) => paths.extend(sample(context, pattern, filler)),
            TermKind::Layer { layer, .. } => {
                let members = context.policy.layer(*layer).members.iter();
                paths.extend(members.filter_map(|member| match &member.kind {
                    // A member that leaves its crate open covers the workspace only.
                    TermKind::Path(pattern) if pattern.literal_root().is_some() => {
                        sample(context, pattern, filler)
                    }
                    TermKind::Path(_) | TermKind::Layer { .. } => None,
                }));
            }
        }
    }
    paths
}

/// A path that a pattern matches, unless it begins with a crate of the workspace.
fn sample(context: &Context<'_>, pattern: &Pattern, filler: &str) -> Option<Vec<String>> {
    let is_member = |root: &str| {
        let mut crates = context.tree.crates().iter().filter(|root| root.crate_id.is_some());
        crates.any(|known| known.names().any(|name| name == root))
    };
    if pattern.target().is_some() || pattern.literal_root().is_some_and(is_member) {
        return None;
    }
    let mut path: Vec<String> =
        pattern.segments().iter().filter_map(|segment| segment.sample(filler)).collect();
    // What stands in front may be any crate.
    if pattern.segments().first() == Some(&Segment::Deep) {
        path.insert(0, filler.to_lowercase());
    }
    path.iter().all(|name| is_identifier(name)).then_some(path)
}
