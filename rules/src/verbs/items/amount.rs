//! How many there may be of something.

use super::selector::Selector;

/// How many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Amount {
    /// The fewest.
    pub min: Option<u32>,
    /// The most.
    pub max: Option<u32>,
}

impl Amount {
    /// This many.
    #[must_use]
    pub fn exactly(number: u32) -> Self {
        Self { min: Some(number), max: Some(number) }
    }

    /// Whether there may be so many.
    #[must_use]
    pub fn allows(self, number: usize) -> bool {
        self.min.is_none_or(|min| number >= min as usize)
            && self.max.is_none_or(|max| number <= max as usize)
    }

    /// What there is beyond the most.
    pub(super) fn surplus<T>(self, things: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        things.skip(self.max.map_or(usize::MAX, |max| max as usize))
    }

    /// So many things, as in "at most 2 fields that are `pub`".
    pub(super) fn of(self, thing: &str, which: Option<&Selector>) -> String {
        let (number, last) = match (self.min, self.max) {
            (_, Some(0)) => ("no".to_owned(), 1),
            (Some(min), Some(max)) if min == max => (format!("exactly {min}"), min),
            (Some(min), Some(max)) => (format!("between {min} and {max}"), max),
            (Some(min), None) => (format!("at least {min}"), min),
            (None, Some(max)) => (format!("at most {max}"), max),
            (None, None) => ("any number of".to_owned(), 2),
        };
        let plural = if last == 1 { "" } else { "s" };
        let such = which.map(Selector::clause);
        let such = such.map_or_else(String::new, |such| {
            format!(" that {}", if last == 1 { such.says } else { such.several })
        });
        format!("{number} {thing}{plural}{such}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_said_and_compared() {
        let amount = |min, max| Amount { min, max };
        for (amount, said, allowed) in [
            (Amount::exactly(1), "exactly 1 field", &[1][..]),
            (Amount::exactly(2), "exactly 2 fields", &[2]),
            (Amount::exactly(0), "no field", &[0]),
            (amount(Some(1), None), "at least 1 field", &[1, 2, 3]),
            (amount(None, Some(2)), "at most 2 fields", &[0, 1, 2]),
            (amount(Some(1), Some(2)), "between 1 and 2 fields", &[1, 2]),
        ] {
            assert_eq!(amount.of("field", None), said);
            let found: Vec<usize> = (0..4).filter(|number| amount.allows(*number)).collect();
            assert_eq!(found, allowed, "{said}");
            let most = amount.max.map_or(4, |max| max as usize);
            assert!(amount.surplus(0..4).eq(most..4), "{said}");
        }
    }
}
