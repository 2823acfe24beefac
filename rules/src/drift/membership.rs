//! Modules that belong to another layer than before.

use std::collections::BTreeMap;

use super::{About, Change, Direction};
use crate::context::Layering;
use crate::facts::{Facts, ModuleId};
use crate::policy::Policy;
use crate::prose;
use crate::tree::PathTree;

/// How many of the modules that have moved together are named.
const NAMED: usize = 3;

/// The layer of each module by its path, test code apart; `None` for those in no layer.
fn layers(facts: &Facts, policy: &Policy) -> Option<BTreeMap<String, Option<String>>> {
    let tree = PathTree::new(facts);
    let layering = Layering::new(&tree, policy).ok()?;
    let ids = (0..facts.modules.len()).map(ModuleId::new);
    let own = ids.filter(|id| !facts.modules[id.index()].test);
    let layer = |id| layering.layer(tree.module(id)).map(|layer| policy.layer(layer).name.clone());
    Some(own.map(|id| (facts.module_path(id), layer(id))).collect())
}

/// The modules of both states that the policy of each puts into another layer, those that have
/// moved together as one change. Nothing is told where the layers of a state overlap.
#[must_use]
pub fn memberships(before: (&Facts, &Policy), after: (&Facts, &Policy)) -> Vec<Change> {
    let (Some(before), Some(after)) = (layers(before.0, before.1), layers(after.0, after.1)) else {
        return Vec::new();
    };
    let mut moved: BTreeMap<(&Option<String>, &Option<String>), Vec<&str>> = BTreeMap::new();
    for (path, now) in &after {
        if let Some(then) = before.get(path).filter(|then| *then != now) {
            moved.entry((then, now)).or_default().push(path);
        }
    }
    moved
        .into_iter()
        .map(|((then, now), modules)| change(then.as_deref(), now.as_deref(), &modules))
        .collect()
}

fn change(then: Option<&str>, now: Option<&str>, modules: &[&str]) -> Change {
    let shown = prose::all_of(&modules[..modules.len().min(NAMED)]);
    let subject = match modules.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {}", prose::count(more, "other module")),
    };
    let belongs = if modules.len() == 1 { "belongs" } else { "belong" };
    let (direction, what) = match (then, now) {
        (Some(then), None) => {
            (Direction::Loosened, format!("{subject} {belongs} to no layer, and did to `{then}`"))
        }
        (None, Some(now)) => {
            (Direction::Tightened, format!("{subject} {belongs} to `{now}`, and did to no layer"))
        }
        (then, now) => {
            let [then, now] = [then, now].map(Option::unwrap_or_default);
            (Direction::Changed, format!("{subject} {belongs} to `{now}`, and did to `{then}`"))
        }
    };
    let name = now.or(then).unwrap_or_default().to_owned();
    Change { direction, about: About::Layer, name, what, location: None }
}
