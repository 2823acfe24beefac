//! Where an item is planted: a module that is as the rule asks, or one that is made so.

use super::draft::What;
use super::drafter::names;
use super::wishes::{Asked, Wish};
use crate::context::{Context, Ranks};
use crate::facts::{ItemKind, ModuleId};
use crate::pattern::{Glob, Pattern};
use crate::planting::dependencies::places;
use crate::planting::paths::is_identifier;
use crate::policy::{Operand, TermKind};
use crate::tree::{NodeId, Thing};
use crate::verbs::items::effective::{Area, Effective};
use crate::verbs::items::parts::{Question, Whole};
use crate::verbs::items::subject::Subject;
use crate::verbs::items::words::{Flag, VisibilityWord};
use crate::verbs::orphans::Folders;

/// How far above a place that is not there a module is looked for.
const HEIGHT: usize = 3;

/// A place to plant in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ground {
    /// A module that is there.
    pub(super) module: ModuleId,
    /// The modules to be made in it, each within the one before.
    pub(super) inner: Vec<String>,
    /// The file to be made for the innermost module.
    pub(super) file: Option<String>,
    /// The name that what is planted must have, where its path is asked for.
    pub(super) name: Option<String>,
}

impl Ground {
    pub(super) fn new(module: ModuleId) -> Self {
        Self { module, inner: Vec::new(), file: None, name: None }
    }
}

/// What is asked of a place.
struct Place<'s> {
    shown: Shown,
    within: Vec<(Ranks, bool)>,
    asked: &'s [Asked<'s>],
    what: What,
}

/// Places as they are asked for, the best first.
pub(super) fn grounds(
    context: &Context<'_>,
    what: What,
    asked: &[Asked<'_>],
    unique: &str,
) -> Vec<Ground> {
    let within = asked.iter().filter_map(|asked| match asked.wish {
        Wish::Within(operand) => Some((context.ranks(operand), asked.holds)),
        _ => None,
    });
    let place = Place { shown: Shown::new(context, asked), within: within.collect(), asked, what };
    let operands = |of: fn(&Wish<'_>) -> bool| {
        let wanted = asked.iter().filter(move |asked| asked.holds && of(&asked.wish));
        wanted.filter_map(|asked| match asked.wish {
            Wish::Path(operand) | Wish::Within(operand) => Some(operand),
            _ => None,
        })
    };
    let mut grounds: Vec<Ground> = operands(|wish| matches!(wish, Wish::Path(_)))
        .flat_map(|operand| place.named(context, operand, unique))
        .collect();
    if asked.iter().any(|asked| asked.holds && matches!(asked.wish, Wish::Path(_))) {
        return in_order(context, grounds);
    }
    let needs_file = what == What::Item(ItemKind::Module) && place.names_file();
    if !needs_file && !place.wants_fresh_file() {
        let nodes = context.tree.nodes().filter(|node| place.fits(context, *node, true));
        grounds.extend(places(context, nodes).into_iter().map(Ground::new));
    }
    if grounds.is_empty() && (place.names_file() || place.wants_fresh_file()) {
        grounds.extend(place.files(context, unique));
    }
    if grounds.is_empty() {
        for operand in operands(|wish| matches!(wish, Wish::Within(_))) {
            grounds.extend(place.made(context, operand, unique));
            grounds.extend(place.named(context, operand, unique));
        }
    }
    in_order(context, grounds)
}

/// From where the place must be seen, or must not, so that what is planted there is.
struct Shown {
    /// Nothing where nothing is asked.
    effective: Option<Effective>,
    exported: Option<bool>,
    outside: Vec<(Area, bool)>,
}

impl Shown {
    fn new(context: &Context<'_>, asked: &[Asked<'_>]) -> Self {
        let may_be_private = asked.iter().all(|asked| match asked.wish {
            Wish::Visibility(words) => words.contains(&VisibilityWord::Private) == asked.holds,
            _ => true,
        });
        // What is private is not seen wherever it stands.
        let counts = asked.iter().filter(|asked| asked.holds || !may_be_private);
        let (mut exported, mut outside) = (None, Vec::new());
        for asked in counts {
            match asked.wish {
                Wish::Is(Flag::Exported) => exported = Some(asked.holds),
                Wish::VisibleOutside(operand) => {
                    outside.push((Area::new(context, &context.ranks(operand)), asked.holds));
                }
                _ => {}
            }
        }
        let is_asked = exported.is_some() || !outside.is_empty();
        Self { effective: is_asked.then(|| Effective::new(context.facts)), exported, outside }
    }

    fn fits(&self, context: &Context<'_>, module: ModuleId) -> bool {
        let Some(effective) = &self.effective else { return true };
        let module = Subject::Module(module);
        let is_exported = || effective.is_exported(context, module);
        let is_visible = |area: &Area| effective.is_visible_outside(context, module, area);
        self.exported.is_none_or(|holds| is_exported() == holds)
            && self.outside.iter().all(|(area, holds)| is_visible(area) == *holds)
    }
}

/// Places that an exception covers come last.
fn in_order(context: &Context<'_>, mut grounds: Vec<Ground>) -> Vec<Ground> {
    grounds.sort_by_key(|ground| context.exceptions.excuses(context.tree.module(ground.module)));
    grounds
}

impl Place<'_> {
    /// Whether a node is a module as is asked for; with `its_file`, in such a file, too.
    fn fits(&self, context: &Context<'_>, node: NodeId, its_file: bool) -> bool {
        let Thing::Module(module) = context.tree.thing(node) else { return false };
        let entry = &context.facts.modules[module.index()];
        let is_test = entry.test || context.facts.crates[entry.crate_id.index()].kind.is_test();
        let no_tests = self
            .asked
            .iter()
            .any(|asked| matches!(asked.wish, Wish::Is(Flag::Test)) && !asked.holds);
        self.within.iter().all(|(ranks, holds)| ranks.contains(node) == *holds)
            && self.shown.fits(context, module)
            && !(no_tests && is_test)
            && (!its_file || self.file_fits(&context.facts.files[entry.file.index()].path))
    }

    fn file_fits(&self, path: &str) -> bool {
        self.asked.iter().all(|asked| match asked.wish {
            Wish::File(globs) => globs.iter().any(|(_, glob)| glob.is_match(path)) == asked.holds,
            _ => true,
        })
    }

    fn names_file(&self) -> bool {
        self.asked.iter().any(|asked| asked.holds && matches!(asked.wish, Wish::File(_)))
    }

    /// Whether what stands beside must not count.
    fn wants_fresh_file(&self) -> bool {
        self.asked.iter().any(|asked| match asked.wish {
            Wish::Parts(Whole::File, _, Question::Amount(amount)) => {
                if asked.holds {
                    amount.max.is_some()
                } else {
                    amount.max.is_none()
                }
            }
            Wish::Parts(Whole::File, _, Question::Some(_)) => !asked.holds,
            Wish::Parts(Whole::File, ..) => asked.holds,
            _ => false,
        })
    }

    /// Modules with files of their own, as is asked for.
    fn files(&self, context: &Context<'_>, unique: &str) -> Vec<Ground> {
        let nodes = context.tree.nodes().filter(|node| self.fits(context, *node, false));
        let folders = Folders::new(context.facts);
        let mut grounds = Vec::new();
        for node in nodes {
            let Thing::Module(module) = context.tree.thing(node) else { continue };
            if !context.counts_module(module) {
                continue;
            }
            let Some(folder) = folders.of(module) else { continue };
            let path = |file: &str| match folder {
                "" => file.to_owned(),
                folder => format!("{folder}/{file}"),
            };
            let found = self.stems(unique).into_iter().find_map(|stem| {
                let paths = [path(&format!("{stem}.rs")), path(&format!("{stem}/mod.rs"))];
                let is_there = |path: &str| context.facts.files.iter().any(|it| it.path == path);
                let mut paths = paths.into_iter();
                let file = paths.find(|path| self.file_fits(path) && !is_there(path))?;
                Some((stem, file))
            });
            if let Some((stem, file)) = found {
                let file = Some(file);
                grounds.push(Ground { inner: vec![stem], file, ..Ground::new(module) });
            }
        }
        let best = places(context, grounds.iter().map(|it| context.tree.module(it.module)));
        let of = |module| grounds.iter().find(|ground| ground.module == module).cloned();
        best.into_iter().filter_map(of).collect()
    }

    /// Names for a module that has a file of its own.
    fn stems(&self, unique: &str) -> Vec<String> {
        let is_module = self.what == What::Item(ItemKind::Module);
        let asked = if is_module { self.asked } else { &[] };
        let mut stems = names(What::Item(ItemKind::Module), asked, unique);
        let files = self.asked.iter().filter(|asked| asked.holds);
        for asked in files {
            let Wish::File(globs) = asked.wish else { continue };
            for (text, _) in globs {
                let last = text.rsplit('/').next().unwrap_or_default();
                let last = last.strip_suffix(".rs").unwrap_or(last);
                let samples = Pattern::name(last).ok().map(|glob| glob.samples(unique));
                stems.extend(samples.into_iter().flatten());
            }
        }
        let is_named = |stem: &String| {
            let mut globs = asked.iter().filter_map(|asked| match asked.wish {
                Wish::Name(globs) => Some((globs, asked.holds)),
                _ => None,
            });
            let matches = |globs: &[(String, Glob)]| globs.iter().any(|(_, it)| it.matches(stem));
            globs.all(|(globs, holds)| matches(globs) == holds)
        };
        stems.retain(|stem| is_identifier(stem) && is_named(stem));
        stems
    }

    /// Modules that are made where a pattern names such that are not there.
    fn made(&self, context: &Context<'_>, operand: &Operand, unique: &str) -> Vec<Ground> {
        let mut grounds = Vec::new();
        for pattern in patterns(context, operand) {
            let (mut above, mut inner) = (pattern, Vec::new());
            while inner.len() < HEIGHT
                && let Some(parent) = above.parent()
            {
                let last = above.segments().last().and_then(|segment| segment.sample(unique));
                inner.extend(last.filter(|name| is_identifier(name)));
                above = parent;
                let modules = self.modules(context, &above);
                if !modules.is_empty() && !inner.is_empty() {
                    let inner: Vec<String> = inner.iter().rev().cloned().collect();
                    let ground = |module| Ground { inner: inner.clone(), ..Ground::new(module) };
                    grounds.extend(modules.into_iter().map(ground));
                    break;
                }
            }
        }
        grounds
    }

    /// Modules in which a pattern names the thing itself.
    fn named(&self, context: &Context<'_>, operand: &Operand, unique: &str) -> Vec<Ground> {
        let mut grounds = Vec::new();
        for pattern in patterns(context, operand) {
            let (Some(above), Some(last)) = (pattern.parent(), pattern.segments().last()) else {
                continue;
            };
            let fillers = names(self.what, &[], unique);
            let samples = fillers.iter().filter_map(|filler| last.sample(filler));
            let asked = names(self.what, self.asked, unique);
            let mut names = asked.into_iter().chain(samples);
            let Some(name) = names.find(|name| last.matches(name) && is_identifier(name)) else {
                continue;
            };
            grounds.extend(
                self.modules(context, &above)
                    .into_iter()
                    .map(|module| Ground { name: Some(name.clone()), ..Ground::new(module) }),
            );
        }
        grounds
    }

    /// The best modules that a pattern names.
    fn modules(&self, context: &Context<'_>, pattern: &Pattern) -> Vec<ModuleId> {
        let is_free = |node: &NodeId| {
            self.within.iter().all(|(ranks, holds)| *holds || !ranks.contains(*node))
        };
        let roots = context.tree.roots(pattern);
        places(context, roots.iter().map(|(node, _)| *node).filter(is_free))
    }
}

/// The patterns of an operand, those of layers included.
fn patterns(context: &Context<'_>, operand: &Operand) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for term in &operand.terms {
        match &term.kind {
            TermKind::Path(pattern) => patterns.push(pattern.clone()),
            TermKind::Layer { within: Some(within), .. } => patterns.extend(within.iter().cloned()),
            TermKind::Layer { layer, within: None } => {
                let members = context.policy.layer(*layer).members.iter();
                patterns.extend(members.filter_map(|member| match &member.kind {
                    TermKind::Path(pattern) => Some(pattern.clone()),
                    TermKind::Layer { .. } => None,
                }));
            }
        }
    }
    patterns
}
