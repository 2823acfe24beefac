//! Which keys have a meaning for what: that a struct takes no `self` is a mistake in the
//! policy, and not a demand that is never met.

use super::places;
use crate::facts::ItemKind;
use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;
use crate::policy::raw::RawSelector;
use crate::prose;
use crate::verbs::KIND_WORDS;

/// What things are known to be: a set of kinds of items, and whether they are parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::policy) struct About(u32);

impl About {
    /// Items of any kind.
    pub(in crate::policy) const ANYTHING: Self = Self((1 << PARAMETER_BIT) - 1);
    /// Parameters of functions.
    pub(super) const PARAMETER: Self = Self(1 << PARAMETER_BIT);
    /// Fields.
    pub(super) const FIELD: Self = Self::of(&[ItemKind::Field]);
    /// Types, and traits as types.
    pub(super) const TYPE: Self = Self::of(&[
        ItemKind::Struct,
        ItemKind::Enum,
        ItemKind::Union,
        ItemKind::Trait,
        ItemKind::Type,
    ]);
    /// Methods.
    pub(super) const METHOD: Self = Self::of(&[ItemKind::Method]);

    const fn of(kinds: &[ItemKind]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < kinds.len() {
            bits |= 1 << kinds[at] as u32;
            at += 1;
        }
        Self(bits)
    }

    const fn but(self, kinds: &[ItemKind]) -> Self {
        Self(self.0 & !Self::of(kinds).0)
    }

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn both(self, other: Self) -> Option<Self> {
        let bits = self.0 & other.0;
        (bits != 0).then_some(Self(bits))
    }

    /// The words for them, in the order of the rule language.
    fn words(self) -> Vec<&'static str> {
        let kinds = KIND_WORDS.iter().filter(|(_, kind)| self.0 & (1 << *kind as u32) != 0);
        let parameter = (self.0 & Self::PARAMETER.0 != 0).then_some("parameter");
        kinds.map(|(word, _)| *word).chain(parameter).collect()
    }

    /// "a struct or an enum", or nothing where it may be anything.
    fn one(self) -> String {
        let words = self.words().into_iter().map(prose::with_article);
        prose::series(&words.collect::<Vec<_>>(), "or")
    }

    fn several(self) -> String {
        let words = self.words().into_iter().map(|word| format!("{word}s"));
        prose::series(&words.collect::<Vec<_>>(), "and")
    }
}

/// The bit for parameters, above those of all kinds.
const PARAMETER_BIT: u32 = ItemKind::Use as u32 + 1;

/// What a key has a meaning for.
fn meant_for(key: &str) -> About {
    use ItemKind::{
        Const, Enum, Field, Fn, Impl, Macro, Method, Module, Static, Struct, Trait, Type, Union,
        Use, Variant,
    };
    let anything = About::ANYTHING;
    let types = &[Struct, Enum, Union];
    match key {
        "derives" => About::of(types),
        "implements" => About::of(types).and(About::of(&[Impl])),
        "implemented" => About::of(&[Trait]),
        "async" | "const" | "parameters" | "returns" => About::of(&[Fn, Method]),
        "unsafe" => About::of(&[Fn, Method, Trait, Impl, Static]),
        "generic" => About::of(types).and(About::of(&[Trait, Fn, Method, Type, Impl])),
        "mutable" => About::of(&[Static]),
        "has-body" => About::of(&[Fn, Method, Const, Static, Type]),
        "self" => About::METHOD,
        "fields" => About::of(&[Struct, Union, Variant]),
        "methods" => About::of(types).and(About::of(&[Trait, Impl])),
        "holds" => About::of(&[Module, Trait, Impl, Enum]),
        "signature-mentions" | "signature-mentions-only" => {
            anything.but(&[Module, Macro]).and(About::PARAMETER)
        }
        "exposes" => anything.but(&[Module, Macro]),
        "body-uses" | "body-runs" | "body-calls-method" => {
            anything.but(&[Macro, Type, Field, Variant, Use])
        }
        "lines" | "tested" => anything.but(&[Field, Use]),
        "documented" => anything.but(&[Use]),
        // A macro is exported by an attribute, whatever is around it.
        "exported" | "visible-outside" => anything.but(&[Macro]),
        _ => anything,
    }
}

/// What the things that a selector selects are known to be. Keys that have no meaning for
/// any of them are mistakes.
pub(super) fn narrowed(
    resolver: &mut Resolver<'_>,
    raw: &RawSelector,
    scope: &Scope,
    about: About,
    kinds: Option<&[ItemKind]>,
) -> About {
    let mut narrowed = about;
    if let (Some(kinds), Some(at)) = (kinds, &raw.kind)
        && !kinds.is_empty()
    {
        let wanted = About::of(kinds);
        if let Some(both) = about.both(wanted) {
            narrowed = both;
        } else {
            let message = format!("{} is never {}", about.one(), wanted.one());
            resolver.complain(message, scope.at(at.span.clone()), "cannot be", None);
        }
    }
    for (key, at) in places(raw) {
        let meant = meant_for(key);
        if meant.both(narrowed).is_none() {
            let message = format!("`{key}` says nothing of {}", narrowed.one());
            let help = format!("`{key}` is a key for {}", meant.several());
            resolver.complain(message, scope.at(at), "has no meaning here", Some(help));
        }
    }
    narrowed
}
