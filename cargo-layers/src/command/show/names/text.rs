//! The names of modules for people: a heading for each module, and a line for each name.

use std::fmt::Write;

use super::entries::{Entry, ModuleEntry};
use crate::command::columns;
use crate::report::sources::printable;

/// The modules, with an empty line between two.
pub(super) fn render(modules: &[ModuleEntry<'_>]) -> String {
    let mut text = String::new();
    for module in modules {
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "{}  ({})", module.path, module.file);
        text.push_str(&names(&module.names));
        for glob in &module.open_globs {
            let import = &glob.import;
            let to = glob.to.as_deref().map_or("which is not resolved".to_owned(), |to| {
                format!("of which nothing is known ({to})")
            });
            let (file, line) = (import.file, import.line);
            let _ = writeln!(text, "  and all names of `{}`, {to}  {file}:{line}", import.written);
        }
    }
    printable_lines(&text)
}

fn names(names: &[Entry<'_>]) -> String {
    let mut table = columns::table();
    let mut entries = names.iter().peekable();
    while let Some(entry) = entries.next() {
        let mut namespaces = entry.namespace.to_owned();
        // One thing in several namespaces, as a unit struct or an outside crate's, is one line.
        while let Some(next) = entries.next_if(|next| is_same(entry, next)) {
            namespaces.push_str(", ");
            namespaces.push_str(next.namespace);
        }
        table.add_row([
            entry.name.to_owned(),
            namespaces,
            entry.visibility.clone(),
            entry.how.to_owned(),
            meaning(entry),
            way(entry),
        ]);
    }
    columns::lines(&mut table, "  ")
}

fn meaning(entry: &Entry<'_>) -> String {
    match (&entry.to, &entry.made_in) {
        (Some(to), _) => to.clone(),
        (None, Some(module)) => format!("made by a macro in {module}"),
        (None, None) => "not resolved".to_owned(),
    }
}

fn is_same(one: &Entry<'_>, other: &Entry<'_>) -> bool {
    let place = |entry: &Entry<'_>| {
        entry.import.as_ref().map(|import| (import.file.to_owned(), import.line, import.column))
    };
    (one.name, meaning(one), &one.visibility, one.how)
        == (other.name, meaning(other), &other.visibility, other.how)
        && place(one) == place(other)
}

/// The import, and the hops behind it.
fn way(entry: &Entry<'_>) -> String {
    let Some(import) = &entry.import else { return String::new() };
    let mut way = format!("{}:{}", import.file, import.line);
    for hop in &entry.chain {
        let _ = write!(way, " → {}:{}", hop.file, hop.line);
    }
    way
}

fn printable_lines(text: &str) -> String {
    text.lines().map(|line| printable(line) + "\n").collect()
}
