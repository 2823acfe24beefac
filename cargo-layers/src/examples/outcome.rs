//! What became of the examples of rules.

use layers_rules::policy::Snippet;

use super::ExampleError;

/// What became of all examples that were judged.
#[derive(Clone, Debug, Default)]
pub struct Tested {
    /// One for each example, in the order of the rules.
    pub outcomes: Vec<Outcome>,
    /// The rules that have no example.
    pub without_examples: Vec<String>,
}

/// What became of one example.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Id of its rule.
    pub rule: String,
    /// Whether it is to break the rule.
    pub kind: Kind,
    /// Its text, and where that stands.
    pub snippet: Snippet,
    /// What is wrong with it, if something is.
    pub failure: Option<Failure>,
}

/// Kinds of examples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One that breaks its rule.
    Bad,
    /// One that keeps it.
    Good,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Good => "good",
        }
    }
}

/// What can be wrong with an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It cannot be judged.
    NotJudged(ExampleError),
    /// What is found is not what its marks say. All lines with a mark or a finding are
    /// here, those that agree too.
    Differs(Vec<Difference>),
    /// A bad example in which nothing is marked, and nothing found.
    Unmarked,
    /// A good example in which the rule looks at nothing, and why.
    Vacuous(String),
}

/// What is expected and found on a line of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The line of the example's text, counted from 1; `None` where it stands in a file
    /// that the example leaves to be inferred.
    pub line: Option<usize>,
    /// The same as file and line of its workspace.
    pub place: String,
    /// How many findings are marked.
    pub expected: usize,
    /// The messages of those that are found.
    pub messages: Vec<String>,
    /// Paths on that line that lead nowhere, as written.
    pub unresolved: Vec<String>,
}

impl Difference {
    /// Whether just what is marked is found.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.expected == self.messages.len()
    }
}
