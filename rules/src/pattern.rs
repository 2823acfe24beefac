//! Path patterns, compiled once.
//!
//! A pattern is written like a path: `shop_domain::orders::*`. It names a subtree: the
//! things whose path it matches, and everything below them. Which things of a workspace
//! those are is found by [`crate::tree::PathTree::roots`], which walks the tree of paths
//! and the pattern together; [`Pattern::matches`] answers for one path given as text.

mod capture;
mod parse;
mod segment;

pub use capture::{Capture, Captured};
pub use parse::PatternError;
pub use segment::Glob;

use rustc_hash::FxHashSet;

use crate::facts::CrateKind;

/// A compiled path pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    segments: Vec<Segment>,
    target: Option<TargetSelector>,
}

/// One segment of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// One segment of a path, its name matched by a glob.
    Glob(Glob),
    /// `<name>`: one segment of a path, the name of which is remembered.
    Capture(Capture),
    /// `**`: any number of segments, none included.
    Deep,
}

impl Segment {
    /// Whether it matches a segment of a path called `name`.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        match self {
            Self::Glob(glob) => glob.matches(name),
            Self::Capture(capture) => capture.value(name).is_some(),
            Self::Deep => true,
        }
    }

    /// Whether it matches one name only.
    #[must_use]
    pub fn is_literal(&self) -> bool {
        matches!(self, Self::Glob(glob) if glob.as_literal().is_some())
    }

    /// A name that it matches, with `filler` for what it leaves open; `None` for `**`, which
    /// need not stand for anything.
    #[must_use]
    pub fn sample(&self, filler: &str) -> Option<String> {
        match self {
            Self::Glob(glob) => Some(glob.sample(filler)),
            Self::Capture(capture) => Some(capture.sample(filler)),
            Self::Deep => None,
        }
    }
}

/// The part in brackets of `shop[bin:server]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetSelector {
    /// The word before the colon.
    pub kind: CrateKind,
    /// The name of the target, hyphens turned into underscores; `[lib]` has none.
    pub name: Option<String>,
}

/// How far a walk along a path has come in a pattern: the set of segments that may be
/// matched next, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress(u64);

impl Progress {
    /// Whether no path that begins like this can match any more.
    #[must_use]
    pub fn is_dead(self) -> bool {
        self.0 == 0
    }
}

impl Pattern {
    /// The most segments a pattern may have.
    pub const MAX_SEGMENTS: usize = 60;

    /// The most segments that a pattern may capture.
    pub const MAX_CAPTURES: usize = 4;

    /// Compiles a pattern.
    ///
    /// # Errors
    ///
    /// When `text` is not a pattern; the message says what is wrong with which segment.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        parse::pattern(text)
    }

    /// Compiles a pattern for one name, such as `*{Port,Repository}`.
    ///
    /// # Errors
    ///
    /// When `text` is not a pattern of one segment.
    pub fn name(text: &str) -> Result<Glob, PatternError> {
        parse::name(text)
    }

    /// The pattern of one package, all of its targets included.
    #[must_use]
    pub fn package(name: &str) -> Self {
        Self {
            text: name.to_owned(),
            segments: vec![Segment::Glob(Glob::literal(&normalized(name)))],
            target: None,
        }
    }

    /// This pattern with further segments behind it: `shop::domain` and `**::ports` give
    /// `shop::domain::**::ports`.
    ///
    /// # Errors
    ///
    /// When `rest` is no continuation of a pattern, or the whole becomes too long.
    pub fn join(&self, rest: &str) -> Result<Self, PatternError> {
        let mut segments = self.segments.clone();
        segments.extend(parse::continuation(rest)?);
        let text = format!("{}::{rest}", self.text);
        parse::checked(Self { text, segments, target: self.target.clone() })
    }

    /// The pattern as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its segments.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The Cargo target it is limited to, if it is.
    #[must_use]
    pub fn target(&self) -> Option<&TargetSelector> {
        self.target.as_ref()
    }

    /// The only name its first segment can have, when there is just one.
    #[must_use]
    pub fn literal_root(&self) -> Option<&str> {
        match self.segments.first()? {
            Segment::Glob(glob) => glob.as_literal(),
            Segment::Capture(_) | Segment::Deep => None,
        }
    }

    /// Its captures, in order.
    pub fn captures(&self) -> impl Iterator<Item = &Capture> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Capture(capture) => Some(capture),
            Segment::Glob(_) | Segment::Deep => None,
        })
    }

    /// Whether it captures anything.
    #[must_use]
    pub fn has_captures(&self) -> bool {
        self.captures().next().is_some()
    }

    /// The pattern of what lies above; `None` for that of a crate.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let length = self.segments.len().checked_sub(1).filter(|length| *length > 0)?;
        let texts: Vec<&str> = self.text.split("::").take(length).collect();
        Some(Self {
            text: texts.join("::"),
            segments: self.segments[..length].to_vec(),
            target: self.target.clone(),
        })
    }

    /// The part that ends with its last capture: `shop::<context>` of
    /// `shop::<context>::domain`. `None` where it captures nothing.
    #[must_use]
    pub fn up_to_captures(&self) -> Option<Self> {
        let is_capture = |segment: &Segment| matches!(segment, Segment::Capture(_));
        let length = self.segments.iter().rposition(is_capture)? + 1;
        let texts: Vec<&str> = self.text.split("::").take(length).collect();
        Some(Self {
            text: texts.join("::"),
            segments: self.segments[..length].to_vec(),
            target: self.target.clone(),
        })
    }

    /// How many segments can only match one name, and how many characters are given in
    /// the others: of two patterns that match the same thing, the one with more of the
    /// first, then of the second, is the more specific.
    #[must_use]
    pub fn literalness(&self) -> (usize, usize) {
        let (mut literal, mut characters) = (usize::from(self.target.is_some()), 0);
        for segment in &self.segments {
            match segment {
                Segment::Glob(glob) if glob.as_literal().is_some() => literal += 1,
                Segment::Glob(glob) => characters += glob.given_characters(),
                Segment::Capture(capture) => characters += capture.given_characters(),
                Segment::Deep => {}
            }
        }
        (literal, characters)
    }

    /// The progress before the first segment of a path.
    #[must_use]
    pub fn start(&self) -> Progress {
        Progress(self.skip_deep(1))
    }

    /// The progress after a segment of a path called `name`.
    #[must_use]
    pub fn advance(&self, progress: Progress, name: &str) -> Progress {
        self.advance_any(progress, |segment| segment.matches(name))
    }

    /// The progress after a segment of a path for which `accepts` says whether a segment
    /// of the pattern matches it. The first segment of a path has several names (of the
    /// package, of the crate), any of which may match.
    pub fn advance_any(&self, progress: Progress, accepts: impl Fn(&Segment) -> bool) -> Progress {
        let mut next = 0;
        for (index, segment) in self.segments.iter().enumerate() {
            if progress.0 & (1 << index) == 0 {
                continue;
            }
            match segment {
                Segment::Deep => next |= 1 << index,
                segment if accepts(segment) => next |= 1 << (index + 1),
                _ => {}
            }
        }
        Progress(self.skip_deep(next))
    }

    /// Whether the path walked so far is matched.
    #[must_use]
    pub fn accepts(&self, progress: Progress) -> bool {
        progress.0 & (1 << self.segments.len()) != 0
    }

    /// Whether a longer path may be matched as well.
    #[must_use]
    pub fn can_go_on(&self, progress: Progress) -> bool {
        progress.0 & ((1 << self.segments.len()) - 1) != 0
    }

    /// Whether the pattern matches a path or something above it. The first segment of
    /// `path` is a crate's name, with underscores.
    #[must_use]
    pub fn matches<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> bool {
        let mut progress = self.start();
        for name in path {
            progress = self.advance(progress, name);
            if self.accepts(progress) {
                return true;
            }
        }
        false
    }

    /// What the captures can stand for when the pattern names exactly the path that begins
    /// with one of the names `first` and goes on with `rest`: every way to match it, those
    /// first in which the captures stand further ahead.
    #[must_use]
    pub fn captured(&self, first: &[&str], rest: &[&str]) -> Vec<Captured> {
        let mut ways = vec![(0, Captured::default())];
        let later = rest.iter().map(std::slice::from_ref);
        for names in std::iter::once(first).chain(later) {
            let mut next = Vec::new();
            for (at, captured) in self.past_deep(ways) {
                match self.segments.get(at) {
                    Some(Segment::Deep) => next.push((at, captured)),
                    Some(Segment::Glob(glob)) if names.iter().any(|name| glob.matches(name)) => {
                        next.push((at + 1, captured));
                    }
                    Some(Segment::Capture(capture)) => {
                        let values = names.iter().filter_map(|name| capture.value(name));
                        let with = values.filter_map(|value| captured.with(capture, value));
                        next.extend(with.map(|captured| (at + 1, captured)));
                    }
                    Some(Segment::Glob(_)) | None => {}
                }
            }
            ways = distinct(next);
        }
        let ends = self
            .past_deep(ways)
            .into_iter()
            .filter(|(at, captured)| *at == self.segments.len() && captured.is_consistent());
        distinct(ends.map(|(_, captured)| captured).collect())
    }

    /// Ways to match, with those added that follow a `**`, since that may stand for
    /// nothing.
    fn past_deep(&self, ways: Vec<(usize, Captured)>) -> Vec<(usize, Captured)> {
        let mut all = Vec::new();
        for (at, captured) in ways {
            let deep = self.segments[at..].iter().take_while(|segment| **segment == Segment::Deep);
            let behind = at + deep.count();
            all.extend((at..=behind).rev().map(|at| (at, captured.clone())));
        }
        distinct(all)
    }

    /// Adds to a set of bits the segments that follow a `**` in it, since that may stand
    /// for nothing.
    fn skip_deep(&self, mut bits: u64) -> u64 {
        for (index, segment) in self.segments.iter().enumerate() {
            if *segment == Segment::Deep && bits & (1 << index) != 0 {
                bits |= 1 << (index + 1);
            }
        }
        bits
    }
}

/// The first of each of several equal values.
fn distinct<T: Clone + Eq + std::hash::Hash>(values: Vec<T>) -> Vec<T> {
    let mut seen = FxHashSet::default();
    values.into_iter().filter(|value| seen.insert(value.clone())).collect()
}

/// A crate's or package's name as patterns compare it: hyphen and underscore are equal.
#[must_use]
pub fn normalized(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests;
