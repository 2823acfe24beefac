//! What the process tells about itself: its log, one line for each thing that happens; what is
//! measured; and, when the settings say where to, traces.

mod log_output;
mod measurements;
mod statements;
mod traces;

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

use crate::config::{Config, LogFormat};
use crate::failure::Failure;

pub use log_output::LogOutput;
pub use measurements::Measurements;
pub(crate) use traces::take_over_trace;

/// What tells about this process, from its start to its end.
pub struct Telemetry {
    /// What is measured.
    pub measurements: Measurements,
    traces: Option<traces::Traces>,
}

impl Telemetry {
    /// Whether traces are sent.
    #[must_use]
    pub fn has_traces(&self) -> bool {
        self.traces.is_some()
    }

    /// Sends what was not sent yet. It waits, for a few seconds at the most.
    pub fn end(self) {
        if let Some(traces) = self.traces {
            traces.end();
        }
    }
}

/// Begins to log, to measure and to trace, and takes over what panics say: two lines about one
/// thing, one of them without a form, are hard to find again.
///
/// # Errors
///
/// When the filter is none, traces cannot be sent to where they should, or something in this
/// process logs or measures already.
pub fn begin(config: &Config, output: LogOutput) -> Result<Telemetry, Failure> {
    let filter = EnvFilter::try_new(&config.log.filter)
        .map_err(|error| config.problem("log.filter", error))?;
    let log = match config.log.format {
        LogFormat::Text => {
            let layer = fmt::layer().with_writer(output).with_ansi(output.is_terminal());
            layer.compact().with_target(false).boxed()
        }
        LogFormat::Json => fmt::layer().with_writer(output).json().flatten_event(true).boxed(),
    };
    let measurements = Measurements::begin()?;
    let traces = traces::Traces::begin(config)?;
    // Each has a filter of its own: statements are counted, whatever is logged.
    let begun = registry()
        .with(log.with_filter(filter))
        .with(statements::CountStatements.with_filter(statements::filter()))
        .with(traces.as_ref().map(traces::Traces::layer))
        .try_init();
    begun.map_err(|error| Failure::Telemetry(error.into()))?;
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let message = panic.payload_as_str().unwrap_or("of another kind");
        tracing::error!(message, place, "panic");
    }));
    Ok(Telemetry { measurements, traces })
}
