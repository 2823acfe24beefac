//! What the process tells about itself: its log, one line for each thing that happens.

use std::io::IsTerminal;

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

use crate::config::{Config, LogFormat};
use crate::failure::Failure;

/// Begins to log to the standard output, and takes over what panics say: two lines about one
/// thing, one of them without a form, are hard to find again.
///
/// # Errors
///
/// When the filter is none, or something in this process logs already.
pub fn begin(config: &Config) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&config.log.filter)
        .map_err(|error| config.problem("log.filter", error))?;
    let log = match config.log.format {
        LogFormat::Text => {
            let is_terminal = std::io::stdout().is_terminal();
            fmt::layer().compact().with_target(false).with_ansi(is_terminal).boxed()
        }
        LogFormat::Json => fmt::layer().json().flatten_event(true).boxed(),
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
