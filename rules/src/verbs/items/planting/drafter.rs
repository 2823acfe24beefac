//! What drafts are made with: names that nobody has yet, and paths to what they mention.

use super::draft::{Draft, Named, What, lists};
use super::wishes::{Asked, Wish};
use crate::context::{Context, Ranks};
use crate::facts::{ItemId, ItemKind, ModuleId};
use crate::pattern::Glob;
use crate::planting::Edit;
use crate::planting::paths::{Path, can_be_named, is_identifier, outside, to_node};
use crate::planting::targets;
use crate::planting::title;
use crate::tree::{NodeId, Thing};
use crate::verbs::items::mentions::{Returns, Types};
use crate::verbs::items::named::NamedTarget;
use crate::verbs::items::prepared::Prepared;
use crate::verbs::items::selector::Selector;
use crate::verbs::items::subject::Subject;

/// What a path is for, so that it leads to such a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// An attribute or a derive.
    Mark,
    /// What is implemented.
    Trait,
    /// What a signature mentions.
    Type,
    /// What a body uses.
    Value,
    /// What a `use` names.
    Import,
}

/// A type that every function can return.
const SOME_TYPE: &str = "bool";

/// Makes the drafts of one plant.
pub(super) struct Drafter<'a, 's> {
    pub(super) context: &'a Context<'a>,
    /// The module below which they stand.
    pub(super) module: ModuleId,
    /// What the names of everything begin with.
    pub(super) prefix: &'a str,
    /// How many names have been given.
    count: usize,
    /// What has to be added to manifests for the paths.
    pub(super) needs: Vec<Edit>,
    /// How often a trait has to be implemented.
    pub(super) implemented: Vec<&'s crate::verbs::items::implemented::Implemented>,
}

impl<'a, 's> Drafter<'a, 's> {
    pub(super) fn new(context: &'a Context<'a>, module: ModuleId, prefix: &'a str) -> Self {
        Self { context, module, prefix, count: 0, needs: Vec::new(), implemented: Vec::new() }
    }

    /// A name that begins like all others and is given once.
    pub(super) fn unique(&mut self) -> String {
        self.count += 1;
        format!("{}_{}", self.prefix, self.count)
    }

    /// A name as it is asked for.
    pub(super) fn name(&mut self, what: What, way: &[Asked<'_>]) -> Option<String> {
        let unique = self.unique();
        names(what, way, &unique).into_iter().next()
    }

    /// One path for each thing that is wanted.
    pub(super) fn all(&mut self, purpose: Purpose, named: &Named<'s>) -> Option<Vec<String>> {
        let wanted = named.wanted.iter();
        wanted.map(|wanted| self.path(purpose, wanted, &named.unwanted)).collect()
    }

    /// A path to something that is wanted and not unwanted.
    pub(super) fn path(
        &mut self,
        purpose: Purpose,
        wanted: &NamedTarget,
        unwanted: &[&NamedTarget],
    ) -> Option<String> {
        let unique = self.unique();
        let context = self.context;
        let unwanted: Vec<_> = unwanted.iter().map(|named| named.lookup(context)).collect();
        let is_free = |path: &str, node: Option<NodeId>| {
            unwanted.iter().all(|lookup| !lookup.holds_written(context, path, node))
        };
        let known = self.known(purpose, wanted, is_free);
        let by_name = bare_names(wanted, &unique).into_iter().find(|name| is_free(name, None));
        let made_up = || {
            let paths = targets::outside(context, &wanted.operand, &title(&unique));
            let path = paths.into_iter().find(|path| is_free(&path.join("::"), None))?;
            let names: Vec<&str> = path.iter().map(String::as_str).collect();
            Some(below(outside(context, self.module, &names), path.len(), purpose, &unique))
        };
        let is_at_hand = |path: &Path| path.needs.is_empty();
        let path = match (known, by_name) {
            (Some(known), _) if is_at_hand(&known) => known,
            (_, Some(text)) => Path { text, needs: Vec::new() },
            (known, None) => known.or_else(made_up)?,
        };
        self.needs.extend(path.needs);
        Some(path.text)
    }

    /// A path to a type of a crate that no rule speaks of.
    pub(super) fn stranger(&mut self) -> String {
        let unique = self.unique();
        let path = outside(self.context, self.module, &[&unique.to_lowercase(), &title(&unique)]);
        self.needs.extend(path.needs);
        path.text
    }

    /// A path to something that is known to the workspace, if it can be without a new entry in
    /// Cargo.toml.
    fn known(
        &self,
        purpose: Purpose,
        wanted: &NamedTarget,
        is_free: impl Fn(&str, Option<NodeId>) -> bool,
    ) -> Option<Path> {
        let context = self.context;
        let ranks: Ranks = context.ranks(&wanted.operand);
        let nodes = context.tree.nodes().filter(|node| ranks.contains(*node));
        let mut fallback = None;
        for node in nodes.filter(|node| suits(context, purpose, *node)) {
            let Some(path) = to_node(context, self.module, node) else { continue };
            if !is_free(&path.text, Some(node)) {
                continue;
            }
            let depth = usize::from(context.tree.depth(node));
            let is_outside = context.tree.is_outside(node);
            let path = if is_outside { below(path, depth, purpose, self.prefix) } else { path };
            if path.needs.is_empty() {
                return Some(path);
            }
            fallback.get_or_insert(path);
        }
        fallback
    }

    /// A path to a type of the workspace that is like this.
    fn such(&mut self, selector: &Selector) -> Option<String> {
        let context = self.context;
        let prepared = Prepared::new(selector, context);
        let items = (0..context.facts.items.len()).map(ItemId::new);
        let mut paths = items
            .filter(|item| prepared.holds(context, Subject::Item(*item)))
            .map(|item| context.tree.item(item))
            .filter(|node| suits(context, Purpose::Type, *node))
            .filter_map(|node| to_node(context, self.module, node));
        let path = paths.next()?;
        self.needs.extend(path.needs);
        Some(path.text)
    }

    /// Lets a function return nothing, something that is asked for, or anything.
    pub(super) fn set_returns(&mut self, draft: &mut Draft, way: &[Asked<'s>]) -> Option<()> {
        let asked: Vec<(&Returns, bool)> = way
            .iter()
            .filter_map(|asked| match asked.wish {
                Wish::Returns(returns) => Some((returns, asked.holds)),
                _ => None,
            })
            .collect();
        let types = |holds: bool| {
            let of = asked.iter().filter(move |(_, asked)| *asked == holds);
            of.filter_map(|(returns, _)| returns.types.as_ref())
        };
        let named = |types: &'s Types| match types {
            Types::Named(named) => Some(named),
            Types::Such(_) => None,
        };
        let mut unwanted: Vec<&NamedTarget> = types(false).filter_map(named).collect();
        unwanted.extend(lists(way, Wish::mentions).unwanted);
        let wanted: Vec<&Types> = types(true).collect();
        let mut choices = vec![None];
        for wanted in wanted {
            let path = match wanted {
                Types::Named(named) => self.path(Purpose::Type, named, &unwanted),
                Types::Such(such) => self.such(such),
            };
            choices.extend(path.map(Some));
        }
        choices.push(Some(SOME_TYPE.to_owned()));
        let is_so = |returns: &Returns, choice: Option<&str>| match (choice, &returns.types) {
            (None, _) => returns.nothing,
            (Some(SOME_TYPE), Some(Types::Named(types))) => {
                types.lookup(self.context).holds_written(self.context, SOME_TYPE, None)
            }
            (Some(SOME_TYPE), Some(Types::Such(_))) => false,
            // A path was looked for that leads to one of the types.
            (Some(_), types) => types.is_some(),
        };
        let is_asked = |choice: &Option<String>| {
            asked.iter().all(|(returns, holds)| is_so(returns, choice.as_deref()) == *holds)
        };
        draft.returns = choices.into_iter().find(is_asked)?;
        Some(())
    }
}

/// Names as they are asked for, made of `unique` where that leaves something open.
pub(super) fn names(what: What, way: &[Asked<'_>], unique: &str) -> Vec<String> {
    let globs = |holds: bool| {
        let asked = way.iter().filter(move |asked| asked.holds == holds);
        asked.filter_map(|asked| match asked.wish {
            Wish::Name(globs) => Some(globs),
            _ => None,
        })
    };
    let matches =
        |globs: &[(String, Glob)], name: &str| globs.iter().any(|(_, glob)| glob.matches(name));
    let fillers = fillers(what, unique);
    let mut names: Vec<String> = Vec::new();
    for filler in &fillers {
        let wanted = globs(true).flatten();
        names.extend(wanted.flat_map(|(_, glob)| glob.samples(filler)));
    }
    if globs(true).next().is_none() {
        names = fillers;
    }
    names.retain(|name| {
        is_identifier(name)
            && globs(true).all(|globs| matches(globs, name))
            && !globs(false).any(|globs| matches(globs, name))
    });
    names
}

/// Names for such a thing, the one first that is written as such things are.
fn fillers(what: What, unique: &str) -> Vec<String> {
    let (title, upper) = (title(unique), unique.to_uppercase());
    let is_upper = matches!(what, What::Item(ItemKind::Const | ItemKind::Static));
    let is_snake = match what {
        What::Parameter => true,
        What::Item(kind) => matches!(
            kind,
            ItemKind::Module
                | ItemKind::Fn
                | ItemKind::Method
                | ItemKind::Macro
                | ItemKind::Field
                | ItemKind::Use
        ),
    };
    let snake = unique.to_owned();
    let letters = format!("{title}Zzz");
    let lower = format!("{unique}_zzz");
    match (is_upper, is_snake) {
        (true, _) => vec![upper, snake, title, letters, lower],
        (false, true) => vec![snake, lower, title, letters, upper],
        (false, false) => vec![title, letters, snake, lower, upper],
    }
}

/// What is asked for by its mere name.
fn bare_names(wanted: &NamedTarget, unique: &str) -> Vec<String> {
    let is_path = |text: &str| {
        let mut paths = wanted.paths.iter().flat_map(|paths| &paths.terms);
        paths.any(|term| term.text == text)
    };
    let single = wanted.written.iter().filter(|pattern| pattern.segments().len() == 1);
    let names = single.filter(|pattern| !is_path(pattern.text()));
    let names = names.filter_map(|pattern| pattern.segments()[0].sample(&title(unique)));
    names.filter(|name| is_identifier(name)).collect()
}

/// Whether such a thing can stand where it is needed.
fn suits(context: &Context<'_>, purpose: Purpose, node: NodeId) -> bool {
    let item = match context.tree.thing(node) {
        Thing::Outside => return true,
        Thing::Module(_) => return purpose == Purpose::Import,
        Thing::Item(item) => context.facts.items[item.index()].kind,
    };
    let is_value = matches!(item, ItemKind::Fn | ItemKind::Const | ItemKind::Static);
    let is_type = matches!(
        item,
        ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::Type | ItemKind::Trait
    );
    can_be_named(context, node)
        && match purpose {
            Purpose::Mark => false,
            Purpose::Trait => item == ItemKind::Trait,
            Purpose::Type => is_type,
            Purpose::Value | Purpose::Import => is_value || is_type,
        }
}

/// A path to something in a crate, where only the crate or a module of it is named.
fn below(path: Path, depth: usize, purpose: Purpose, unique: &str) -> Path {
    let last = path.text.rsplit("::").next().unwrap_or_default();
    let is_module = depth == 1 || last.starts_with(char::is_lowercase);
    let wants_type = matches!(purpose, Purpose::Type | Purpose::Trait);
    if is_module && wants_type || depth == 1 {
        let text = format!("{}::{}", path.text, title(unique));
        return Path { text, ..path };
    }
    path
}
