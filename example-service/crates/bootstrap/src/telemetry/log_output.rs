//! Where the log is written.

use std::io::{IsTerminal, Write, stderr, stdout};

use tracing_subscriber::fmt::MakeWriter;

/// Where the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogOutput {
    /// To the standard output: a service has nothing else to write there.
    Standard,
    /// To the standard error, for programs whose output somebody reads.
    Error,
}

impl<'a> MakeWriter<'a> for LogOutput {
    type Writer = Box<dyn Write>;

    fn make_writer(&'a self) -> Self::Writer {
        match self {
            Self::Standard => Box::new(stdout()),
            Self::Error => Box::new(stderr()),
        }
    }
}

impl LogOutput {
    pub(super) fn is_terminal(self) -> bool {
        match self {
            Self::Standard => stdout().is_terminal(),
            Self::Error => stderr().is_terminal(),
        }
    }
}
