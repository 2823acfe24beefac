//! Captures: `<name>`, which stands for one segment or a part of it and remembers which.

/// A segment that captures: `<context>`, `shop_<context>_domain`, `<!context>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The name between the angle brackets.
    pub name: String,
    /// Whether it stands for another value than the one captured by that name: `<!name>`.
    pub is_other: bool,
    /// The text before and behind it, which the segment has as well.
    pub(super) before: String,
    pub(super) after: String,
}

impl Capture {
    /// What it captures of a segment called `name`, when it matches that.
    #[must_use]
    pub fn value<'n>(&self, name: &'n str) -> Option<&'n str> {
        let value = name.strip_prefix(self.before.as_str())?.strip_suffix(self.after.as_str())?;
        (!value.is_empty()).then_some(value)
    }

    /// A segment that it matches, with `filler` for what is captured.
    #[must_use]
    pub fn sample(&self, filler: &str) -> String {
        format!("{}{filler}{}", self.before, self.after)
    }

    /// What stands between its angle brackets.
    #[must_use]
    pub fn spelled(&self) -> String {
        if self.is_other { format!("!{}", self.name) } else { self.name.clone() }
    }

    /// The characters that it gives beside what it captures.
    pub(super) fn given_characters(&self) -> usize {
        self.before.chars().count() + self.after.chars().count()
    }
}

/// What the captures of a pattern stand for in one path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Captured {
    /// Names and values, sorted.
    values: Vec<(String, String)>,
    /// Names, and values that must differ from theirs, sorted.
    others: Vec<(String, String)>,
}

impl Captured {
    /// The values, each with the name it is captured by, sorted by name.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The values as messages name them: `orders`, or `orders, eu` where several are
    /// captured; `None` where none is.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let values: Vec<&str> = self.values().map(|(_, value)| value).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// Whether both can hold at once: what they capture by the same name is equal, and
    /// what is to differ differs.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let is_equal = self
            .values
            .iter()
            .all(|(name, value)| other.value(name).is_none_or(|theirs| theirs == value.as_str()));
        is_equal && self.differs(other) && other.differs(self)
    }

    /// Whether what must differ from the values of `other` does.
    fn differs(&self, other: &Self) -> bool {
        self.others.iter().all(|(name, value)| other.value(name) != Some(value.as_str()))
    }

    /// The value captured by `name`.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        let index = self.values.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
        Some(self.values[index].1.as_str())
    }

    /// What is captured when `capture` stands for `value` too; `None` when the same name
    /// has another value already.
    pub(super) fn with(&self, capture: &Capture, value: &str) -> Option<Self> {
        let mut captured = self.clone();
        let pair = (capture.name.clone(), value.to_owned());
        if capture.is_other {
            captured.others.push(pair);
            captured.others.sort_unstable();
            return Some(captured);
        }
        match captured.value(&capture.name) {
            Some(known) => return (known == value).then_some(captured),
            None => captured.values.push(pair),
        }
        captured.values.sort_unstable();
        Some(captured)
    }

    /// Whether what must differ within the pattern itself does.
    pub(super) fn is_consistent(&self) -> bool {
        self.differs(self)
    }
}
