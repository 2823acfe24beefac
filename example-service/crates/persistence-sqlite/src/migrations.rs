//! Steps from an empty database to the one of today, and back.
//!
//! They are part of the program, so that it needs no files to migrate. A test compares this
//! list with the folder `migrations`.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{SqlSafeStr, SqliteConnection, SqlitePool};

use crate::store::SqliteStore;

macro_rules! step {
    ($version:literal, $name:literal, $file:literal) => {
        (
            $version,
            $name,
            include_str!(concat!("../migrations/", $file, ".up.sql")),
            include_str!(concat!("../migrations/", $file, ".down.sql")),
        )
    };
}

/// The number of each step, its name, and how it is done and undone.
const STEPS: [(i64, &str, &str, &str); 5] = [
    step!(1, "accounts", "0001_accounts"),
    step!(2, "catalog", "0002_catalog"),
    step!(3, "orders", "0003_orders"),
    step!(4, "reports", "0004_reports"),
    step!(5, "messages", "0005_messages"),
];

fn migrator() -> Migrator {
    let migrations = STEPS.into_iter().flat_map(|(version, name, up, down)| {
        [(MigrationType::ReversibleUp, up), (MigrationType::ReversibleDown, down)].map(
            |(kind, sql)| Migration::new(version, name.into(), kind, sql.into_sql_str(), false),
        )
    });
    Migrator::with_migrations(migrations.collect())
}

/// Does all of `migrations`, or nothing. Of several processes that do so at once, the others
/// wait.
async fn as_one(
    writer: &SqlitePool,
    migrations: impl AsyncFnOnce(&mut SqliteConnection) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    let mut whole = writer.begin_with("BEGIN IMMEDIATE").await?;
    migrations(&mut whole).await?;
    Ok(whole.commit().await?)
}

impl SqliteStore {
    /// The number of each migration and its name, in their order.
    pub fn migrations() -> impl Iterator<Item = (i64, &'static str)> {
        STEPS.into_iter().map(|(version, name, _, _)| (version, name))
    }

    /// Migrates to the database of today. Of several that do so at once, the others wait for
    /// the first.
    ///
    /// # Errors
    ///
    /// When a step fails, or one that was done before has another text today; then none is done.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        as_one(self.writer(), async |whole| migrator().run(whole).await).await
    }

    /// Does the migrations that were not done yet, up to the one of this number.
    ///
    /// # Errors
    ///
    /// When a step fails, or one that was done before has another text today; then none is done.
    pub async fn migrate_up_to(&self, version: i64) -> Result<(), MigrateError> {
        as_one(self.writer(), async |whole| migrator().run_to(version, whole).await).await
    }

    /// Undoes all migrations beyond the one of this number; zero undoes all. What stands in
    /// the tables that go is lost.
    ///
    /// # Errors
    ///
    /// When a step fails; then none is undone.
    pub async fn migrate_down_to(&self, version: i64) -> Result<(), MigrateError> {
        as_one(self.writer(), async |whole| migrator().undo(whole, version).await).await
    }

    /// The numbers of the migrations that were done. Nothing is changed, not even where none
    /// was.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn applied_migrations(&self) -> Result<Vec<i64>, MigrateError> {
        let question =
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations')";
        let is_begun = sqlx::query_scalar::<_, bool>(question).fetch_one(self.readers()).await?;
        if !is_begun {
            return Ok(Vec::new());
        }
        let question = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";
        Ok(sqlx::query_scalar(question).fetch_all(self.readers()).await?)
    }
}
