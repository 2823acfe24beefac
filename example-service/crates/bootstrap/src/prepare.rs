//! What has to be there before the first request, or the first job.

use application::administration::commands::{SeedOutcome, SeedSuperuser, SeedSuperuserError};
use domain::shared::SecretText;
use secrecy::ExposeSecret;

use crate::composition_root::{ApplicationScope, Database};
use crate::config::Config;
use crate::failure::Failure;

/// Migrates the database, or makes sure that somebody else has.
pub(crate) async fn migrate(config: &Config, database: &Database) -> Result<(), Failure> {
    let migrations = database.migrations().await?;
    let missing = migrations.iter().filter(|(_, _, is_done)| !is_done).count();
    let missing = missing + database.missing_job_migrations().await?;
    if missing == 0 {
        return Ok(());
    }
    if !config.database.migrate {
        return Err(Failure::Outdated(missing));
    }
    database.migrate(None).await?;
    tracing::info!(migrations = missing, "the database was migrated");
    Ok(())
}

/// Adds the first user, unless there is one.
pub(crate) async fn seed(config: &Config, scope: &ApplicationScope) -> Result<(), Failure> {
    let superuser = &config.superuser;
    let (Some(username), Some(email), Some(password)) =
        (&superuser.username, &superuser.email, &superuser.password)
    else {
        return Ok(());
    };
    let seed = SeedSuperuser {
        username: username.clone(),
        email: email.clone(),
        password: SecretText::new(password.expose_secret()),
    };
    let outcome = scope.seed_superuser().execute(seed).await;
    match outcome.map_err(|error| not_seeded(config, error))? {
        SeedOutcome::Seeded(_) => tracing::info!(username, "the first super admin was added"),
        SeedOutcome::AlreadyThere => tracing::debug!("there is a super admin"),
    }
    Ok(())
}

/// Most of what may go wrong is a matter of the settings.
fn not_seeded(config: &Config, error: SeedSuperuserError) -> Failure {
    let path = match error {
        SeedSuperuserError::Username(_) | SeedSuperuserError::UsernameTaken => "superuser.username",
        SeedSuperuserError::Email(_) | SeedSuperuserError::EmailTaken => "superuser.email",
        SeedSuperuserError::Password(_) => "superuser.password",
        SeedSuperuserError::Unavailable(_) | SeedSuperuserError::Repository(_) => {
            return Failure::Seed(error.into());
        }
    };
    config.problem(path, error).into()
}
