//! Exit codes.

use std::process::ExitCode;

/// What the exit code of a run says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// No violation, or only such as warn: code 0.
    Clean,
    /// At least one violation of severity `error`: code 1.
    Violations,
    /// Nothing could be checked: bad arguments, a bad policy, no workspace: code 2.
    Failed,
}

/// The exit codes as `--help` shows them.
pub(super) const HELP: &str = "\
Exit codes:
  0  no violation; warnings and notes alone count as none
  1  at least one violation of severity `error`
  2  the check could not be made: bad arguments, a mistake in layers.toml, no workspace";

impl Exit {
    /// The number that the process ends with.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Violations => 1,
            Self::Failed => 2,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_each_code() {
        for exit in [Exit::Clean, Exit::Violations, Exit::Failed] {
            assert!(HELP.lines().any(|line| line.starts_with(&format!("  {}  ", exit.code()))));
        }
    }
}
