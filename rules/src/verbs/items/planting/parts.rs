//! The parts of a draft: fields, parameters, methods, contents, and what stands beside it.

use super::draft::{Draft, What, lists};
use super::drafter::{Drafter, Purpose};
use super::wishes::{Asked, Way, Wish, both, ways};
use crate::facts::ItemKind;
use crate::verbs::items::amount::Amount;
use crate::verbs::items::mentions::Place;
use crate::verbs::items::parts::{Question, Whole};
use crate::verbs::items::selector::Selector;
use crate::verbs::items::words::{Flag, VisibilityWord};

const WHOLES: [Whole; 5] =
    [Whole::Fields, Whole::Parameters, Whole::Methods, Whole::Contents, Whole::File];

/// What the parts of one kind have to be.
#[derive(Default)]
struct Plan<'s> {
    /// Parts that there have to be: for each the ways to be it.
    needed: Vec<Vec<Way<'s>>>,
    /// What all of them have to be: for each demand the ways to meet it.
    all: Vec<Vec<Way<'s>>>,
    /// How many there may be.
    most: Option<u32>,
}

impl<'s> Drafter<'_, 's> {
    /// Gives a draft the parts that it needs, and what it mentions and does.
    pub(super) fn fill(&mut self, draft: &mut Draft, way: &[Asked<'s>]) -> Option<()> {
        let mut plans: Vec<(Whole, Plan<'s>)> =
            WHOLES.into_iter().map(|whole| (whole, plan(whole, way))).collect();
        self.mention(draft, way, &mut plans)?;
        self.act(draft, way, &mut plans)?;
        for asked in way.iter().filter(|asked| asked.holds) {
            if let Wish::Implemented(implemented) = asked.wish {
                self.implemented.push(implemented);
            }
        }
        for (whole, plan) in plans {
            let parts = self.parts(draft.what, whole, &plan)?;
            *draft.parts(whole) = parts;
        }
        Some(())
    }

    /// What the draft must mention: itself, where it is written with a type, else in a part.
    fn mention(
        &mut self,
        draft: &mut Draft,
        way: &[Asked<'s>],
        plans: &mut [(Whole, Plan<'s>)],
    ) -> Option<()> {
        use ItemKind::{Const, Enum, Field, Fn, Impl, Method, Static, Struct, Trait, Type};
        use ItemKind::{Union, Use, Variant};
        let What::Item(kind) = draft.what else {
            draft.mentions = self.mentioned(Purpose::Type, way)?;
            return Some(());
        };
        let part = match kind {
            Use => {
                draft.mentions = self.mentioned(Purpose::Import, way)?;
                return Some(());
            }
            Field | Const | Static | Type => {
                draft.mentions = self.mentioned(Purpose::Type, way)?;
                return Some(());
            }
            Struct | Union | Variant => Whole::Fields,
            Fn | Method => Whole::Parameters,
            Trait | Impl => Whole::Methods,
            Enum => Whole::Contents,
            ItemKind::Module | ItemKind::Macro => return Some(()),
        };
        for asked in way {
            let (place, wish, is_needed) = match asked.wish {
                Wish::Mentions(place, types) => {
                    (place, Wish::Mentions(Place::Signature, types), asked.holds)
                }
                Wish::MentionsOnly(_) => (Place::Signature, asked.wish, !asked.holds),
                _ => continue,
            };
            let mut demand = vec![Asked { wish, holds: asked.holds }];
            // What is hidden is not exposed.
            let is_hideable = matches!(kind, Struct | Union | Impl);
            if place == Place::Exposed && is_hideable {
                const PUBLIC: &[VisibilityWord] = &[VisibilityWord::Public];
                let wish = Wish::Visibility(PUBLIC);
                demand.push(Asked { wish, holds: true });
            }
            let plan = plan_of(plans, part);
            if is_needed { plan.needed.push(vec![demand]) } else { plan.all.push(vec![demand]) }
        }
        Some(())
    }

    /// Paths to all that must be mentioned; something of nobody where more than this must be.
    fn mentioned(&mut self, purpose: Purpose, way: &[Asked<'s>]) -> Option<Vec<String>> {
        let mut paths = self.all(purpose, &lists(way, Wish::mentions))?;
        let others = lists(way, Wish::mentions_only).unwanted;
        paths.extend(others.iter().map(|_| self.stranger()));
        Some(paths)
    }

    /// What the body of the draft must do: its own, where it has one, else that of a part.
    fn act(
        &mut self,
        draft: &mut Draft,
        way: &[Asked<'s>],
        plans: &mut [(Whole, Plan<'s>)],
    ) -> Option<()> {
        const FUNCTION: &[ItemKind] = &[ItemKind::Fn];
        let does = |asked: &&Asked<'s>| matches!(asked.wish, Wish::Uses(_) | Wish::Calls(_));
        let deeds: Vec<Asked<'s>> = way.iter().filter(does).copied().collect();
        let What::Item(kind) = draft.what else { return Some(()) };
        if matches!(kind, ItemKind::Fn | ItemKind::Method | ItemKind::Const | ItemKind::Static) {
            draft.uses = self.all(Purpose::Value, &lists(way, Wish::uses))?;
            for asked in deeds.iter().filter(|asked| asked.holds) {
                if let Wish::Calls(globs) = asked.wish {
                    let unique = self.unique();
                    let (_, glob) = globs.first()?;
                    draft.calls.push(glob.sample(&unique));
                }
            }
            let acts = !draft.uses.is_empty() || !draft.calls.is_empty();
            return (!acts || draft.is(Flag::HasBody)).then_some(());
        }
        let wanted: Vec<Asked<'s>> = deeds.into_iter().filter(|asked| asked.holds).collect();
        if wanted.is_empty() {
            return Some(());
        }
        let (part, kind) = match kind {
            ItemKind::Module => (Whole::Contents, Some(FUNCTION)),
            _ => (Whole::Methods, None),
        };
        let kind = kind.map(|kinds| Asked { wish: Wish::Kind(kinds), holds: true });
        let demand = wanted.into_iter().chain(kind).collect();
        plan_of(plans, part).needed.push(vec![demand]);
        Some(())
    }

    fn parts(&mut self, of: What, whole: Whole, plan: &Plan<'s>) -> Option<Vec<Draft>> {
        let too_many = plan.most.is_some_and(|most| plan.needed.len() > most as usize);
        if too_many {
            return None;
        }
        let mut parts = Vec::new();
        for needed in &plan.needed {
            let ways = plan.all.iter().fold(needed.clone(), |ways, all| both(&ways, all));
            parts.push(self.part(of, whole, &ways)?);
        }
        Some(parts)
    }

    fn part(&mut self, of: What, whole: Whole, ways: &[Way<'s>]) -> Option<Draft> {
        let kinds = kinds(of, whole);
        ways.iter().find_map(|way| kinds.iter().find_map(|what| self.draft(*what, way)))
    }
}

fn plan_of<'p, 's>(plans: &'p mut [(Whole, Plan<'s>)], wanted: Whole) -> &'p mut Plan<'s> {
    let mut found = plans.iter_mut().filter(|(whole, _)| *whole == wanted);
    &mut found.next().expect("there is a plan for all of them").1
}

/// The kinds that parts can be of, the likeliest first.
fn kinds(of: What, whole: Whole) -> Vec<What> {
    use ItemKind::{
        Const, Enum, Field, Fn, Macro, Method, Module, Static, Struct, Trait, Type, Use, Variant,
    };
    let kinds: &[ItemKind] = match (whole, of) {
        (Whole::Parameters, _) => return vec![What::Parameter],
        (Whole::Fields, _) => &[Field],
        (Whole::Methods, _) | (_, What::Item(Trait | ItemKind::Impl)) => &[Method],
        (_, What::Item(Enum)) => &[Variant],
        (Whole::Contents | Whole::File, _) => {
            &[Struct, Fn, Enum, Trait, Const, Static, Type, ItemKind::Impl, Module, Use, Macro]
        }
    };
    kinds.iter().copied().map(What::Item).collect()
}

/// What is asked of the parts of one kind.
fn plan<'s>(asked_whole: Whole, way: &[Asked<'s>]) -> Plan<'s> {
    let mut plan = Plan::default();
    for asked in way {
        if let Wish::Parts(whole, which, question) = asked.wish
            && whole == asked_whole
        {
            plan.add(which, question, asked.holds);
        }
    }
    plan
}

impl<'s> Plan<'s> {
    fn add(&mut self, which: Option<&'s Selector>, question: Question<'s>, holds: bool) {
        let such = which.map_or_else(|| vec![Vec::new()], |which| ways(which, true));
        match (question, holds) {
            (Question::Amount(amount), _) => self.count(amount, holds, &such, which),
            (Question::Every(every), true) => self.rule(which, every, true),
            (Question::Every(every), false) => self.needed.push(both(&such, &ways(every, false))),
            (Question::Some(some), true) => self.needed.push(both(&such, &ways(some, true))),
            (Question::Some(some), false) => self.rule(which, some, false),
            (Question::None(none), true) => self.rule(which, none, false),
            (Question::None(none), false) => self.needed.push(both(&such, &ways(none, true))),
        }
    }

    /// All that are such must be so, or must not.
    fn rule(&mut self, which: Option<&'s Selector>, so: &'s Selector, holds: bool) {
        let mut alternatives = ways(so, holds);
        alternatives.extend(which.into_iter().flat_map(|which| ways(which, false)));
        self.all.push(alternatives);
    }

    fn count(
        &mut self,
        amount: Amount,
        holds: bool,
        such: &[Way<'s>],
        which: Option<&'s Selector>,
    ) {
        let number = match (holds, amount) {
            (true, amount) => amount.min.unwrap_or_default(),
            // Too few is none, and too many is one more than may be.
            (false, Amount { max: Some(max), .. }) => max.saturating_add(1),
            (false, _) => 0,
        };
        let most = match (holds, amount) {
            (true, amount) => amount.max,
            (false, Amount { max: Some(_), .. }) => None,
            (false, Amount { min, .. }) => min.map(|min| min.saturating_sub(1)),
        };
        self.needed.extend((0..number).map(|_| such.to_vec()));
        if which.is_none() {
            self.most = self.most.into_iter().chain(most).min();
        }
    }
}
