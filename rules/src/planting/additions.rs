//! New modules and packages that an operand names.

use super::Edit;
use crate::context::Context;
use crate::pattern::Pattern;
use crate::policy::{Operand, TermKind};
use crate::tree::Thing;

/// An empty module or package for each pattern of an operand that leaves the name of one
/// open, with `filler` in its place.
pub(crate) fn additions(context: &Context<'_>, operand: &Operand, filler: &str) -> Vec<Edit> {
    let mut additions = Vec::new();
    for term in &operand.terms {
        match &term.kind {
            TermKind::Path(pattern) => additions.extend(addition(context, pattern, filler)),
            TermKind::Layer { within: Some(patterns), .. } => {
                additions.extend(patterns.iter().filter_map(|it| addition(context, it, filler)));
            }
            TermKind::Layer { layer, within: None } => {
                let members = context.policy.layer(*layer).members.iter();
                additions.extend(members.filter_map(|member| match &member.kind {
                    TermKind::Path(pattern) => addition(context, pattern, filler),
                    TermKind::Layer { .. } => None,
                }));
            }
        }
    }
    additions
}

fn addition(context: &Context<'_>, pattern: &Pattern, filler: &str) -> Option<Edit> {
    let last = pattern.segments().last()?;
    let name = last.sample(filler).unwrap_or_else(|| filler.to_owned());
    let is_open = last.matches(&name) && !last.is_literal() && pattern.target().is_none();
    if !is_open {
        return None;
    }
    let Some(above) = pattern.parent() else {
        return Some(Edit::Package { name, text: String::new(), dependencies: Vec::new() });
    };
    let roots = context.tree.roots(&above);
    let module = roots.iter().find_map(|(node, _)| match context.tree.thing(*node) {
        Thing::Module(module) if context.counts_module(module) => Some(module),
        _ => None,
    })?;
    Some(Edit::Append { module, text: format!("pub mod {name} {{}}") })
}
