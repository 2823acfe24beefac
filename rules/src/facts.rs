//! What is known of a workspace: packages, crates, modules, items, and the
//! dependencies between them.
//!
//! Everything is addressed by small ids into the vectors of [`Facts`]; text is
//! interned in [`Facts::names`]. The facts are made by `cargo-layers` from the
//! resolved source and are not changed afterwards.

mod answers;
mod bodies;
mod coverage;
mod dependencies;
mod form;
mod items;
mod needs;
mod packages;
mod paths;
mod signatures;

use std::fmt;
use std::num::NonZeroU32;
use std::ops::Range;

use crate::exceptions::ExceptionComment;
use crate::names::{Name, Names};

pub use answers::{Answer, AnswerRow, AnswerRows, NoAnswer};
pub use bodies::{HandedOn, LocalUse, MethodCall};
pub use coverage::{Coverage, UnseenMacro, UnseenPath};
pub use dependencies::{Dependency, DependencyKind, External, Hop, HopKind, Target};
pub use form::{Form, Modifiers, Receiver};
pub use items::{Impl, Item, ItemKind, Reference, Visibility};
pub use needs::Needs;
pub use packages::{
    Crate, CrateKind, ExternalLink, File, Module, Package, PackageDependency, PackageDependencyKind,
};
pub use signatures::{Field, Import, Mention, Mentions, Parameter, Signature};

macro_rules! id {
    ($(#[$doc:meta])* $id:ident) => {
        $(#[$doc])*
        ///
        /// One more than the index is stored, so that an `Option` of it takes no more room.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $id(NonZeroU32);

        impl $id {
            /// The id of the first entry.
            pub const FIRST: Self = Self(NonZeroU32::MIN);

            /// The id of the entry at `index`.
            ///
            /// # Panics
            ///
            /// When `index` is 2^32 - 1 or more.
            #[must_use]
            pub fn new(index: usize) -> Self {
                let number = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
                Self(number.expect("fewer than 2^32 entries"))
            }

            /// The index of this entry in its vector.
            #[must_use]
            pub fn index(self) -> usize {
                self.number() as usize
            }

            /// That index where room counts.
            #[must_use]
            pub fn number(self) -> u32 {
                self.0.get() - 1
            }
        }

        impl fmt::Debug for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($id)).field(&self.index()).finish()
            }
        }
    };
}

id! {
    /// A Cargo package of the workspace: index into [`Facts::packages`].
    PackageId
}
id! {
    /// A Cargo target: index into [`Facts::crates`].
    CrateId
}
id! {
    /// A source file: index into [`Facts::files`].
    FileId
}
id! {
    /// A module: index into [`Facts::modules`].
    ModuleId
}
id! {
    /// An item: index into [`Facts::items`].
    ItemId
}
id! {
    /// A path outside the workspace: index into [`Facts::externals`].
    ExternalId
}
id! {
    /// A field: index into [`Facts::fields`].
    FieldId
}
id! {
    /// A parameter of a function: index into [`Facts::parameters`].
    ParameterId
}
id! {
    /// An import: index into [`Facts::imports`].
    ImportId
}
id! {
    /// A dependency: index into [`Facts::dependencies`].
    DependencyId
}
id! {
    /// A chain of re-exports: index into [`Facts::chains`]; 0 is the empty chain.
    ChainId
}

/// A stretch of bytes in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span as a range of `usize`.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Everything known of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Interned text of every name below.
    pub names: Names,
    /// The packages of the workspace, sorted by name.
    pub packages: Vec<Package>,
    /// The Cargo targets of those packages.
    pub crates: Vec<Crate>,
    /// The source files that belong to a module tree.
    pub files: Vec<File>,
    /// Every module, crate roots included; a parent comes before its children.
    pub modules: Vec<Module>,
    /// Every named item and every impl.
    pub items: Vec<Item>,
    /// Every impl block.
    pub impls: Vec<Impl>,
    /// Distinct paths outside the workspace that something refers to.
    pub externals: Vec<External>,
    /// Distinct chains of re-exports; the first is empty.
    pub chains: Vec<Vec<Hop>>,
    /// Every dependency, sorted by file and span.
    pub dependencies: Vec<Dependency>,
    /// Dependencies among packages outside the workspace, as Cargo orders them: those of its resolved
    /// graph where [`Needs::external_graph`] was gathered, else those that Cargo.lock names where
    /// [`Needs::lock_file`] was. That names neither tables nor features nor targets: every link is
    /// normal, and may be there for a package that has nothing to do with the one looked at.
    pub external_graph: Vec<ExternalLink>,
    /// The names of all packages that Cargo.lock has, sorted; empty unless it was read.
    pub locked: Vec<Name>,
    /// For packages of the workspace the names of all that is built for one that is built by itself,
    /// with all of its features, for any target and without dev-dependencies; sorted by package.
    /// Empty unless Cargo's resolved graph was asked for.
    pub built_alone: Vec<(PackageId, Vec<Name>)>,
    /// Which of the tables below were filled.
    pub gathered: Needs,
    /// What each item's signature mentions, one entry for each of the items.
    pub signatures: Vec<Signature>,
    /// Everything that signatures and imports mention; [`Mentions`] are stretches of it.
    pub mentions: Vec<Mention>,
    /// The fields of structs, unions and variants, sorted by item.
    pub fields: Vec<Field>,
    /// The parameters of functions, sorted by item.
    pub parameters: Vec<Parameter>,
    /// The leaves of `use` declarations, sorted by file and span.
    pub imports: Vec<Import>,
    /// What is named without leaving its module, sorted by file and span.
    pub local_uses: Vec<LocalUse>,
    /// The methods that are called, sorted by file and span.
    pub method_calls: Vec<MethodCall>,
    /// What bodies hand to calls, where [`Needs::bodies`] was wanted; sorted by file and
    /// span.
    pub handed_on: Vec<HandedOn>,
    /// The `.rs` files in source folders that belong to no module tree, relative to the
    /// workspace root, sorted.
    pub stray_files: Vec<String>,
    /// The answers to the questions in SQL that rules ask.
    pub answers: Vec<Answer>,
    /// Per crate, what was seen and what could not be.
    pub coverage: Vec<Coverage>,
    /// The paths counted as opaque or unresolved, sorted by file and span.
    pub unseen: Vec<UnseenPath>,
    /// The macro calls in item position whose output is not known, sorted by file and
    /// span.
    pub unseen_macros: Vec<UnseenMacro>,
    /// The comments that are exceptions, or were meant to be, sorted by place.
    pub exceptions: Vec<ExceptionComment>,
}
