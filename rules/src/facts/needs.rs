//! Facts that are only gathered where they are asked for.

use std::ops::BitOr;

/// The facts that cost something of their own, each with whether it is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// What outside crates depend on: [`super::Facts::external_graph`].
    pub external_graph: bool,
}

impl BitOr for Needs {
    type Output = Self;

    /// What either wants.
    fn bitor(self, other: Self) -> Self {
        Self { external_graph: self.external_graph || other.external_graph }
    }
}
