//! Migrates the database of the marketplace.

use std::process::ExitCode;

use bootstrap::composition_root::Database;
use bootstrap::config::{Config, Environment};
use bootstrap::failure::Failure;
use bootstrap::telemetry::{self, LogOutput};
use clap::{Parser, Subcommand};

/// Migrates the database of the marketplace. It is set up as the server is.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Does the migrations that were not done yet.
    Up {
        /// The number of the last one to do; all of them without it.
        #[arg(long)]
        to: Option<i64>,
    },
    /// Undoes migrations, the last one first. What stands in the tables that go is lost.
    Down {
        /// The number of the last one to keep; 0 keeps none.
        #[arg(long)]
        to: i64,
    },
    /// Lists all migrations, and which were done. Nothing is changed.
    Status,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(command: Command) -> Result<(), Failure> {
    let config = Config::load(&Environment::of_process()?)?;
    let telemetry = telemetry::begin(&config, LogOutput::Error)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let migrated = runtime.block_on(async {
        let database = Database::open(&config).await?;
        let done = migrate(&database, command).await;
        database.close().await;
        done
    });
    telemetry.end();
    migrated
}

async fn migrate(database: &Database, command: Command) -> Result<(), Failure> {
    match command {
        Command::Up { to } => database.migrate(to).await?,
        Command::Down { to } => database.migrate_down_to(to).await?,
        Command::Status => {}
    }
    for (version, name, is_done) in database.migrations().await? {
        println!("{version:04} {name}: {}", if is_done { "done" } else { "not done" });
    }
    Ok(())
}
