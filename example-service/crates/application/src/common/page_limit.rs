//! How much is shown at once.

use thiserror::Error;

/// How many things are shown at once: 1 to [`PageLimit::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageLimit(u32);

impl PageLimit {
    /// The most.
    pub const MAX: u32 = 100;
    /// As many as are shown to who does not say how many.
    pub const USUAL: Self = Self(20);

    /// So many.
    ///
    /// # Errors
    ///
    /// When that is none or too many.
    pub fn try_new(limit: u32) -> Result<Self, PageLimitError> {
        if (1..=Self::MAX).contains(&limit) { Ok(Self(limit)) } else { Err(PageLimitError) }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// So many are not shown at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a limit is a number from 1 to {max}", max = PageLimit::MAX)]
pub struct PageLimitError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_and_too_many_are_refused() {
        assert_eq!(PageLimit::try_new(0), Err(PageLimitError));
        assert_eq!(PageLimit::try_new(PageLimit::MAX + 1), Err(PageLimitError));
        assert_eq!(PageLimit::try_new(PageLimit::MAX).map(PageLimit::get), Ok(PageLimit::MAX));
    }
}
