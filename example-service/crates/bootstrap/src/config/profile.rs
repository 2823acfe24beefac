//! Where the service runs.

use std::fmt;

/// Where the service runs: it decides which defaults hold, and how strict the service is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// On one's own machine.
    #[default]
    Local,
    /// Where it is meant to run.
    Prod,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 2] = [Self::Local, Self::Prod];

    /// What it is called, in `APP_PROFILE` and by its file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Prod => "prod",
        }
    }

    /// The profile of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
