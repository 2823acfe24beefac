//! Compares our dependencies with the references that rust-analyzer resolved: recall and
//! precision by pairs of files, and every miss with its cause.

mod extras;
mod misses;
mod ours;
mod reference;
mod report;

use std::process::ExitCode;

use camino::Utf8PathBuf;
use clap::Parser;

use ours::Ours;

#[derive(Parser)]
#[command(
    name = "oracle",
    about = "Compares our dependencies with the references that rust-analyzer resolved"
)]
struct Arguments {
    /// A checkout of the workspace, at the commit of the references.
    checkout: Utf8PathBuf,
    /// The references: form, file, line, column, defining file, symbol, separated by tabs,
    /// compressed by gzip.
    references: Utf8PathBuf,
    /// The platform that the references were resolved for.
    #[arg(long, default_value = "x86_64-unknown-linux-gnu")]
    target: String,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<String, String> {
    let references = reference::read(&arguments.references)?;
    let ours = Ours::of(&arguments.checkout, &arguments.target)?;
    report::render(&references, &ours)
}
