//! Asks the server of the same machine whether it lives: for images that hold no other program.

use std::process::ExitCode;

use bootstrap::config::{Config, Environment};
use bootstrap::failure::Failure;
use bootstrap::health;
use clap::Parser;

/// Asks the server of the same machine whether it lives. It is set up as the server is.
#[derive(Parser)]
#[command(version)]
struct Arguments;

fn main() -> ExitCode {
    let Arguments = Arguments::parse();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run() -> Result<(), Failure> {
    let config = Config::load(&Environment::of_process()?)?;
    Ok(health::ask(config.http.bind)?)
}
