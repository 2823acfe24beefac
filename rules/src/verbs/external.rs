//! `external = { from, allow, deny, via, dependency-kinds, features, targets }`: what
//! packages depend on by Cargo.toml, whether or not any source uses it.
//!
//! `deny` names packages that those of `from` may not depend on; `allow` is a closed world:
//! of the packages outside the workspace, no others. The dependency is reported at its entry
//! in Cargo.toml. With `via = "any"`, what those of `from` get through others counts as
//! well: packages of the workspace as their manifests say, packages outside as Cargo's
//! resolved graph says. What an allowed package from outside brings along is its own affair,
//! unless it is denied.
//!
//! A chain begins with a dependency of one of `dependency-kinds` and goes on through normal
//! ones, and build ones where those count; dev-dependencies of others are never built. It
//! does not go through other packages of `from`, which are held to the rule by themselves.
//!
//! The rule [`super::LayerExternal`] asks what source uses; this one what is declared.

mod graph;
mod judgement;
mod planted;
mod platform;
mod search;

use super::{Part, Role, Rule, Verdict, Violation};
use crate::context::Context;
use crate::facts::{Facts, Needs, PackageDependencyKind as Kind};
use crate::finding::{Label, Location};
use crate::planting::{Plant, Unprovable};
use crate::policy::raw::Via;
use crate::policy::{Operand, Problem};
use crate::prose;
use crate::suggest;
use judgement::Judgement;

pub use platform::{Platform, UnknownPlatform};

/// The verb `external`.
#[derive(Clone, Debug)]
pub struct External {
    /// Whose manifests.
    pub from: Operand,
    /// What they may depend on outside the workspace; anything, if absent.
    pub allow: Option<Operand>,
    /// What they may not depend on.
    pub deny: Option<Operand>,
    /// Whether chains count.
    pub via: Via,
    /// The tables that count; normal and build, and dev where test code counts, if absent.
    pub kinds: Option<Vec<Kind>>,
    /// The features whose optional dependencies count, each with its place; all, if absent.
    pub features: Option<Vec<(String, Location)>>,
    /// The targets whose dependencies count; all, if absent.
    pub targets: Option<Vec<Platform>>,
    /// Whether `deny` can name a package that is only reached through others outside.
    pub reaches_outside: bool,
    /// Whether Cargo's resolved graph is only asked for where Cargo.lock does not rule a
    /// violation out, and done without where Cargo does not have it at hand.
    pub at_hand: bool,
}

impl Rule for External {
    fn id(&self) -> &'static str {
        "external"
    }

    fn sentence(&self) -> String {
        let depend = match self.via {
            Via::Direct => "depend on",
            Via::Any => "depend, even through others, on",
        };
        let limit = self.limit().map(|limit| {
            format!("of the crates outside the workspace, {} may {depend} {limit}", self.from.all())
        });
        let ban = self.deny.as_ref().map(|deny| match &limit {
            None => format!("{} may not {depend} {}", self.from.all(), deny.sentence()),
            Some(_) => format!("not on {}", deny.sentence()),
        });
        let demands: Vec<String> = limit.into_iter().chain(ban).collect();
        format!("in Cargo.toml, {}{}", demands.join(", and "), self.terms())
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let from = Part { key: "from", operand: &self.from, role: Role::Subject };
        // A package that nobody depends on is just what a ban wants; a layer has to be there.
        let layers = self.deny.as_ref().filter(|deny| deny.is_of_layers());
        let deny = layers.map(|operand| Part { key: "deny", operand, role: Role::Object });
        std::iter::once(from).chain(deny).collect()
    }

    fn objections(&self, facts: &Facts) -> Vec<Problem> {
        let known = || facts.packages.iter().flat_map(|package| &package.features);
        let unknown = self
            .features
            .iter()
            .flatten()
            .filter(|(feature, _)| !known().any(|known| facts.names.text(*known) == feature));
        let problem = |(feature, location): &(String, Location)| {
            let mut names: Vec<&str> = known().map(|name| facts.names.text(*name)).collect();
            names.sort_unstable();
            names.dedup();
            Problem {
                message: format!("no package of the workspace has a feature `{feature}`"),
                labels: vec![Label {
                    location: location.clone(),
                    text: "not a feature".to_owned(),
                }],
                help: Some(suggest::help(feature, "features", names)),
            }
        };
        unknown.map(problem).collect()
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let judgement = Judgement::new(context, self);
        let packages = judgement.packages();
        if packages.is_empty() {
            let idle = "`from` holds no whole package, and Cargo.toml speaks of nothing less";
            return Verdict { violations: Vec::new(), idle: Some(idle.to_owned()) };
        }
        let violations = packages.iter().flat_map(|package| judgement.violations(*package));
        let mut violations: Vec<_> = violations.collect();
        if self.at_hand && self.reaches_outside {
            violations.extend(judgement.unknown(&packages));
        }
        Verdict { violations, idle: None }
    }

    fn needs(&self) -> Needs {
        let external_graph = self.reaches_outside && !self.at_hand;
        let lock_file = self.reaches_outside && self.at_hand;
        Needs { external_graph, lock_file, manifests: true, ..Needs::default() }
    }

    fn asks_cargo(&self, context: &Context<'_>) -> bool {
        let is_open = |violation: &Violation| violation.ceiling.is_some();
        self.at_hand && self.judge(context).violations.iter().any(is_open)
    }

    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        Ok(planted::plants(&Judgement::new(context, self), name))
    }
}

impl External {
    /// What may be depended on outside, in words.
    fn limit(&self) -> Option<String> {
        let allow = self.allow.as_ref()?;
        Some(if allow.words.is_empty() {
            "none".to_owned()
        } else {
            format!("only {}", allow.all())
        })
    }

    /// What the rule limits itself to, in words.
    fn terms(&self) -> String {
        let kinds = self.kinds.as_ref().map(|kinds| {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
            format!("as {} dependencies", prose::any_of(&words))
        });
        let features = self.features.as_ref().map(|features| {
            let names: Vec<&String> = features.iter().map(|(name, _)| name).collect();
            match names.as_slice() {
                [] => "without optional dependencies".to_owned(),
                names => format!("with the features {}", prose::all_of(names)),
            }
        });
        let targets = self.targets.as_ref().map(|targets| {
            let names: Vec<&str> = targets.iter().map(Platform::triple).collect();
            format!("for {}", prose::any_of(&names))
        });
        let terms: Vec<String> = [kinds, features, targets].into_iter().flatten().collect();
        if terms.is_empty() { String::new() } else { format!(" ({})", terms.join(", ")) }
    }
}

#[cfg(test)]
mod tests;
