//! Items that break the rule, made up from what it says.
//!
//! Selector and demand are taken apart into ways: lists of keys that must hold or must not
//! for an item to be selected and to break the demand. For each way an item is drafted, key
//! by key, a place is found or made for it, and it is written as Rust. Whether it breaks the
//! rule is not decided here: the rule is asked once it is planted.

mod draft;
mod drafter;
mod ground;
mod parts;
mod source;
mod wishes;

use super::implemented::Implemented;
use super::prepared::Prepared;
use super::subject::Subject;
use super::{Items, parts::Whole};
use crate::context::Context;
use crate::facts::{ItemKind, ModuleId};
use crate::planting::dependencies::places;
use crate::planting::paths::to_node;
use crate::planting::{Edit, Plant, Unprovable};
use draft::{Draft, What};
use drafter::Drafter;
use ground::{Ground, grounds};
use source::{contents, module_head, source};
use wishes::{Asked, Way, Wish, both, ways};

/// The most plants that are made for a rule.
const PLANTS: usize = 12;

/// The most plants that are made in one way, before others.
const OF_ONE_WAY: usize = 3;

/// The kinds of items that are planted where none is asked for, the likeliest first.
const KINDS: [ItemKind; 12] = [
    ItemKind::Struct,
    ItemKind::Fn,
    ItemKind::Enum,
    ItemKind::Trait,
    ItemKind::Method,
    ItemKind::Impl,
    ItemKind::Const,
    ItemKind::Static,
    ItemKind::Type,
    ItemKind::Module,
    ItemKind::Macro,
    ItemKind::Union,
];

/// Items that the rule selects and that are not as it demands.
pub(super) fn plants(
    items: &Items,
    context: &Context<'_>,
    name: &str,
) -> Result<Vec<Plant>, Unprovable> {
    let must = items.must.iter().flat_map(|must| ways(must, false));
    let must_not = items.must_not.iter().flat_map(|must_not| ways(must_not, true));
    let broken: Vec<Way<'_>> = must.chain(must_not).collect();
    let mut made = Vec::new();
    for way in both(&broken, &ways(&items.items, true)) {
        let name = format!("{name}_{}", made.len());
        made.push(of_way(context, &way, &name));
    }
    made.push(of_known_modules(items, context, &broken, &format!("{name}_{}", made.len())));
    let longest = made.iter().map(Vec::len).max().unwrap_or_default();
    let turns = (0..longest).flat_map(|turn| made.iter().filter_map(move |way| way.get(turn)));
    let plants: Vec<Plant> = turns.take(PLANTS).cloned().collect();
    if plants.is_empty() {
        let selected = items.items.sentence();
        let reason = format!("nothing could be written that {selected} and breaks the demand");
        return Err(Unprovable(reason));
    }
    Ok(plants)
}

/// Plants of one way: of several kinds, and in several places.
fn of_way(context: &Context<'_>, way: &[Asked<'_>], name: &str) -> Vec<Plant> {
    let mut plants = Vec::new();
    for (index, kind) in kinds(way).into_iter().enumerate() {
        let what = What::Item(kind);
        let unique = format!("{name}_{index}");
        for ground in grounds(context, what, way, &unique).into_iter().take(OF_ONE_WAY) {
            let name = format!("{name}_{}", plants.len());
            plants.extend(planted(context, what, way, ground, &name));
            if plants.len() == OF_ONE_WAY {
                return plants;
            }
        }
    }
    plants
}

/// The kinds that are asked for, or any; fields and imports only where they are named.
fn kinds(way: &[Asked<'_>]) -> Vec<ItemKind> {
    let named = way.iter().filter(|asked| asked.holds).find_map(|asked| match asked.wish {
        Wish::Kind(kinds) => Some(kinds),
        _ => None,
    });
    named.unwrap_or(&KINDS).to_vec()
}

/// A thing of this kind as it is asked for, planted there; `None` where it cannot be.
fn planted(
    context: &Context<'_>,
    what: What,
    way: &[Asked<'_>],
    mut ground: Ground,
    name: &str,
) -> Option<Plant> {
    let mut drafter = Drafter::new(context, ground.module, name);
    let is_module = what == What::Item(ItemKind::Module);
    let stem = (is_module && ground.file.is_some()).then(|| ground.inner.pop()).flatten();
    let draft = match ground.name.clone().or(stem) {
        Some(given) => drafter.draft_named(what, way, given)?,
        None => drafter.draft(what, way)?,
    };
    // A name that may be taken already gets a module to itself.
    if ground.name.is_none() && ground.file.is_none() && !is_made_up(&draft.name, name) {
        ground.inner.push(drafter.unique());
    }
    let mut edits = impls(&mut drafter, &ground, &draft)?;
    edits.splice(0..0, std::mem::take(&mut drafter.needs));
    edits.extend(placed(&ground, &draft));
    Some(Plant::new(edits))
}

/// Whether a name holds what makes it unlike all others.
fn is_made_up(name: &str, unique: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace('_', "");
    plain(name).contains(&plain(unique))
}

/// The source of a draft where it belongs.
fn placed(ground: &Ground, draft: &Draft) -> Vec<Edit> {
    let module = ground.module;
    let is_module = draft.what == What::Item(ItemKind::Module);
    let Some(path) = ground.file.clone() else {
        let around = |text: String, name: &String| format!("pub mod {name} {{\n{text}\n}}");
        let text = ground.inner.iter().rev().fold(source(draft), around);
        return vec![Edit::Append { module, text }];
    };
    let (head, mut text) = if is_module {
        (module_head(draft), contents(draft))
    } else {
        let name = ground.inner.first().map_or("", String::as_str);
        (format!("pub mod {name}"), source(draft))
    };
    if is_module {
        lengthen(&mut text, draft.lines);
    }
    let file = Edit::File { path, text };
    vec![file, Edit::Append { module, text: format!("{head};") }]
}

/// Makes a file as long as it has to be.
fn lengthen(text: &mut String, lines: Option<u32>) {
    let missing = (lines.unwrap_or_default() as usize).saturating_sub(text.lines().count());
    text.push_str(&"\n".repeat(missing));
}

/// The impls that a trait has to have.
fn impls(drafter: &mut Drafter<'_, '_>, ground: &Ground, of_trait: &Draft) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for implemented in std::mem::take(&mut drafter.implemented) {
        for _ in 0..implemented.amount.min.unwrap_or_default() {
            edits.extend(one_impl(drafter, ground, of_trait, implemented)?);
        }
    }
    Some(edits)
}

fn one_impl(
    drafter: &mut Drafter<'_, '_>,
    ground: &Ground,
    of_trait: &Draft,
    implemented: &Implemented,
) -> Option<Vec<Edit>> {
    let context = drafter.context;
    let module = match &implemented.within {
        None => ground.module,
        Some(within) => {
            let ranks = context.ranks(within);
            let nodes = context.tree.nodes().filter(|node| ranks.contains(*node));
            places(context, nodes).into_iter().next()?
        }
    };
    let path = to_node(context, module, context.tree.module(ground.module))?;
    let names = ground.inner.iter().chain([&of_trait.name]);
    let path_text = names.fold(path.text, |path, name| format!("{path}::{name}"));
    let unique = drafter.unique();
    let by = implemented.by.as_ref();
    let such = by.map_or_else(|| vec![Vec::new()], |by| ways(by, true));
    let draft = such.iter().find_map(|way| {
        let mut drafter = Drafter::new(context, module, &unique);
        let kind = kinds(way).into_iter().next()?;
        drafter.draft(What::Item(kind), way)
    })?;
    let text = format!("{}\nimpl {path_text} for {} {{}}", source(&draft), draft.name);
    Some(path.needs.into_iter().chain([Edit::Append { module, text }]).collect())
}

/// Modules that are there and that the rule selects, with something added to them that
/// breaks it: some cannot be made anew, such as the root of a crate.
fn of_known_modules(
    items: &Items,
    context: &Context<'_>,
    broken: &[Way<'_>],
    name: &str,
) -> Vec<Plant> {
    let selector = Prepared::new(&items.items, context);
    let is_selected = |module: &ModuleId| {
        let subject = Subject::Module(*module);
        subject.counts(context) && selector.holds(context, subject)
    };
    let modules = (0..context.facts.modules.len()).map(ModuleId::new).filter(is_selected);
    let nodes: Vec<_> = modules.map(|module| context.tree.module(module)).collect();
    let mut plants = Vec::new();
    for module in places(context, nodes.into_iter()) {
        for way in broken.iter().filter(|way| way.iter().all(is_about_contents)) {
            let name = format!("{name}_{}", plants.len());
            let mut drafter = Drafter::new(context, module, &name);
            let Some(draft) = drafter.draft(What::Item(ItemKind::Module), way) else { continue };
            let mut text = contents(&draft);
            lengthen(&mut text, draft.lines);
            if !text.is_empty() {
                let append = Edit::Append { module, text };
                plants.push(Plant::new(drafter.needs.into_iter().chain([append]).collect()));
            }
        }
    }
    plants
}

fn is_about_contents(asked: &Asked<'_>) -> bool {
    match asked.wish {
        Wish::Parts(Whole::Contents, ..) | Wish::Lines(_) | Wish::Uses(_) | Wish::Calls(_) => true,
        // What a module does not have at all is missing whatever is added to it.
        _ => false,
    }
}

#[cfg(test)]
mod tests;
