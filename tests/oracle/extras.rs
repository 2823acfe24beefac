//! Why one of our dependencies is not among the oracle's references.

use crate::ours::{Edge, Ours};
use crate::reference::Reference;

/// A cause; the last is a mistake of ours until shown otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The code, or what it leads to, is not compiled in the oracle's configuration.
    InactiveCfg,
    /// It stands in the definition of a macro, or comes from the body of one: the oracle
    /// counts neither for the file that calls it.
    MacroBody,
    /// The oracle has a reference of this name at the same place, to a file that the source
    /// cannot use: one symbol for things of several targets.
    AmbiguousSymbol,
    /// A library's tests use a package that depends on the library: the oracle knows no
    /// dependencies in a circle.
    Circle,
    /// It names a crate: the roots of all targets of a package share one symbol, and
    /// `extern crate` is no reference.
    CrateRoot,
    /// The type of what is handed over there, which no member names: the oracle holds
    /// references, and knows nothing of types.
    HeldType,
    /// None of these.
    Unexplained,
}

impl Cause {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::InactiveCfg,
        Self::MacroBody,
        Self::AmbiguousSymbol,
        Self::Circle,
        Self::CrateRoot,
        Self::HeldType,
        Self::Unexplained,
    ];

    /// The cause in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::InactiveCfg => "behind an inactive cfg",
            Self::MacroBody => "in the definition of a macro, or through its body",
            Self::AmbiguousSymbol => "the oracle's symbol is ambiguous, and it names another file",
            Self::Circle => "tests of a package use one that depends on it",
            Self::CrateRoot => {
                "a crate is named: its symbol is that of every target of the package"
            }
            Self::HeldType => "the type of what is handed over, which no member names",
            Self::Unexplained => "unexplained",
        }
    }
}

/// Why the oracle may not have an edge; `here` are its references from the same file.
pub fn explain(edge: &Edge, ours: &Ours, here: &[&Reference]) -> Cause {
    if edge.inactive {
        Cause::InactiveCfg
    } else if edge.of_macro {
        Cause::MacroBody
    } else if is_ambiguous(edge, ours, here) {
        Cause::AmbiguousSymbol
    } else if edge.in_circle {
        Cause::Circle
    } else if edge.to_root {
        Cause::CrateRoot
    } else if edge.inferred && edge.path.rsplit("::").next() != Some(&*edge.written) {
        Cause::HeldType
    } else {
        Cause::Unexplained
    }
}

fn is_ambiguous(edge: &Edge, ours: &Ours, here: &[&Reference]) -> bool {
    here.iter().any(|reference| {
        edge.start <= reference.place
            && reference.place < edge.end
            && edge.path.rsplit("::").next() == Some(reference.name())
            && !ours.can_use(&reference.from, &reference.def)
    })
}
