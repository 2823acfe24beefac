//! Why the process ends early, and what it tells whoever has started it.

use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;

use thiserror::Error as DeriveError;

use crate::config::{ConfigError, ConfigProblem};

/// Why the process ends early.
#[derive(Debug, DeriveError)]
pub enum Failure {
    /// The settings are wrong.
    #[error("the settings are wrong\n{0}")]
    Config(ConfigError),
    /// The database cannot be opened, or is not the one that this program needs.
    #[error("the database cannot be used")]
    Database(#[source] Box<dyn Error + Send + Sync>),
    /// Migrations are missing, and this process does not do them.
    #[error(
        "the database lacks {0} of the migrations that this program needs: run `migrate up`, or \
         set APP_DATABASE__MIGRATE=true"
    )]
    Outdated(usize),
    /// The address is taken, or is of another machine.
    #[error("the server cannot listen at {address}: choose another by APP_HTTP__BIND")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What went wrong.
        source: std::io::Error,
    },
    /// The first user cannot be added.
    #[error("the first super admin cannot be added")]
    Seed(#[source] Box<dyn Error + Send + Sync>),
    /// The API cannot be described.
    #[error("the description of the API cannot be written")]
    Description(#[source] Box<dyn Error + Send + Sync>),
    /// The log cannot be written.
    #[error("the log cannot be begun")]
    Telemetry(#[source] Box<dyn Error + Send + Sync>),
    /// Something that goes on beside the requests has ended.
    #[error("the background task `{0}` has ended by itself")]
    Task(String),
    /// The machine does not give what is needed.
    #[error("the system does not give what the process needs")]
    System(#[from] std::io::Error),
}

impl Failure {
    /// What the process ends with: 2 for settings, 3 for the database, 1 for all else.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::Config(_) => 2,
            Self::Database(_) | Self::Outdated(_) => 3,
            _ => 1,
        }
    }

    /// Tells whoever has started the process, and gives what to end with.
    #[must_use]
    pub fn report(&self) -> ExitCode {
        let mut text = format!("error: {self}");
        let mut cause = self.source();
        while let Some(error) = cause {
            let next = error.to_string();
            // Some errors end with the words of their cause.
            if !text.ends_with(&next) {
                text.push_str("\n  because: ");
                text.push_str(&next);
            }
            cause = error.source();
        }
        eprintln!("{text}");
        ExitCode::from(self.code())
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<ConfigProblem> for Failure {
    fn from(problem: ConfigProblem) -> Self {
        Self::Config(problem.into())
    }
}
