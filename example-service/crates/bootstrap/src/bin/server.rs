//! The server of the marketplace.

use std::process::ExitCode;

use bootstrap::config::{Config, Environment};
use bootstrap::failure::Failure;
use bootstrap::server;
use bootstrap::telemetry::{self, LogOutput};
use clap::Parser;

/// Serves the marketplace over HTTP. It is set up by the environment and by files; the README
/// lists all settings.
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
    let telemetry = telemetry::begin(&config, LogOutput::Standard)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(server::run(&config, &telemetry));
    telemetry.end();
    served
}
