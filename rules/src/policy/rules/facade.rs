//! From `facade` as written to the verb.

use serde_spanned::Spanned;

use super::graph::slices;
use crate::finding::Location;
use crate::pattern::{Pattern, normalized};
use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;
use crate::policy::raw::{RawFacade, RawPatterns};
use crate::policy::{Operand, Term, TermKind};
use crate::suggest;
use crate::verbs::Facade;

/// What stands for what the module itself declares and re-exports.
const OWN: &str = "self";

/// Compiles `facade`.
pub(super) fn facade(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawFacade>,
    scope: &Scope,
) -> Facade {
    let raw = raw.get_ref();
    let module = slices(resolver, &raw.module, scope);
    let Some(exposes) = &raw.exposes else {
        return Facade { module, exposes_own: true, exposes: Operand::default() };
    };
    if exposes.list.is_empty() {
        let message = "an empty list exposes nothing".to_owned();
        let help = "name what belongs to the facade, or use the verb `only`".to_owned();
        resolver.complain(message, scope.at(exposes.span.clone()), "nothing in it", Some(help));
    }
    let exposes_own = exposes.list.iter().any(|text| text.get_ref() == OWN);
    let homes = homes(resolver, &raw.module, scope);
    let mut operand = Operand { location: scope.at(exposes.span.clone()), ..Operand::default() };
    for text in exposes.list.iter().filter(|text| text.get_ref() != OWN) {
        let at = scope.at(text.span());
        let term = |pattern| Term {
            kind: TermKind::Path(pattern),
            text: text.get_ref().clone(),
            location: at.clone(),
            set: None,
        };
        let patterns = exposed(resolver, text.get_ref(), &homes, scope, &at);
        operand.words.push(text.get_ref().trim_start_matches('@').to_owned());
        operand.terms.extend(patterns.into_iter().map(term));
    }
    check_captures(resolver, &operand, &homes);
    Facade { module, exposes_own, exposes: operand }
}

/// The patterns of what has a facade.
fn homes(resolver: &mut Resolver<'_>, module: &RawPatterns, scope: &Scope) -> Vec<Pattern> {
    let before = resolver.problems.len();
    let mut homes = Vec::new();
    for text in &module.list {
        let at = scope.at(text.span());
        homes.extend(resolver.subtrees(text.get_ref(), &at, scope, &mut Vec::new()));
    }
    // What is wrong with them has been told already.
    resolver.problems.truncate(before);
    homes
}

/// What an entry of `exposes` stands for: a path below the module, unless it begins like it.
fn exposed(
    resolver: &mut Resolver<'_>,
    text: &str,
    homes: &[Pattern],
    scope: &Scope,
    at: &Location,
) -> Vec<Pattern> {
    let first = |text: &str| {
        let segment = text.split("::").next().unwrap_or_default();
        normalized(segment.split('[').next().unwrap_or_default())
    };
    let begins_alike = homes.iter().any(|home| first(home.text()) == first(text));
    if text.starts_with('@') || begins_alike {
        resolver.subtrees(text, at, scope, &mut Vec::new())
    } else {
        resolver.join(homes, text, at)
    }
}

/// Complains of captures that the module does not have.
fn check_captures(resolver: &mut Resolver<'_>, exposes: &Operand, homes: &[Pattern]) {
    let known: Vec<&str> =
        homes.iter().flat_map(Pattern::captures).map(|capture| capture.name.as_str()).collect();
    for term in &exposes.terms {
        let unknown = term
            .own_captures()
            .find(|capture| capture.is_other || !known.contains(&capture.name.as_str()));
        if let Some(capture) = unknown {
            let message =
                format!("`<{}>` in `{}` is compared with nothing", capture.spelled(), term.text);
            let help = match suggest::closest(&capture.name, known.iter().copied()) {
                Some(near) => format!("did you mean `<{near}>`?"),
                None => "write `*` where the segment may differ".to_owned(),
            };
            resolver.complain(message, term.location.clone(), "a capture", Some(help));
        }
    }
}
