//! One segment of a pattern: `*`, `?` and `{a,b}` within a name.

/// The most alternatives the braces of one segment may stand for.
const MAX_ALTERNATIVES: usize = 1024;

/// A pattern for one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    /// The names or wildcard patterns it stands for, braces written out.
    alternatives: Vec<String>,
    /// Whether that is one name without wildcards.
    is_literal: bool,
}

/// What can be wrong with a glob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GlobError {
    /// `{` within `{…}`.
    Nested,
    /// A brace without its partner.
    Unbalanced,
    /// More than [`MAX_ALTERNATIVES`].
    TooMany,
}

impl Glob {
    /// The glob that matches just `name`.
    pub(super) fn literal(name: &str) -> Self {
        Self { alternatives: vec![name.to_owned()], is_literal: true }
    }

    /// A name that it matches, with `filler` in place of any characters.
    #[must_use]
    pub fn sample(&self, filler: &str) -> String {
        let first = self.alternatives.first().map_or("", String::as_str);
        first.replace('*', filler).replace('?', "x")
    }

    /// Names that it matches, one of each alternative, with `filler` in place of any characters.
    #[must_use]
    pub fn samples(&self, filler: &str) -> Vec<String> {
        let sample = |text: &String| text.replace('*', filler).replace('?', "x");
        self.alternatives.iter().map(sample).collect()
    }

    /// Writes out the braces of `text`.
    pub(super) fn parse(text: &str) -> Result<Self, GlobError> {
        let mut alternatives = vec![String::new()];
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, group) = rest.split_at(at);
            let group = group.strip_prefix('{').ok_or(GlobError::Unbalanced)?;
            let (inside, after) = group.split_once('}').ok_or(GlobError::Unbalanced)?;
            if inside.contains('{') {
                return Err(GlobError::Nested);
            }
            let choices: Vec<&str> = inside.split(',').map(str::trim).collect();
            if alternatives.len() * choices.len() > MAX_ALTERNATIVES {
                return Err(GlobError::TooMany);
            }
            alternatives = alternatives
                .iter()
                .flat_map(|start| {
                    choices.iter().map(move |choice| format!("{start}{before}{choice}"))
                })
                .collect();
            rest = after;
        }
        for alternative in &mut alternatives {
            alternative.push_str(rest);
        }
        let is_literal = matches!(alternatives.as_slice(), [only] if !only.contains(['*', '?']));
        Ok(Self { alternatives, is_literal })
    }

    /// Whether it matches `name`.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        if self.is_literal {
            return self.alternatives[0] == name;
        }
        self.alternatives.iter().any(|alternative| wildcard_matches(alternative, name))
    }

    /// The one name it matches, when it is just one.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        if self.is_literal { self.alternatives.first().map(String::as_str) } else { None }
    }

    /// The fewest characters that an alternative gives.
    pub(super) fn given_characters(&self) -> usize {
        let given = |text: &String| text.chars().filter(|c| !matches!(c, '*' | '?')).count();
        self.alternatives.iter().map(given).min().unwrap_or(0)
    }
}

/// Whether a pattern of `*` (any characters) and `?` (one character) matches a name.
/// Goes back to the last `*` only, which is enough because a later `*` can take over
/// whatever an earlier one could.
fn wildcard_matches(pattern: &str, name: &str) -> bool {
    let (mut pattern, mut name) = (pattern.chars(), name.chars());
    let mut last_star = None;
    loop {
        let mut ahead = pattern.clone();
        match (ahead.next(), name.clone().next()) {
            (Some('*'), _) => {
                pattern = ahead;
                last_star = Some((pattern.clone(), name.clone()));
                continue;
            }
            (None, None) => return true,
            (Some(wanted), Some(found)) if wanted == '?' || wanted == found => {
                pattern = ahead;
                name.next();
                continue;
            }
            _ => {}
        }
        let Some((after_star, taken)) = &mut last_star else { return false };
        if taken.next().is_none() {
            return false;
        }
        pattern = after_star.clone();
        name = taken.clone();
    }
}
