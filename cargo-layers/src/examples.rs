//! The examples that rules carry: each is judged in a workspace of its own, which exists
//! in memory only, and by its own rule alone.
//!
//! A bad example has to give just the findings that its marks say, a good one none; and a
//! good one has to hold something that the rule looks at, or it would prove nothing.

mod error;
mod files;
mod judge;
pub mod marks;
mod mentions;
mod outcome;
mod policy;
mod workspace;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use layers_rules::packs::Pack;
use layers_rules::policy::{Origin, PolicyRule, Snippet};

use crate::config::{self, Config, ConfigError, ConfigFile};
use crate::workspace::Workspace;
use policy::Home;

pub use error::ExampleError;
pub use outcome::{Difference, Failure, Kind, Outcome, Tested};

/// The package of paths that name none.
const DEFAULT_PACKAGE: &str = "shop";

/// Judges the examples of those rules of a policy whose id `is_meant` picks: rules of the
/// workspace with its layers, those of built-in packs with the layers that
/// `docs/examples.md` describes.
///
/// # Errors
///
/// When a built-in pack makes no sense.
pub fn of_policy(
    config: &Config,
    workspace: &Workspace,
    is_meant: impl Fn(&str) -> bool,
) -> Result<Tested, ConfigError> {
    let members = config::members(workspace);
    let own = Home::of_workspace(config.source.clone(), members, config.policy.today());
    let mut packs: BTreeMap<&str, Home> = BTreeMap::new();
    let mut tested = Tested::default();
    for rule in config.policy.rules().iter().filter(|rule| is_meant(&rule.id)) {
        let snippets = snippets(rule);
        let is_here = !rule.verb.is_stand_in();
        if is_here
            && snippets.is_empty()
            && matches!(rule.origin, Origin::File { .. } | Origin::Pack { .. })
        {
            tested.without_examples.push(rule.id.clone());
        }
        for (kind, snippet) in snippets {
            let home = match config::pack_of(&snippet.location.file) {
                Some(pack) => match packs.entry(pack.name) {
                    Entry::Occupied(entry) => entry.into_mut(),
                    Entry::Vacant(entry) => {
                        entry.insert(Home::of_pack(pack.name, config::load_pack(pack)?.0))
                    }
                },
                None => &own,
            };
            tested.outcomes.push(outcome(home, &rule.id, kind, snippet));
        }
    }
    Ok(tested)
}

/// Judges the examples of every rule of a built-in pack, those of packs it extends apart; with
/// the files they stand in.
///
/// # Errors
///
/// When the pack makes no sense.
pub fn of_pack(pack: Pack) -> Result<(Tested, Vec<ConfigFile>), ConfigError> {
    let (source, files) = config::load_pack(pack)?;
    let home = Home::of_pack(pack.name, source);
    let policy = home.policy().map_err(|problems| ConfigError::invalid(&files, problems))?;
    let mut tested = Tested::default();
    let of_pack =
        |rule: &&PolicyRule| matches!(&rule.origin, Origin::Pack { name, .. } if name == pack.name);
    for rule in policy.rules().iter().filter(of_pack) {
        let snippets = snippets(rule);
        if snippets.is_empty() {
            tested.without_examples.push(rule.id.clone());
        }
        let outcomes =
            snippets.into_iter().map(|(kind, snippet)| outcome(&home, &rule.id, kind, snippet));
        tested.outcomes.extend(outcomes);
    }
    Ok((tested, files))
}

/// The texts of a rule's examples in order.
fn snippets(rule: &PolicyRule) -> Vec<(Kind, &Snippet)> {
    let mut snippets = Vec::new();
    for example in &rule.examples {
        snippets.extend(example.bad.as_ref().map(|snippet| (Kind::Bad, snippet)));
        snippets.extend(example.good.as_ref().map(|snippet| (Kind::Good, snippet)));
    }
    snippets
}

fn outcome(home: &Home, rule: &str, kind: Kind, snippet: &Snippet) -> Outcome {
    let failure = match judge::judge(home, rule, &snippet.text) {
        Ok(judged) => judged.failure(kind),
        Err(error) => Some(Failure::NotJudged(error)),
    };
    Outcome { rule: rule.to_owned(), kind, snippet: snippet.clone(), failure }
}

#[cfg(test)]
mod tests;
