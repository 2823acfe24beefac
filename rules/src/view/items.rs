//! Items and modules, narrowed down step by step.

use std::fmt;

use super::{Item, OneOf, QuestionError, View, operand};
use crate::facts::ItemKind;
use crate::pattern::Pattern;
use crate::rule::{Role, Verdict, Violation};
use crate::verbs::{Selector, VisibilityWord, selected};

type Test<'a> = Box<dyn Fn(&Item<'a>) -> bool + 'a>;

/// Items and modules. Each step leaves those of which it is true as well; test code is only
/// among them where a rule, or [`View::with_tests`], asks for it. Fields and `use` declarations
/// are selected by their [`kind`](Self::kind) only.
pub struct Items<'a> {
    view: View<'a>,
    selector: Selector,
    tests: Vec<Test<'a>>,
    mistake: Option<QuestionError>,
}

impl<'a> Items<'a> {
    pub(super) fn new(view: View<'a>) -> Self {
        Self { view, selector: Selector::default(), tests: Vec::new(), mistake: None }
    }

    /// Those of one of these kinds.
    #[must_use]
    pub fn kind(self, kinds: impl OneOf<ItemKind>) -> Self {
        self.and(Selector { kinds: Some(kinds.values()), ..Selector::default() })
    }

    /// Those whose name one of these globs matches: `*Service`, `{Order,Item}*`.
    #[must_use]
    pub fn named<'t>(self, globs: impl OneOf<&'t str>) -> Self {
        let glob = |text: &str| match Pattern::name(text) {
            Ok(glob) => Ok((text.to_owned(), glob)),
            Err(error) => Err(QuestionError { message: error.to_string(), help: None }),
        };
        let globs: Result<_, _> = globs.values().into_iter().map(glob).collect();
        self.and_if(globs, |names| Selector { names: Some(names), ..Selector::default() })
    }

    /// Those in one of these subtrees: path patterns, `@layer` or `@set`, as in `layers.toml`.
    #[must_use]
    pub fn within<'t>(self, places: impl OneOf<&'t str>) -> Self {
        let within = operand::operand(&self.view, &places.values(), Role::Subject);
        self.and_if(within, |within| Selector { within: Some(within), ..Selector::default() })
    }

    /// Those that one of these path patterns names by itself, and not something above.
    #[must_use]
    pub fn at<'t>(self, paths: impl OneOf<&'t str>) -> Self {
        let paths = operand::operand(&self.view, &paths.values(), Role::Subject);
        self.and_if(paths, |paths| Selector { paths: Some(paths), ..Selector::default() })
    }

    /// Those that are `pub`.
    #[must_use]
    pub fn public(self) -> Self {
        let visibility = Some(vec![VisibilityWord::Public]);
        self.and(Selector { visibility, ..Selector::default() })
    }

    /// Those that carry one of these attributes: a name, or a path pattern for what it resolves
    /// to.
    #[must_use]
    pub fn attribute<'t>(self, names: impl OneOf<&'t str>) -> Self {
        let names = operand::named(&self.view, &names.values());
        self.and_if(names, |names| Selector { attributes: Some(names), ..Selector::default() })
    }

    /// Those that derive one of these: a name, or a path pattern for what it resolves to.
    #[must_use]
    pub fn deriving<'t>(self, names: impl OneOf<&'t str>) -> Self {
        let names = operand::named(&self.view, &names.values());
        self.and_if(names, |names| Selector { derives: Some(names), ..Selector::default() })
    }

    /// Those that implement one of these traits, by an impl or a derive: a name, or a path
    /// pattern for what it resolves to.
    #[must_use]
    pub fn implementing<'t>(self, names: impl OneOf<&'t str>) -> Self {
        let names = operand::named(&self.view, &names.values());
        self.and_if(names, |names| Selector { implements: Some(names), ..Selector::default() })
    }

    /// Those of which this is true.
    #[must_use]
    pub fn filter(mut self, test: impl Fn(&Item<'a>) -> bool + 'a) -> Self {
        self.tests.push(Box::new(test));
        self
    }

    /// The items, modules first, in the order in which the workspace declares them.
    ///
    /// # Errors
    ///
    /// When a step makes no sense, or names what is not there.
    pub fn list(self) -> Result<Vec<Item<'a>>, QuestionError> {
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        let subjects = selected(&self.selector, &self.view.context());
        let items = subjects.into_iter().map(|subject| Item::new(self.view.clone(), subject));
        Ok(items.filter(|item| self.tests.iter().all(|test| test(item))).collect())
    }

    /// A verdict: each of them must be as `holds` says. `demand` follows "must" in messages, as
    /// in "the struct `shop::Orders` must *hold no state*".
    #[must_use]
    pub fn must(self, demand: &str, holds: impl Fn(&Item<'a>) -> bool) -> Verdict {
        self.violations(|item| {
            (!holds(item)).then(|| {
                let message = format!("{item} must {demand}");
                Violation { kind: "must", ..item.violation(message) }
                    .label(format!("must {demand}"))
            })
        })
    }

    /// A verdict: none of them may be as `holds` says. `refusal` follows "must not" in messages,
    /// as in "the struct `shop::Orders` must not *hold a connection*".
    #[must_use]
    pub fn must_not(self, refusal: &str, holds: impl Fn(&Item<'a>) -> bool) -> Verdict {
        self.violations(|item| {
            holds(item).then(|| {
                let message = format!("{item} must not {refusal}");
                Violation { kind: "must-not", ..item.violation(message) }
                    .label(format!("must not {refusal}"))
            })
        })
    }

    /// A verdict of the violations that `judge` finds in each of them. Where nothing is
    /// selected there was nothing to judge.
    #[must_use]
    pub fn violations<V: IntoIterator<Item = Violation>>(
        self,
        judge: impl Fn(&Item<'a>) -> V,
    ) -> Verdict {
        let idle = match self.words().as_str() {
            "" => "there is no item".to_owned(),
            words => format!("there is no item that {words}"),
        };
        match self.list() {
            Err(mistake) => mistake.into(),
            Ok(items) if items.is_empty() => Verdict { idle: Some(idle), ..Verdict::default() },
            Ok(items) => items.iter().flat_map(judge).collect(),
        }
    }

    /// What the steps say of an item.
    fn words(&self) -> String {
        let steps: Vec<String> =
            self.selector.all.iter().flatten().map(Selector::sentence).collect();
        steps.join(" and ")
    }

    /// Narrows down to what a further selector selects.
    fn and(mut self, further: Selector) -> Self {
        self.selector.all.get_or_insert_default().push(further);
        self
    }

    fn and_if<T>(
        mut self,
        value: Result<T, QuestionError>,
        selector: impl FnOnce(T) -> Selector,
    ) -> Self {
        match value {
            Ok(value) => self.and(selector(value)),
            Err(mistake) => {
                self.mistake.get_or_insert(mistake);
                self
            }
        }
    }
}

impl fmt::Debug for Items<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Items({})", self.words())
    }
}
