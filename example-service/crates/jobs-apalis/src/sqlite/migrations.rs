//! Migrations in one transaction.

use sqlx::SqlitePool;
use sqlx::migrate::{MigrateError, Migrator};

/// Does all migrations that were not done yet, or none. Of several processes that do so at
/// once, the others wait.
pub(super) async fn migrate_as_one(
    writer: &SqlitePool,
    migrator: &Migrator,
) -> Result<(), MigrateError> {
    let mut whole = writer.begin_with("BEGIN IMMEDIATE").await?;
    migrator.run(&mut *whole).await?;
    Ok(whole.commit().await?)
}
