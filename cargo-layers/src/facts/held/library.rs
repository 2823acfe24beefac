//! What is known of the standard library, and of crates that mirror it: which types wrap
//! others, and which of their methods surely hand over what is inside.
//!
//! Source: the documentation of the standard library. A method that is not listed hands
//! over nothing.

use layers_rules::names::Name;

use super::Inference;
use super::types::{Type, TypeId};
use crate::resolve::{Def, ExternalIx};

/// Families of outside types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Library {
    Option,
    Result,
    /// Owns or shares one value, implements traits for it, and dereferences to it.
    Pointer,
    /// Dereferences to what is behind a lock or in a cell.
    Guard,
    /// Many of one type.
    Sequence,
    Map,
    /// A lock whose guard comes in a `Result`.
    Lock,
    /// A lock whose guard comes in a future.
    AsyncLock,
    /// A lock whose guard comes at once.
    PlainLock,
    Cell,
    /// A cell that is filled once.
    Once,
    /// A future of its first argument.
    Future,
    /// A future of a `Result` of its first argument.
    Task,
    Iterator,
    Other,
}

/// Crates whose types go by the names of the standard library's and behave like them.
const MIRRORS: [&str; 12] = [
    "std",
    "core",
    "alloc",
    "hashbrown",
    "indexmap",
    "rustc_hash",
    "ahash",
    "once_cell",
    "parking_lot",
    "tokio",
    "futures",
    "smallvec",
];

/// The family of an outside type by its path.
pub(super) fn family(path: &[&str]) -> Library {
    let [krate, .., last] = path else { return Library::Other };
    // Every crate's `Result<T>` is an alias of the one in the standard library.
    if *last == "Result" {
        return Library::Result;
    }
    if !MIRRORS.contains(krate) && !krate.starts_with("futures") {
        return Library::Other;
    }
    match *last {
        "Option" => Library::Option,
        "Box" | "Arc" | "Rc" | "Pin" | "Cow" => Library::Pointer,
        "MutexGuard" | "RwLockReadGuard" | "RwLockWriteGuard" | "OwnedMutexGuard" | "Ref"
        | "RefMut" | "LazyLock" | "LazyCell" | "Lazy" | "ManuallyDrop" | "AssertUnwindSafe" => {
            Library::Guard
        }
        "Vec" | "VecDeque" | "HashSet" | "BTreeSet" | "BinaryHeap" | "LinkedList" | "IndexSet"
        | "FxHashSet" | "AHashSet" | "SmallVec" => Library::Sequence,
        "HashMap" | "BTreeMap" | "IndexMap" | "FxHashMap" | "AHashMap" => Library::Map,
        "Mutex" | "RwLock" => match *krate {
            "std" => Library::Lock,
            "tokio" | "futures" => Library::AsyncLock,
            "parking_lot" => Library::PlainLock,
            _ => Library::Other,
        },
        "RefCell" => Library::Cell,
        "OnceLock" | "OnceCell" if *krate != "tokio" => Library::Once,
        "BoxFuture" | "LocalBoxFuture" => Library::Future,
        "JoinHandle" if *krate == "tokio" => Library::Task,
        _ => Library::Other,
    }
}

/// What wraps others, or says nothing of layers: it is seen through, not held.
pub fn is_seen_through(path: &[&str]) -> bool {
    const ITSELF: [&str; 30] = [
        "String",
        "ToString",
        "Clone",
        "Copy",
        "Send",
        "Sync",
        "Sized",
        "Unpin",
        "Fn",
        "FnMut",
        "FnOnce",
        "Iterator",
        "IntoIterator",
        "DoubleEndedIterator",
        "ExactSizeIterator",
        "Future",
        "IntoFuture",
        "AsRef",
        "AsMut",
        "Into",
        "From",
        "Default",
        "Eq",
        "PartialEq",
        "Ord",
        "PartialOrd",
        "Drop",
        "ToOwned",
        "Extend",
        "Debug",
    ];
    let [krate, .., last] = path else { return true };
    let sysroot = ["std", "core", "alloc"].contains(krate);
    let wraps = matches!(
        family(path),
        Library::Option | Library::Result | Library::Pointer | Library::Sequence | Library::Map
    );
    sysroot && path.len() > 2 && (ITSELF.contains(last) || (wraps && !path.contains(&"io")))
}

impl<'a> Inference<'a> {
    pub(super) fn library(&mut self, of: TypeId) -> Library {
        match self.types.get(of).clone() {
            Type::Slice(_) => Library::Sequence,
            Type::Iterator(_) => Library::Iterator,
            Type::Named(Def::External(external), _) => self.family(external),
            Type::Traits(_) | Type::Parameter(..) => {
                let iterates = self.bound_member(of, self.known.iterator, self.known.item);
                if iterates.is_some() { Library::Iterator } else { Library::Other }
            }
            _ => Library::Other,
        }
    }

    pub(super) fn family(&mut self, external: ExternalIx) -> Library {
        if let Some(known) = self.families.get(&external) {
            return *known;
        }
        let family = family(&self.path(external));
        self.families.insert(external, family);
        family
    }

    /// The path of something outside, as text.
    pub(super) fn path(&self, external: ExternalIx) -> Vec<&'a str> {
        let resolver = self.world.resolver;
        let path = resolver.externals.segments(external);
        path.into_iter().map(|name| resolver.tree.names.text(name)).collect()
    }

    pub(super) fn text(&self, name: Name) -> &'a str {
        self.world.resolver.tree.names.text(name)
    }

    /// Whether a collection has a method of this name itself, which comes before those of
    /// traits.
    pub(super) fn has_itself(&self, library: Library, name: Name) -> bool {
        const ITSELF: [&str; 24] = [
            "append",
            "capacity",
            "clear",
            "contains",
            "contains_key",
            "drain",
            "entry",
            "first",
            "get",
            "get_mut",
            "insert",
            "is_empty",
            "iter",
            "iter_mut",
            "keys",
            "last",
            "len",
            "pop",
            "push",
            "remove",
            "retain",
            "swap",
            "truncate",
            "values",
        ];
        matches!(library, Library::Sequence | Library::Map) && ITSELF.contains(&self.text(name))
    }

    /// Whether a family has a method of this name, so that what it dereferences to is
    /// not asked.
    pub(super) fn knows(&self, library: Library, name: Name) -> bool {
        let name = self.text(name);
        match library {
            Library::Pointer => matches!(name, "clone" | "as_ref" | "as_mut" | "to_owned"),
            Library::Guard | Library::Other => false,
            _ => true,
        }
    }
}
