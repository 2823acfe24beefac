//! What the process tells about itself: its log, one line for each thing that happens.

use std::io::{IsTerminal, Write, stderr, stdout};

use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

use crate::config::{Config, LogFormat};
use crate::failure::Failure;

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
    fn is_terminal(self) -> bool {
        match self {
            Self::Standard => stdout().is_terminal(),
            Self::Error => stderr().is_terminal(),
        }
    }
}

/// Begins to log, and takes over what panics say: two lines about one thing, one of them
/// without a form, are hard to find again.
///
/// # Errors
///
/// When the filter is none, or something in this process logs already.
pub fn begin(config: &Config, output: LogOutput) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&config.log.filter)
        .map_err(|error| config.problem("log.filter", error))?;
    let log = match config.log.format {
        LogFormat::Text => {
            let layer = fmt::layer().with_writer(output).with_ansi(output.is_terminal());
            layer.compact().with_target(false).boxed()
        }
        LogFormat::Json => fmt::layer().with_writer(output).json().flatten_event(true).boxed(),
    };
    // Whoever exports traces adds one more layer here.
    let begun = registry().with(filter).with(log).try_init();
    begun.map_err(|error| Failure::Telemetry(error.into()))?;
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let message = panic.payload_as_str().unwrap_or("of another kind");
        tracing::error!(message, place, "panic");
    }));
    Ok(())
}
