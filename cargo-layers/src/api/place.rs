//! Where a rule written in Rust stands in the workspace that it judges.

use layers_rules::facts::{Facts, ItemId};
use layers_rules::finding::Location;
use layers_rules::rule::Rule;

/// The place of the type or function that a rule is made from; the manifest of the workspace for
/// one that comes from elsewhere.
pub(super) fn of(facts: &Facts, rule: &dyn Rule) -> Location {
    let path = rule.type_path();
    let path = path.split('<').next().unwrap_or(path).trim_end_matches("::{{closure}}");
    item(facts, path)
        .unwrap_or_else(|| Location { file: "Cargo.toml".to_owned(), ..Location::default() })
}

/// The item that the compiler calls so.
fn item(facts: &Facts, path: &str) -> Option<Location> {
    let (krate, rest) = path.split_once("::")?;
    let name = rest.rsplit("::").next()?;
    let is_meant = |id: ItemId| {
        let module = &facts.modules[facts.items[id.index()].module.index()];
        let owner = &facts.crates[module.crate_id.index()];
        facts.names.text(owner.name) == krate
            && facts.item_path(id).split_once("::").is_some_and(|(_, below)| below == rest)
    };
    let named = |id: &ItemId| facts.names.text(facts.items[id.index()].name) == name;
    let found = (0..facts.items.len()).map(ItemId::new).filter(named).find(|id| is_meant(*id))?;
    let item = &facts.items[found.index()];
    Some(Location { file: facts.files[item.file.index()].path.clone(), span: item.span })
}
