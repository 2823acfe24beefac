//! `orphans = { within }`: no `.rs` file stands beside the source without being a part of it.
//!
//! A file to which no `mod`, `#[path]` or `include!` leads looks like code, is found by every
//! search, and is not compiled. Looked through are the folders of the source: those that hold
//! the root file of a library or binary, and where test code counts those of tests, benches
//! and examples too. A file belongs to the module in whose folder it stands, and `within`
//! names such modules. Where a file and others in the folder of its name are all orphans, one
//! finding tells of them.
//!
//! ```toml
//! [rules.no-orphans]
//! orphans = {}
//! fix     = "declare the module, or delete the file"
//! ```

mod folders;

use std::collections::{BTreeMap, BTreeSet};

use super::{Part, Role, Rule, Verdict, Violation};
use crate::context::Context;
use crate::facts::{ModuleId, Needs, Span};
use crate::finding::{Label, Location};
use crate::planting::dependencies::places;
use crate::planting::{Edit, Plant, Unprovable};
use crate::policy::Operand;
pub(super) use folders::Folders;
use folders::{Home, own_folder, parents};

/// The verb `orphans`.
#[derive(Clone, Debug)]
pub struct Orphans {
    /// The modules in whose folders to look; all, if absent.
    pub within: Option<Operand>,
}

/// A file with the folder of modules that it may have below it.
struct Orphan<'a> {
    path: &'a str,
    home: Home<'a>,
    /// How many orphans there are in the folder of its name.
    below: usize,
}

impl Orphans {
    /// The orphans that the rule holds for, those left out that stand below another.
    fn orphans<'a>(&self, context: &Context<'a>, files: &'a [String]) -> Vec<Orphan<'a>> {
        let within = self.within.as_ref().map(|within| context.ranks(within));
        let folders = Folders::new(context.facts);
        let is_meant = |module: ModuleId| {
            context.counts_module(module)
                && within.as_ref().is_none_or(|it| it.contains(context.tree.module(module)))
        };
        let homes = files.iter().filter_map(|path| Some((path, folders.home(path)?)));
        let meant: Vec<(&String, Home<'_>)> =
            homes.filter(|(_, home)| is_meant(home.module)).collect();
        // A `mod.rs` beside the file that is the module has nothing below it.
        let is_first = |home: &Home<'_>| home.rest != ["mod"];
        let own: BTreeSet<&str> = meant
            .iter()
            .filter(|(_, home)| is_first(home))
            .map(|(path, _)| own_folder(path))
            .collect();
        let mut below: BTreeMap<&str, usize> = BTreeMap::new();
        let mut tops = Vec::new();
        for (path, home) in meant {
            match parents(own_folder(path)).find(|folder| own.contains(folder)) {
                Some(top) => *below.entry(top).or_default() += 1,
                None => tops.push(Orphan { path, home, below: 0 }),
            }
        }
        for orphan in &mut tops {
            orphan.below = below.remove(own_folder(orphan.path)).unwrap_or(0);
        }
        tops
    }
}

impl Rule for Orphans {
    fn id(&self) -> &'static str {
        "orphans"
    }

    fn sentence(&self) -> String {
        let place = match &self.within {
            Some(within) => format!("in the folders of {}", within.all()),
            None => "in a source folder".to_owned(),
        };
        format!("every `.rs` file {place} is part of a module tree")
    }

    fn operands(&self) -> Vec<Part<'_>> {
        let part = |operand| Part { key: "within", operand, role: Role::Subject };
        self.within.iter().map(part).collect()
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        let orphans = self.orphans(context, &context.facts.stray_files);
        let violations = orphans.iter().map(|orphan| violation(context, orphan)).collect();
        Verdict { violations, idle: None }
    }

    /// A file in the folder of a module, which does not declare it.
    fn plant(&self, context: &Context<'_>, name: &str) -> Result<Vec<Plant>, Unprovable> {
        let within = self.within.as_ref().map(|within| context.ranks(within));
        let meant = context
            .tree
            .nodes()
            .filter(|node| within.as_ref().is_none_or(|within| within.contains(*node)));
        let folders = Folders::new(context.facts);
        let modules = places(context, meant);
        let plants = modules.into_iter().enumerate().filter_map(|(index, module)| {
            let folder = folders.of(module)?;
            let file = format!("{name}_{index}.rs");
            let path = if folder.is_empty() { file } else { format!("{folder}/{file}") };
            Some(Plant::new(vec![Edit::File { path, text: String::new() }]))
        });
        Ok(plants.collect())
    }

    fn needs(&self) -> Needs {
        Needs { stray_files: true, ..Needs::default() }
    }
}

fn violation(context: &Context<'_>, orphan: &Orphan<'_>) -> Violation {
    let Home { module, rest } = &orphan.home;
    let node = context.tree.module(*module);
    let others = match orphan.below {
        0 => String::new(),
        1 => ", nor is the file below it".to_owned(),
        count => format!(", nor are the {count} files below it"),
    };
    let (text, secondary) = match rest.as_slice() {
        [name] if *name != "mod" => {
            let of = &context.facts.modules[module.index()];
            let (file, span, what) = if of.inline {
                (of.declared_in, of.span, "module")
            } else {
                (of.file, Span::default(), "file")
            };
            let file = context.facts.files[file.index()].path.clone();
            let location = Location { file, span };
            let text = format!("a `mod {name};` in this {what} would lead there");
            ("no `mod` leads to this file", vec![Label { location, text }])
        }
        [_] => ("no `mod` leads to this file", Vec::new()),
        _ => ("neither this file nor its folder is a module", Vec::new()),
    };
    let location = Location { file: orphan.path.to_owned(), span: Span::default() };
    Violation {
        message: format!(
            "`{}`, in the folder of {}, is in no module tree{others}",
            orphan.path,
            context.describe(node)
        ),
        primary: Label { location, text: text.to_owned() },
        secondary,
        chain: Vec::new(),
        from: node,
        to: Vec::new(),
        written: rest.join("::"),
        kind: "orphan",
        ceiling: None,
    }
}

#[cfg(test)]
mod tests;
