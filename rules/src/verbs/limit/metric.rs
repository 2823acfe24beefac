//! What can be measured of something, and how much of it is allowed.

/// What is measured. What test code adds to it counts where the rule holds for test code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Lines, blank ones and comments included: of a module its file, or from `mod` to its
    /// closing brace, with the modules in braces inside; of other parts all their modules,
    /// a file once; of an item from its first word to its last token, attributes and
    /// documentation apart.
    Lines,
    /// Items that stand right in its modules: structs, enums, unions, traits, functions,
    /// constants, statics, type aliases and macros. No impls, imports and modules.
    Items,
    /// Those of the items that are `pub`, whether or not their path is.
    PublicItems,
    /// Fields of a struct, union or variant.
    Fields,
    /// Parameters of a function, `self` apart.
    Parameters,
    /// Methods of a trait, an impl, or a type by all its impls; functions without `self`
    /// included.
    Methods,
    /// Variants of an enum.
    Variants,
    /// How many other parts use it: afferent coupling.
    FanIn,
    /// How many other parts it uses: efferent coupling.
    FanOut,
    /// Fan-out, of fan-in and fan-out together: 0 is stable, 1 is not. Nothing where both
    /// are 0.
    Instability,
    /// Robert C. Martin's distance from the main sequence: how far abstractness and
    /// instability together are from 1. Abstractness is the share of traits among the public
    /// types (traits, structs, enums and unions). Nothing where one of the two is nothing.
    Distance,
}

impl Metric {
    /// All of them, each with its word.
    pub const WORDS: [(&'static str, Self); 11] = [
        ("lines", Self::Lines),
        ("items", Self::Items),
        ("public-items", Self::PublicItems),
        ("fields", Self::Fields),
        ("parameters", Self::Parameters),
        ("methods", Self::Methods),
        ("variants", Self::Variants),
        ("fan-in", Self::FanIn),
        ("fan-out", Self::FanOut),
        ("instability", Self::Instability),
        ("distance", Self::Distance),
    ];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        let known = Self::WORDS.iter().find(|(_, metric)| *metric == self);
        known.map_or("", |(word, _)| word)
    }

    /// Whether parts of the workspace have it.
    #[must_use]
    pub fn is_of_parts(self) -> bool {
        !matches!(self, Self::Fields | Self::Parameters | Self::Methods | Self::Variants)
    }

    /// Whether items have it.
    #[must_use]
    pub fn is_of_items(self) -> bool {
        matches!(
            self,
            Self::Lines | Self::Fields | Self::Parameters | Self::Methods | Self::Variants
        )
    }

    /// Whether it lies between 0 and 1; else it is a whole number.
    #[must_use]
    pub fn is_share(self) -> bool {
        matches!(self, Self::Instability | Self::Distance)
    }

    /// What one has of it: "lines", "an instability".
    pub(super) fn one(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Items => "items",
            Self::PublicItems => "public items",
            Self::Fields => "fields",
            Self::Parameters => "parameters",
            Self::Methods => "methods",
            Self::Variants => "variants",
            Self::FanIn => "a fan-in",
            Self::FanOut => "a fan-out",
            Self::Instability => "an instability",
            Self::Distance => "a distance from the main sequence",
        }
    }

    /// Whether it is said as "a fan-in of 3", and not as "3 lines".
    fn is_named(self) -> bool {
        matches!(self, Self::FanIn | Self::FanOut | Self::Instability | Self::Distance)
    }

    /// So much of it.
    pub(super) fn amount(self, value: f64) -> String {
        if self.is_named() {
            return format!("{} of {}", self.one(), self.number(value));
        }
        let word = self.one();
        let singular = value.to_bits() == 1_f64.to_bits();
        let word = if singular { word.trim_end_matches('s') } else { word };
        format!("{value} {word}")
    }

    /// What is demanded of it: "at most 5 parameters", "a fan-out of at most 10".
    pub(super) fn demand(self, bounds: Bounds) -> String {
        let words = bounds.words();
        if self.is_named() {
            format!("{} of {words}", self.one())
        } else {
            format!("{words} {}", self.one())
        }
    }

    /// A value as it is shown: shares with two digits behind the point.
    fn number(self, value: f64) -> String {
        if self.is_share() { format!("{value:.2}") } else { value.to_string() }
    }
}

/// What is allowed of a metric.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The least.
    pub min: Option<f64>,
    /// The most.
    pub max: Option<f64>,
}

impl Bounds {
    /// Whether so much is allowed.
    #[must_use]
    pub fn allow(self, value: f64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }

    /// In words: "at most 5", "between 1 and 3".
    pub(super) fn words(self) -> String {
        match (self.min, self.max) {
            (Some(min), Some(max)) => {
                format!("between {min} and {max}")
            }
            (Some(min), None) => format!("at least {min}"),
            (None, Some(max)) => format!("at most {max}"),
            (None, None) => "any".to_owned(),
        }
    }
}
