//! Whether the rules that yield to others yield to rules that there are, and in one direction.

use super::Rules;
use crate::policy::merge::{Merged, Placed};
use crate::policy::operand::Resolver;
use crate::policy::raw::RawEntry;
use crate::suggest;

/// Complains of ids that are those of no rule, and of rules that yield to themselves. A pack
/// may yield to rules of packs that do not come in.
pub(super) fn check_yielding(resolver: &mut Resolver<'_>, merged: &Merged, rules: &Rules) {
    for (id, Placed { value, scope }) in &merged.rules {
        let RawEntry::Rule(raw) = value else { continue };
        for other in raw.yields_to.iter().filter(|_| scope.pack.is_none()) {
            let name = other.get_ref();
            if rules.contains_key(name) {
                continue;
            }
            let help = suggest::help(name, "rules", rules.keys().map(String::as_str));
            let message =
                format!("`{}` yields to `{name}`, and no rule is called so", id.get_ref());
            resolver.complain(message, scope.at(other.span()), "not a rule", Some(help));
        }
        for other in &raw.yields_to {
            if leads_to(rules, other.get_ref(), id.get_ref(), &mut Vec::new()) {
                let message = format!("the rule `{}` yields to itself", id.get_ref());
                resolver.complain(message, scope.at(other.span()), "leads back to it", None);
            }
        }
    }
}

fn leads_to<'r>(rules: &'r Rules, from: &'r str, to: &str, seen: &mut Vec<&'r str>) -> bool {
    if from == to {
        return true;
    }
    if seen.contains(&from) {
        return false;
    }
    seen.push(from);
    let next = rules.get(from).into_iter().flat_map(|rule| &rule.yields_to);
    next.into_iter().any(|id| leads_to(rules, id, to, seen))
}
