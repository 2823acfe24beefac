//! The words of the rule language for what items are.

use crate::facts::{ItemKind, Modifiers, Receiver};

/// The words for visibilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisibilityWord {
    /// `pub`
    Public,
    /// `pub(crate)`
    Crate,
    /// `pub(super)`: the module above may.
    Super,
    /// `pub(in path)`: any module may, the one above included.
    In,
    /// No modifier.
    Private,
}

impl VisibilityWord {
    /// Each with its spelling.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("pub", Self::Public),
        ("pub(crate)", Self::Crate),
        ("pub(super)", Self::Super),
        ("pub(in)", Self::In),
        ("private", Self::Private),
    ];
}

/// The words for kinds of items.
pub const KIND_WORDS: [(&str, ItemKind); 15] = [
    ("module", ItemKind::Module),
    ("struct", ItemKind::Struct),
    ("enum", ItemKind::Enum),
    ("union", ItemKind::Union),
    ("trait", ItemKind::Trait),
    ("fn", ItemKind::Fn),
    ("method", ItemKind::Method),
    ("const", ItemKind::Const),
    ("static", ItemKind::Static),
    ("type", ItemKind::Type),
    ("macro", ItemKind::Macro),
    ("impl", ItemKind::Impl),
    ("field", ItemKind::Field),
    ("variant", ItemKind::Variant),
    ("use", ItemKind::Use),
];

/// The words for ways to take `self`.
pub const RECEIVER_WORDS: [(&str, Receiver); 4] = [
    ("none", Receiver::None),
    ("ref", Receiver::Ref),
    ("mut", Receiver::Mut),
    ("owned", Receiver::Owned),
];

/// Things that are so or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// An `async fn`.
    Async,
    /// `unsafe`
    Unsafe,
    /// A `const fn`.
    Const,
    /// It has type or const parameters.
    Generic,
    /// A `static mut`.
    Mutable,
    /// It has a documentation comment.
    Documented,
    /// It has a body or a value.
    HasBody,
    /// Other crates can name it.
    Exported,
    /// It is test code.
    Test,
    /// Test code names it, or something in it.
    Tested,
}

impl Flag {
    /// The modifier that says so, when it is one.
    pub(super) fn modifier(self) -> Option<Modifiers> {
        Some(match self {
            Self::Async => Modifiers::ASYNC,
            Self::Unsafe => Modifiers::UNSAFE,
            Self::Const => Modifiers::CONST,
            Self::Generic => Modifiers::GENERIC,
            Self::Mutable => Modifiers::MUTABLE,
            Self::Documented => Modifiers::DOCUMENTED,
            Self::HasBody => Modifiers::BODY,
            Self::Exported | Self::Test | Self::Tested => return None,
        })
    }
}

/// The word for a value.
pub(super) fn word_of<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}
