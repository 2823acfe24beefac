//! Path patterns, compiled once.
//!
//! A pattern is written like a path: `shop_domain::orders::*`. It names a subtree: the
//! things whose path it matches, and everything below them. Which things of a workspace
//! those are is found by [`crate::tree::PathTree::roots`], which walks the tree of paths
//! and the pattern together; [`Pattern::matches`] answers for one path given as text.

mod parse;
mod segment;

pub use parse::PatternError;
pub use segment::Glob;

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
    /// `<name>`: one segment of a path, whatever its name.
    Capture(String),
    /// `**`: any number of segments, none included.
    Deep,
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
        if segments.len() > Self::MAX_SEGMENTS {
            return Err(PatternError::TooLong);
        }
        Ok(Self { text: format!("{}::{rest}", self.text), segments, target: self.target.clone() })
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

    /// The names of its captures, in order.
    pub fn captures(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Capture(name) => Some(name.as_str()),
            Segment::Glob(_) | Segment::Deep => None,
        })
    }

    /// How many segments can only match one name, and how many characters are given in
    /// the others: of two patterns that match the same thing, the one with more of the
    /// first, then of the second, is the more specific.
    #[must_use]
    pub fn literalness(&self) -> (usize, usize) {
        let globs = self.segments.iter().filter_map(|segment| match segment {
            Segment::Glob(glob) => Some(glob),
            Segment::Capture(_) | Segment::Deep => None,
        });
        let (mut literal, mut characters) = (usize::from(self.target.is_some()), 0);
        for glob in globs {
            if glob.as_literal().is_some() {
                literal += 1;
            } else {
                characters += glob.given_characters();
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
        self.advance_any(progress, |glob| glob.matches(name))
    }

    /// The progress after a segment of a path for which `accepts` says whether a glob
    /// matches it. The first segment of a path has several names (of the package, of the
    /// crate), any of which may match.
    pub fn advance_any(&self, progress: Progress, accepts: impl Fn(&Glob) -> bool) -> Progress {
        let mut next = 0;
        for (index, segment) in self.segments.iter().enumerate() {
            if progress.0 & (1 << index) == 0 {
                continue;
            }
            match segment {
                Segment::Deep => next |= 1 << index,
                Segment::Capture(_) => next |= 1 << (index + 1),
                Segment::Glob(glob) if accepts(glob) => next |= 1 << (index + 1),
                Segment::Glob(_) => {}
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

/// A crate's or package's name as patterns compare it: hyphen and underscore are equal.
#[must_use]
pub fn normalized(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests;
