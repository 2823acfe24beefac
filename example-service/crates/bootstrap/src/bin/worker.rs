//! The worker of the marketplace.

use std::process::ExitCode;

use bootstrap::config::{Config, Environment};
use bootstrap::failure::Failure;
use bootstrap::telemetry::{self, LogOutput};
use bootstrap::worker;
use clap::Parser;

/// Does the jobs of the marketplace: mails, reports, and cleaning up. It is set up as the server
/// is; any number of them may run.
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
    let worked = runtime.block_on(worker::run(&config));
    telemetry.end();
    worked
}
