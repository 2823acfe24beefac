//! Writing to the standard outputs.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anstream::AutoStream;
use anstream::stream::RawStream;
use clap::ColorChoice;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use serde::Serialize;

use super::error::CommandError;
use crate::report::human::Style;

/// Makes `choice` the rule for both outputs. `auto` leaves it to the environment.
pub(super) fn choose_colours(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// Whether what is written to standard output is coloured.
pub(super) fn output_style() -> Style {
    style(&io::stdout())
}

fn style(stream: &impl RawStream) -> Style {
    match AutoStream::choice(stream) {
        anstream::ColorChoice::Never => Style::Plain,
        _ => Style::Coloured,
    }
}

/// Whether a person is likely to look at standard error right now.
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Whether a person can be asked something.
pub(super) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Writes `text` to standard output. That its reader has gone, as `head` does once it has
/// seen enough, is not an error.
pub(super) fn write_output(text: &str) -> Result<(), CommandError> {
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(CommandError::OutputNotWritten(error))
        }
        _ => Ok(()),
    }
}

/// `value` as an indented JSON document with a line break at its end.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("text and numbers") + "\n"
}

/// Writes `text` to standard error; where that is closed, nobody is left to tell.
pub(super) fn write_aside(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Shows why a command could not do its work.
pub(super) fn write_error(error: &dyn Diagnostic) {
    let theme = match style(&io::stderr()) {
        Style::Coloured => GraphicalTheme::unicode(),
        Style::Plain => GraphicalTheme::unicode_nocolor(),
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .without_syntax_highlighting()
        .with_wrap_lines(false)
        .with_links(false);
    let mut text = String::new();
    if handler.render_report(&mut text, error).is_err() {
        text = format!("error: {error}\n");
    }
    write_aside(&text);
}
