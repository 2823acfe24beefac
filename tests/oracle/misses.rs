//! Why a reference of the oracle is not among our dependencies.

use crate::ours::Ours;
use crate::reference::Reference;

/// A cause; the further down, the more it is a mistake of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The symbol is defined in several targets of a package, and the oracle names a file
    /// that the reference cannot mean.
    AmbiguousSymbol,
    /// No item of this name is written in the defining file.
    MadeByMacro,
    /// Our edge leads to a type, and the oracle's to what an impl of it in another file
    /// holds.
    AssociatedElsewhere,
    /// Our edge leads to another file.
    LeadsElsewhere,
    /// The path is seen, and not resolved.
    NotResolved,
    /// We see no path there that leads out of its module.
    NothingSeen,
}

impl Cause {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [
        Self::AmbiguousSymbol,
        Self::MadeByMacro,
        Self::AssociatedElsewhere,
        Self::LeadsElsewhere,
        Self::NotResolved,
        Self::NothingSeen,
    ];

    /// The cause in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::AmbiguousSymbol => {
                "the oracle's symbol is ambiguous: the file it names belongs to a target that \
                 the source cannot use"
            }
            Self::MadeByMacro => "made by a macro: the file defines nothing of this name",
            Self::AssociatedElsewhere => {
                "associated: our edge leads to the type, and the impl is in another file"
            }
            Self::LeadsElsewhere => "our edge leads to another file",
            Self::NotResolved => "not resolved",
            Self::NothingSeen => "no path is seen that leads out of its module",
        }
    }
}

/// Why we miss a reference, and what we have in its place.
pub fn explain(ours: &Ours, reference: &Reference) -> (Cause, String) {
    let name = reference.name();
    if ours.knows(&reference.def) && !ours.can_use(&reference.from, &reference.def) {
        let found = namesake(ours, reference);
        let found = found.unwrap_or_else(|| "nothing of this name, a macro makes it".to_owned());
        return (Cause::AmbiguousSymbol, found);
    }
    let covers = |start, end| start <= reference.place && reference.place < end;
    let edges = ours.edges.get(&reference.from).into_iter().flatten();
    let here: Vec<_> = edges.filter(|edge| covers(edge.start, edge.end)).collect();
    let shown = |file: &Option<String>, path: &str| match file {
        Some(file) => format!("{path} in {file}"),
        None => path.to_owned(),
    };
    // Of the edges at one place the innermost speaks.
    if let Some(edge) = here.iter().max_by_key(|edge| edge.start) {
        let ours = shown(&edge.file, &edge.path);
        let is_type = edge.path.rsplit("::").next() != Some(name);
        let associated = reference.is_associated() && is_type;
        let cause = if associated { Cause::AssociatedElsewhere } else { Cause::LeadsElsewhere };
        return (cause, ours);
    }
    let unseen = ours.unseen.get(&reference.from).into_iter().flatten();
    if let Some((_, _, written)) = unseen.into_iter().find(|(start, end, _)| covers(*start, *end)) {
        return (Cause::NotResolved, written.clone());
    }
    let is_written = ours
        .items
        .get(name)
        .is_some_and(|items| items.iter().any(|(file, _)| *file == reference.def));
    if !is_written {
        return (Cause::MadeByMacro, String::new());
    }
    (Cause::NothingSeen, String::new())
}

/// What the source means in place of the oracle's definition: our edge, where it leads to
/// something of this name; else what the same file defines, since what stays in its module
/// is no edge; else what some file defines that the source can use.
fn namesake(ours: &Ours, reference: &Reference) -> Option<String> {
    let name = reference.name();
    let edges = ours.edges.get(&reference.from).into_iter().flatten();
    let mut here = edges.filter(|edge| edge.start <= reference.place && reference.place < edge.end);
    if let Some(edge) = here.find(|edge| edge.path.rsplit("::").next() == Some(name)) {
        let file = edge.file.as_deref().unwrap_or("outside the workspace");
        return Some(format!("{} in {file}", edge.path));
    }
    let items = ours.items.get(name)?;
    let own = items.iter().find(|(file, _)| *file == reference.from);
    let found = own.or_else(|| {
        items.iter().find(|(file, _)| *file != reference.def && ours.can_use(&reference.from, file))
    });
    found.map(|(file, path)| format!("{path} in {file}"))
}
