//! An item that is to be planted, as data, and how it is made to meet what is asked of it.

use super::drafter::{Drafter, Purpose};
use super::wishes::{Asked, Wish};
use crate::facts::{ItemKind, Receiver};
use crate::verbs::items::mentions::Place;
use crate::verbs::items::named::NamedTarget;
use crate::verbs::items::parts::Whole;
use crate::verbs::items::words::{Flag, VisibilityWord};

/// What is to be planted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Item(ItemKind),
    Parameter,
}

/// Something that is to be planted. Paths are as they are written.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) what: What,
    pub(super) name: String,
    pub(super) visibility: VisibilityWord,
    /// What is so.
    pub(super) flags: Vec<Flag>,
    pub(super) receiver: Receiver,
    /// How many lines it must have; as few as it takes, if absent.
    pub(super) lines: Option<u32>,
    pub(super) attributes: Vec<String>,
    pub(super) derives: Vec<String>,
    pub(super) implements: Vec<String>,
    pub(super) parameters: Vec<Draft>,
    pub(super) fields: Vec<Draft>,
    pub(super) methods: Vec<Draft>,
    /// What stands in it; of an enum its variants.
    pub(super) contents: Vec<Draft>,
    /// What stands in the same file.
    pub(super) beside: Vec<Draft>,
    /// What a function returns, if anything.
    pub(super) returns: Option<String>,
    /// What a type that is written in it mentions.
    pub(super) mentions: Vec<String>,
    /// What its body or its value uses.
    pub(super) uses: Vec<String>,
    /// The methods that its body calls.
    pub(super) calls: Vec<String>,
}

impl Draft {
    pub(super) fn new(what: What, name: String) -> Self {
        Self {
            what,
            name,
            visibility: VisibilityWord::Public,
            flags: Vec::new(),
            receiver: Receiver::None,
            lines: None,
            attributes: Vec::new(),
            derives: Vec::new(),
            implements: Vec::new(),
            parameters: Vec::new(),
            fields: Vec::new(),
            methods: Vec::new(),
            contents: Vec::new(),
            beside: Vec::new(),
            returns: None,
            mentions: Vec::new(),
            uses: Vec::new(),
            calls: Vec::new(),
        }
    }

    pub(super) fn is(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }

    pub(super) fn parts(&mut self, whole: Whole) -> &mut Vec<Self> {
        match whole {
            Whole::Fields => &mut self.fields,
            Whole::Parameters => &mut self.parameters,
            Whole::Methods => &mut self.methods,
            Whole::Contents => &mut self.contents,
            Whole::File => &mut self.beside,
        }
    }
}

impl What {
    pub(super) fn kind(self) -> Option<ItemKind> {
        match self {
            Self::Item(kind) => Some(kind),
            Self::Parameter => None,
        }
    }

    fn is_of(self, kinds: &[ItemKind]) -> bool {
        self.kind().is_some_and(|kind| kinds.contains(&kind))
    }

    pub(super) fn is_type(self) -> bool {
        self.is_of(&[ItemKind::Struct, ItemKind::Enum, ItemKind::Union])
    }

    fn is_function(self) -> bool {
        self.is_of(&[ItemKind::Fn, ItemKind::Method])
    }

    /// Whether a key can hold of it at all.
    pub(super) fn can(self, wish: &Wish<'_>) -> bool {
        use ItemKind::{
            Const, Enum, Field, Impl, Macro, Method, Module, Static, Struct, Trait, Type, Union,
            Use, Variant,
        };
        match wish {
            Wish::Kind(_) | Wish::Path(_) | Wish::Visibility(_) | Wish::Attribute(_) => {
                self != Self::Parameter
            }
            Wish::Name(_) | Wish::Within(_) | Wish::File(_) => true,
            Wish::Is(flag) => self.can_be(*flag),
            Wish::VisibleOutside(_) => self.can_be(Flag::Exported),
            Wish::Receiver(_) => self.is_of(&[Method]),
            Wish::Lines(_) => self != Self::Parameter && !self.is_of(&[Field, Use]),
            Wish::Derives(_) => self.is_type(),
            Wish::Implements(_) => self.is_type() || self.is_of(&[Impl]),
            Wish::Implemented(_) => self.is_of(&[Trait]),
            Wish::Such => false,
            Wish::Mentions(..) | Wish::MentionsOnly(_) => !self.is_of(&[Module, Macro]),
            Wish::Uses(_) | Wish::Calls(_) => {
                self.is_function()
                    || self.is_type()
                    || self.is_of(&[Const, Static, Trait, Impl, Module])
            }
            Wish::Parts(Whole::Fields, ..) => self.is_of(&[Struct, Union, Variant]),
            Wish::Returns(_) | Wish::Parts(Whole::Parameters, ..) => self.is_function(),
            Wish::Parts(Whole::Methods, ..) => self.is_type() || self.is_of(&[Trait, Impl]),
            Wish::Parts(Whole::Contents, ..) => self.is_of(&[Module, Trait, Impl, Enum]),
            Wish::Parts(Whole::File, ..) => {
                self != Self::Parameter && !self.is_of(&[Field, Method, Variant, Type])
            }
        }
    }

    fn can_be(self, flag: Flag) -> bool {
        use ItemKind::{Const, Impl, Static, Trait, Type, Use};
        match flag {
            Flag::Async | Flag::Const => self.is_function(),
            Flag::Unsafe => self.is_function() || self.is_of(&[Trait, Impl]),
            Flag::Generic => {
                self.is_type() || self.is_function() || self.is_of(&[Trait, Type, Impl])
            }
            Flag::Mutable => self.is_of(&[Static]),
            Flag::Exported => self != Self::Parameter && !self.is_of(&[ItemKind::Macro]),
            Flag::Documented => self != Self::Parameter && !self.is_of(&[Use]),
            Flag::HasBody => self.is_function() || self.is_of(&[Const, Static, Type]),
            Flag::Test => true,
            Flag::Tested => {
                self.is_type() || self.is_of(&[ItemKind::Fn, Const, Static, Type, Trait])
            }
        }
    }
}

impl<'s> Drafter<'_, 's> {
    /// A draft of which everything that is asked holds, as far as that lies in the draft and
    /// not in where it stands; `None` where none is found.
    pub(super) fn draft(&mut self, what: What, way: &[Asked<'s>]) -> Option<Draft> {
        let name = self.name(what, way)?;
        self.draft_named(what, way, name)
    }

    /// The same, with its name given.
    pub(super) fn draft_named(
        &mut self,
        what: What,
        way: &[Asked<'s>],
        name: String,
    ) -> Option<Draft> {
        // What cannot hold of it does not, if that is what is asked.
        let is_met_anyway = |asked: &&Asked<'_>| !asked.holds && !what.can(&asked.wish);
        let way: Vec<Asked<'s>> =
            way.iter().filter(|asked| !is_met_anyway(asked)).copied().collect();
        if way.iter().any(|asked| !what.can(&asked.wish)) || !is_of_kind(what, &way) {
            return None;
        }
        let mut draft = Draft::new(what, name);
        draft.visibility = visibility(what, &way)?;
        draft.flags = flags(what, &way)?;
        draft.receiver = receiver(&way)?;
        set_lines(&mut draft, &way)?;
        let named = |wish: fn(&Wish<'s>) -> Option<&'s NamedTarget>| lists(&way, wish);
        draft.attributes = self.all(Purpose::Mark, &named(Wish::attribute))?;
        draft.derives = self.all(Purpose::Mark, &named(Wish::derives))?;
        draft.implements = self.all(Purpose::Trait, &named(Wish::implements))?;
        self.set_returns(&mut draft, &way)?;
        self.fill(&mut draft, &way)?;
        Some(draft)
    }
}

/// What must hold of several things of one kind, and what must not.
pub(super) struct Named<'s> {
    pub(super) wanted: Vec<&'s NamedTarget>,
    pub(super) unwanted: Vec<&'s NamedTarget>,
}

pub(super) fn lists<'s>(
    way: &[Asked<'s>],
    of: impl Fn(&Wish<'s>) -> Option<&'s NamedTarget>,
) -> Named<'s> {
    let list = |holds: bool| {
        let asked = way.iter().filter(|asked| asked.holds == holds);
        asked.filter_map(|asked| of(&asked.wish)).collect()
    };
    Named { wanted: list(true), unwanted: list(false) }
}

impl<'s> Wish<'s> {
    fn attribute(&self) -> Option<&'s NamedTarget> {
        if let Self::Attribute(named) = self { Some(named) } else { None }
    }

    fn derives(&self) -> Option<&'s NamedTarget> {
        if let Self::Derives(named) = self { Some(named) } else { None }
    }

    fn implements(&self) -> Option<&'s NamedTarget> {
        if let Self::Implements(named) = self { Some(named) } else { None }
    }

    pub(super) fn mentions(&self) -> Option<&'s NamedTarget> {
        match self {
            Self::Mentions(Place::Signature | Place::Exposed, named) => Some(named),
            _ => None,
        }
    }

    pub(super) fn mentions_only(&self) -> Option<&'s NamedTarget> {
        if let Self::MentionsOnly(named) = self { Some(named) } else { None }
    }

    pub(super) fn uses(&self) -> Option<&'s NamedTarget> {
        if let Self::Uses(named) = self { Some(named) } else { None }
    }
}

fn is_of_kind(what: What, way: &[Asked<'_>]) -> bool {
    way.iter().all(|asked| match asked.wish {
        Wish::Kind(kinds) => what.is_of(kinds) == asked.holds,
        _ => true,
    })
}

/// What is as all of `way` asks, where it says something of such a thing.
fn first<T: Copy>(
    choices: &[T],
    way: &[Asked<'_>],
    says: impl Fn(&Wish<'_>, T) -> Option<bool>,
) -> Option<T> {
    let is_asked = |choice: T| {
        way.iter().all(|asked| says(&asked.wish, choice).is_none_or(|says| says == asked.holds))
    };
    choices.iter().copied().find(|choice| is_asked(*choice))
}

fn visibility(what: What, way: &[Asked<'_>]) -> Option<VisibilityWord> {
    use VisibilityWord::{Crate, In, Private, Public, Super};
    let is_shown = |holds: bool| {
        let mut shown = way.iter().filter(|asked| asked.holds == holds);
        shown.any(|asked| matches!(asked.wish, Wish::Is(Flag::Exported) | Wish::VisibleOutside(_)))
    };
    // An impl has no visibility of its own.
    let choices: &[VisibilityWord] = match what {
        What::Item(ItemKind::Impl) => &[Private],
        _ if is_shown(true) => &[Public],
        _ if is_shown(false) => &[Private, Crate, Super, Public],
        What::Item(ItemKind::Field) => &[Private, Public, Crate, Super],
        _ => &[Public, Private, Crate, Super],
    };
    first(choices, way, |wish, choice| match wish {
        Wish::Visibility(words) => {
            Some(words.contains(&choice) || (choice == Super && words.contains(&In)))
        }
        _ => None,
    })
}

fn flags(what: What, way: &[Asked<'_>]) -> Option<Vec<Flag>> {
    const ALL: [Flag; 9] = [
        Flag::Async,
        Flag::Unsafe,
        Flag::Const,
        Flag::Generic,
        Flag::Mutable,
        Flag::Documented,
        Flag::HasBody,
        Flag::Test,
        Flag::Tested,
    ];
    let mut flags = Vec::new();
    for flag in ALL {
        let usual = flag == Flag::HasBody && what.can_be(flag);
        let is_so = first(&[usual, !usual], way, |wish, choice| match wish {
            Wish::Is(asked) if *asked == flag => Some(choice),
            _ => None,
        })?;
        // Only a trait holds functions without a body.
        let is_writable = is_so || !usual || what == What::Item(ItemKind::Method);
        if !is_writable {
            return None;
        }
        flags.extend(is_so.then_some(flag));
    }
    Some(flags)
}

fn receiver(way: &[Asked<'_>]) -> Option<Receiver> {
    let choices = [Receiver::None, Receiver::Ref, Receiver::Mut, Receiver::Owned];
    first(&choices, way, |wish, choice| match wish {
        Wish::Receiver(receivers) => Some(receivers.contains(&choice)),
        _ => None,
    })
}

/// `None` where no number of lines will do.
fn set_lines(draft: &mut Draft, way: &[Asked<'_>]) -> Option<()> {
    let amounts = way.iter().filter_map(|asked| match asked.wish {
        Wish::Lines(amount) => Some(amount),
        _ => None,
    });
    let bounds = amounts.flat_map(|amount| [amount.min, amount.max]).flatten();
    let mut choices: Vec<u32> = bounds
        .flat_map(|bound| [bound, bound.saturating_add(1), bound.saturating_sub(1)])
        .collect();
    if choices.is_empty() {
        return Some(());
    }
    choices.sort_unstable();
    choices.retain(|lines| *lines > 0);
    let lines = first(&choices, way, |wish, choice| match wish {
        Wish::Lines(amount) => Some(amount.allows(choice as usize)),
        _ => None,
    })?;
    draft.lines = Some(lines);
    Some(())
}
