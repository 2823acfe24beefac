//! From text to a [`Pattern`].

use thiserror::Error;

use super::segment::GlobError;
use super::{Glob, Pattern, Segment, TargetSelector, normalized};
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
    /// `<name>` that is not a whole segment, or has no name.
    #[error(
        "a capture is a whole segment with a name, as in `shop::<context>::domain`; `{0}` is not"
    )]
    Capture(String),
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
    let mut segments = vec![segment(&normalized(name))?];
    if let Some(rest) = rest {
        segments.extend(continuation(rest)?);
    }
    if segments.len() > Pattern::MAX_SEGMENTS {
        return Err(PatternError::TooLong);
    }
    Ok(Pattern { text: text.to_owned(), segments, target })
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
        let name = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
        return match name {
            Some(name) if is_name(name) => Ok(Segment::Capture(name.to_owned())),
            _ => Err(PatternError::Capture(text.to_owned())),
        };
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
