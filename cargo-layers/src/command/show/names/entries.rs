//! The names of modules in the shape that is shown. `docs/show.md` describes the JSON.

use serde::Serialize;

use crate::facts::{ImportPlace, ModuleContents, NameEntry, NameMeaning, NameVisibility};
use crate::parse::item_tree::Namespace;
use crate::report::places::{HopEntry, Places};

/// One module.
#[derive(Serialize)]
pub(super) struct ModuleEntry<'a> {
    pub(super) path: String,
    pub(super) file: &'a str,
    pub(super) names: Vec<Entry<'a>>,
    pub(super) open_globs: Vec<GlobEntry<'a>>,
}

/// One name in one namespace.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    pub(super) name: &'a str,
    pub(super) namespace: &'static str,
    pub(super) to: Option<String>,
    pub(super) made_in: Option<String>,
    pub(super) visibility: String,
    pub(super) how: &'static str,
    pub(super) resolved: bool,
    pub(super) external: bool,
    pub(super) import: Option<ImportEntry<'a>>,
    pub(super) chain: Vec<HopEntry<'a>>,
}

/// An import.
#[derive(Serialize)]
pub(super) struct ImportEntry<'a> {
    pub(super) file: &'a str,
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) written: &'a str,
}

/// A glob whose names can't be seen.
#[derive(Serialize)]
pub(super) struct GlobEntry<'a> {
    pub(super) to: Option<String>,
    #[serde(flatten)]
    pub(super) import: ImportEntry<'a>,
}

/// The modules, sorted by path and file, with their names, sorted.
pub(super) fn of<'a>(places: &Places<'a>, contents: &[ModuleContents]) -> Vec<ModuleEntry<'a>> {
    let mut modules: Vec<_> = contents.iter().map(|contents| module(places, contents)).collect();
    modules.sort_by(|a, b| (&a.path, a.file).cmp(&(&b.path, b.file)));
    modules
}

fn module<'a>(places: &Places<'a>, contents: &ModuleContents) -> ModuleEntry<'a> {
    let mut names: Vec<_> = contents.names.iter().map(|name| entry(places, name)).collect();
    names.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut open_globs: Vec<_> = contents
        .open_globs
        .iter()
        .map(|glob| GlobEntry {
            to: glob.to.map(|to| places.facts.target_path(to)),
            import: import(places, &glob.import),
        })
        .collect();
    open_globs.sort_by_key(|glob| (glob.import.file, glob.import.line, glob.import.column));
    ModuleEntry {
        path: places.facts.module_path(contents.module),
        file: places.file(places.facts.modules[contents.module.index()].file),
        names,
        open_globs,
    }
}

/// What names are sorted by.
type SortKey<'a> =
    (&'a str, &'static str, &'a Option<String>, Option<(&'a str, u32, u32)>, &'a str);

fn key<'a>(entry: &'a Entry<'_>) -> SortKey<'a> {
    let place = entry.import.as_ref().map(|import| (import.file, import.line, import.column));
    (entry.name, entry.namespace, &entry.to, place, &entry.visibility)
}

fn entry<'a>(places: &Places<'a>, entry: &NameEntry) -> Entry<'a> {
    let facts = places.facts;
    let name = facts.names.text(entry.name);
    let (to, made_in) = match entry.meaning {
        NameMeaning::Target(target) => (Some(facts.target_path(target)), None),
        NameMeaning::Builtin => (Some(name.to_owned()), None),
        NameMeaning::Made(module) => (None, Some(facts.module_path(module))),
        NameMeaning::Unknown => (None, None),
    };
    let external = matches!(
        entry.meaning,
        NameMeaning::Builtin | NameMeaning::Target(layers_rules::facts::Target::External(_))
    );
    Entry {
        name,
        namespace: match entry.namespace {
            Namespace::Type => "type",
            Namespace::Value => "value",
            Namespace::Macro => "macro",
        },
        resolved: to.is_some(),
        to,
        made_in,
        visibility: match entry.visibility {
            NameVisibility::Public => "pub".to_owned(),
            NameVisibility::Crate => "crate".to_owned(),
            NameVisibility::Private => "private".to_owned(),
            NameVisibility::Restricted(module) => format!("pub(in {})", facts.module_path(module)),
        },
        how: match &entry.import {
            None => "definition",
            Some(import) if import.glob => "glob",
            Some(_) => "import",
        },
        external,
        import: entry.import.as_ref().map(|place| import(places, place)),
        chain: places.hops(entry.chain),
    }
}

fn import<'a>(places: &Places<'a>, place: &ImportPlace) -> ImportEntry<'a> {
    let start = places.start(place.file, place.span);
    ImportEntry {
        file: places.file(place.file),
        line: start.line,
        column: start.column,
        written: places.facts.names.text(place.written),
    }
}
