//! The formats of `check`: which there are, and what goes where.

use std::collections::BTreeSet;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::error::CommandError;
use super::terminal;
use crate::report::human::Style;
use crate::report::{Format, Outcome};

/// How to show what is found.
#[derive(Debug, Args)]
pub(super) struct FormatArgs {
    /// How to show on standard output what is found
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Write a report in this format to a file besides; may be given several times
    #[arg(long = "output", value_name = "FORMAT=FILE")]
    outputs: Vec<Output>,
}

/// A format and the file to write it to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Output {
    format: Format,
    file: Utf8PathBuf,
}

impl FormatArgs {
    /// What goes to standard output.
    pub(super) fn output(&self, outcome: &Outcome<'_>) -> String {
        self.format.render(outcome, terminal::output_style())
    }

    /// Writes the files.
    pub(super) fn write_files(&self, outcome: &Outcome<'_>) -> Result<(), CommandError> {
        let mut written: BTreeSet<&Utf8Path> = BTreeSet::new();
        if let Some(output) = self.outputs.iter().find(|output| !written.insert(&output.file)) {
            return Err(CommandError::FileTwice { file: output.file.clone() });
        }
        for Output { format, file } in &self.outputs {
            let text = format.render(outcome, Style::Plain);
            fs::write(file, text)
                .map_err(|source| CommandError::FileNotWritten { file: file.clone(), source })?;
        }
        Ok(())
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.purpose()))
    }
}

impl std::str::FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((format, file)) = text.split_once('=') else {
            return Err(
                "a format, an equals sign and a file are needed, as in `sarif=layers.sarif`"
                    .to_owned(),
            );
        };
        if file.is_empty() {
            return Err(format!("no file is named behind `{format}=`"));
        }
        let format = Format::from_str(format, false)
            .map_err(|_| {
                layers_rules::suggest::help(format, "formats", Format::ALL.map(Format::name))
            })
            .map_err(|help| format!("there is no format `{format}`: {help}"))?;
        Ok(Self { format, file: file.into() })
    }
}
