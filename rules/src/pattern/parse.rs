//! From text to a [`Pattern`].

use thiserror::Error;

use super::segment::GlobError;
use super::{Capture, Glob, Pattern, Segment, TargetSelector, normalized};
use crate::facts::CrateKind;

/// Why a text is not a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PatternError {
    /// Nothing between two `::`, or nothing at all.
    #[error("a path pattern has a name, `*` or `**` in every segment")]
    EmptySegment,
    /// A character that no name has.
    #[error("`{character}` cannot stand in the segment `{segment}` of a path pattern")]
    Character {
        /// The character.
        character: char,
        /// The segment it stands in.
        segment: String,
    },
    /// A hyphen behind the first segment.
    #[error(
        "only the first segment, a package or crate, can have a hyphen: `{0}` is a module or an item"
    )]
    Hyphen(String),
    /// `**` beside other characters.
    #[error("`**` is a segment of its own, which `{0}` is not")]
    Deep(String),
    /// Braces within braces.
    #[error("braces within braces, as in `{0}`, are not part of the pattern language")]
    NestedBraces(String),
    /// A brace without its partner in the same segment.
    #[error("the braces of `{0}` do not close within the segment")]
    UnbalancedBraces(String),
    /// Braces that stand for too many names.
    #[error("the braces of `{0}` stand for more than a thousand names")]
    TooManyAlternatives(String),
    /// `<` without `>`, a capture without a name, or several in one segment.
    #[error(
        "a segment captures once and by a name, as in `shop::<context>::domain` or `shop-<context>-domain`; `{0}` does not"
    )]
    Capture(String),
    /// `*`, `?` or braces beside a capture.
    #[error("beside a capture stands plain text, so that it is clear what is captured of `{0}`")]
    CaptureBesideGlob(String),
    /// More captures than [`Pattern::MAX_CAPTURES`].
    #[error("a path pattern captures at most {} segments", Pattern::MAX_CAPTURES)]
    TooManyCaptures,
    /// Brackets that do not name a target.
    #[error(
        "`[{0}]` names no Cargo target: write `[lib]`, `[bin:NAME]`, `[test:NAME]`, `[bench:NAME]`, `[example:NAME]` or `[build]`"
    )]
    Target(String),
    /// Brackets behind the first segment.
    #[error("only the first segment, a package, can be limited to a Cargo target: `{0}` cannot")]
    TargetPlace(String),
    /// `**` or a capture where a name is meant.
    #[error("`{0}` is not a pattern for a name: write `*` for any characters")]
    NotAName(String),
    /// More segments than [`Pattern::MAX_SEGMENTS`].
    #[error("a path pattern has at most {} segments", Pattern::MAX_SEGMENTS)]
    TooLong,
}

/// Parses a whole pattern.
pub(super) fn pattern(text: &str) -> Result<Pattern, PatternError> {
    let (first, rest) = match text.split_once("::") {
        Some((first, rest)) => (first, Some(rest)),
        None => (text, None),
    };
    let (name, target) = match first.split_once('[') {
        Some((name, selector)) => (name, Some(target(selector)?)),
        None => (first, None),
    };
    // Hyphens of packages are equal to underscores, and a capture's name has none.
    let captured = name.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    if captured.is_some_and(|(captured, _)| captured.contains('-')) {
        return Err(PatternError::Capture(name.to_owned()));
    }
    let mut segments = vec![segment(&normalized(name))?];
    if let Some(rest) = rest {
        segments.extend(continuation(rest)?);
    }
    checked(Pattern { text: text.to_owned(), segments, target })
}

/// A pattern that is not too long.
pub(super) fn checked(pattern: Pattern) -> Result<Pattern, PatternError> {
    if pattern.segments.len() > Pattern::MAX_SEGMENTS {
        return Err(PatternError::TooLong);
    }
    if pattern.captures().count() > Pattern::MAX_CAPTURES {
        return Err(PatternError::TooManyCaptures);
    }
    Ok(pattern)
}

/// Parses the segments behind the first.
pub(super) fn continuation(text: &str) -> Result<Vec<Segment>, PatternError> {
    text.split("::")
        .map(|part| {
            if part.contains('-') {
                return Err(PatternError::Hyphen(part.to_owned()));
            }
            if part.contains('[') {
                return Err(PatternError::TargetPlace(part.to_owned()));
            }
            segment(part.strip_prefix("r#").unwrap_or(part))
        })
        .collect()
}

/// Parses a pattern for one name.
pub(super) fn name(text: &str) -> Result<Glob, PatternError> {
    match segment(text)? {
        Segment::Glob(glob) => Ok(glob),
        Segment::Capture(_) | Segment::Deep => Err(PatternError::NotAName(text.to_owned())),
    }
}

fn segment(text: &str) -> Result<Segment, PatternError> {
    if text.is_empty() {
        return Err(PatternError::EmptySegment);
    }
    if text == "**" {
        return Ok(Segment::Deep);
    }
    if text.contains("**") {
        return Err(PatternError::Deep(text.to_owned()));
    }
    if text.contains(['<', '>']) {
        return capture(text).map(Segment::Capture);
    }
    let is_allowed =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '*' | '?' | '{' | '}' | ',' | ' ');
    if let Some(character) = text.chars().find(|c| !is_allowed(*c)) {
        return Err(PatternError::Character { character, segment: text.to_owned() });
    }
    let outside_braces = text.split('{').enumerate().map(|(index, part)| match index {
        0 => part,
        _ => part.split_once('}').map_or("", |(_, after)| after),
    });
    if let Some(character) = outside_braces.flat_map(str::chars).find(|c| matches!(c, ',' | ' ')) {
        return Err(PatternError::Character { character, segment: text.to_owned() });
    }
    Glob::parse(text).map(Segment::Glob).map_err(|error| match error {
        GlobError::Nested => PatternError::NestedBraces(text.to_owned()),
        GlobError::Unbalanced => PatternError::UnbalancedBraces(text.to_owned()),
        GlobError::TooMany => PatternError::TooManyAlternatives(text.to_owned()),
    })
}

/// Parses a segment with a capture.
fn capture(text: &str) -> Result<Capture, PatternError> {
    let wrong = || PatternError::Capture(text.to_owned());
    let (before, rest) = text.split_once('<').ok_or_else(wrong)?;
    let (name, after) = rest.split_once('>').ok_or_else(wrong)?;
    let (name, is_other) = match name.strip_prefix('!') {
        Some(name) => (name, true),
        None => (name, false),
    };
    if !is_name(name) || [before, after].iter().any(|text| text.contains(['<', '>'])) {
        return Err(wrong());
    }
    let given = || before.chars().chain(after.chars());
    if given().any(|c| matches!(c, '*' | '?' | '{' | '}' | ',')) {
        return Err(PatternError::CaptureBesideGlob(text.to_owned()));
    }
    if let Some(character) = given().find(|c| !c.is_alphanumeric() && *c != '_') {
        return Err(PatternError::Character { character, segment: text.to_owned() });
    }
    let (before, after) = (before.to_owned(), after.to_owned());
    Ok(Capture { name: name.to_owned(), is_other, before, after })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Parses what follows the `[` of `shop[bin:server]`.
fn target(text: &str) -> Result<TargetSelector, PatternError> {
    let inside = text.strip_suffix(']');
    let wrong = || PatternError::Target(inside.unwrap_or(text).to_owned());
    let (word, name) = match inside.ok_or_else(wrong)?.split_once(':') {
        Some((word, name)) => (word, Some(name)),
        None => (inside.unwrap_or(text), None),
    };
    let kinds = [
        CrateKind::Lib,
        CrateKind::ProcMacro,
        CrateKind::Bin,
        CrateKind::Example,
        CrateKind::Test,
        CrateKind::Bench,
        CrateKind::BuildScript,
    ];
    let kind = kinds.into_iter().find(|kind| kind.word() == word).ok_or_else(wrong)?;
    let is_only_one =
        matches!(kind, CrateKind::Lib | CrateKind::ProcMacro | CrateKind::BuildScript);
    match name.map(normalized) {
        Some(name) if is_name(&name) => Ok(TargetSelector { kind, name: Some(name) }),
        None if is_only_one => Ok(TargetSelector { kind, name: None }),
        _ => Err(wrong()),
    }
}
