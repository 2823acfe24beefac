//! What breaks the rule: entries in Cargo.toml.

use super::judgement::Judgement;
use crate::facts::PackageId;
use crate::planting::targets::outside;
use crate::planting::{Edit, On, Plant, Shows};
use crate::policy::raw::Via;
use crate::policy::{Operand, Term, TermKind};

/// As many packages are tried.
const PLACES: usize = 6;

/// A dependency on what is denied, or on what is not allowed; and where chains count, another
/// one that comes through a package between the two, so that both are shown to be found.
pub(super) fn plants(judgement: &Judgement<'_>, name: &str) -> Vec<Plant> {
    let mut plants = Vec::new();
    for package in judgement.packages().into_iter().take(PLACES) {
        let Some(kind) = judgement.kinds(package).first().copied() else { continue };
        let id = PackageId::new(package);
        for on in forbidden(judgement, package, name) {
            let direct = Edit::Dependency { package: id, on: on.clone(), kind };
            plants.push(if has_chains(judgement, name) {
                let (name, text) = (name.to_owned(), String::new());
                let through = On::Planted(name.clone());
                let edits = vec![
                    direct,
                    Edit::Package { name, text, dependencies: vec![on] },
                    Edit::Dependency { package: id, on: through, kind },
                ];
                Plant { edits, shows: Shows::AtEachEntry }
            } else {
                Plant::new(vec![direct])
            });
        }
    }
    plants
}

/// Whether a chain goes on through a package of this name: chains count, and it is neither held
/// to the rule by itself nor denied.
fn has_chains(judgement: &Judgement<'_>, name: &str) -> bool {
    let rule = judgement.rule;
    let covers = |operand: &Operand| operand.terms.iter().any(|term| covers(judgement, term, name));
    rule.via == Via::Any && !covers(&rule.from) && !rule.deny.as_ref().is_some_and(covers)
}

/// Whether a term stands for a package of this name.
fn covers(judgement: &Judgement<'_>, term: &Term, name: &str) -> bool {
    match &term.kind {
        TermKind::Path(pattern) => pattern.matches([name]),
        TermKind::Layer { layer, .. } => {
            let members = &judgement.context.policy.layer(*layer).members;
            members.iter().any(|member| covers(judgement, member, name))
        }
    }
}

/// What a package could be made to depend on against the rule.
fn forbidden(judgement: &Judgement<'_>, package: usize, name: &str) -> Vec<On> {
    let (context, rule) = (judgement.context, judgement.rule);
    let mut forbidden = Vec::new();
    let mut crates = |paths: Vec<Vec<String>>| {
        let names = paths.into_iter().filter_map(|path| path.into_iter().next());
        forbidden.extend(names.take(1).map(On::Outside));
    };
    if let Some(deny) = &rule.deny {
        crates(outside(context, deny, name));
    }
    let is_open = |term: &Term| match &term.kind {
        TermKind::Path(pattern) => pattern.matches([name]),
        TermKind::Layer { .. } => false,
    };
    if rule.allow.as_ref().is_some_and(|allow| !allow.terms.iter().any(is_open)) {
        // The package between the two may have the name itself.
        crates(vec![vec![format!("{name}_outside")]]);
    }
    let members = 0..context.facts.packages.len();
    let mut denied = members.filter(|unit| *unit != package && judgement.is_denied(*unit));
    forbidden.extend(denied.next().map(|unit| On::Member(PackageId::new(unit))));
    forbidden
}
