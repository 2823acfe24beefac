//! Steps from an empty database to the one of today, and back.
//!
//! They are part of the program, so that it needs no files to migrate. A test compares this
//! list with the folder `migrations`.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, SqlSafeStr};

use crate::store::PostgresStore;

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

impl PostgresStore {
    /// The number of each migration and its name, in their order.
    pub fn migrations() -> impl Iterator<Item = (i64, &'static str)> {
        STEPS.into_iter().map(|(version, name, _, _)| (version, name))
    }

    /// Migrates to the database of today. Of several that do so at once, the others wait for
    /// the first.
    ///
    /// # Errors
    ///
    /// When a step fails, or one that was done before has another text today.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        migrator().run(&mut self.patient_connection().await?).await
    }

    /// Does the migrations that were not done yet, up to the one of this number.
    ///
    /// # Errors
    ///
    /// When a step fails, or one that was done before has another text today.
    pub async fn migrate_up_to(&self, version: i64) -> Result<(), MigrateError> {
        migrator().run_to(version, &mut self.patient_connection().await?).await
    }

    /// Undoes all migrations beyond the one of this number; zero undoes all. What stands in
    /// the tables that go is lost.
    ///
    /// # Errors
    ///
    /// When a step fails.
    pub async fn migrate_down_to(&self, version: i64) -> Result<(), MigrateError> {
        migrator().undo(&mut self.patient_connection().await?, version).await
    }

    /// The numbers of the migrations that were done. Nothing is changed, not even where none
    /// was.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn applied_migrations(&self) -> Result<Vec<i64>, MigrateError> {
        let question = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
        if !sqlx::query_scalar::<_, bool>(question).fetch_one(self.pool()).await? {
            return Ok(Vec::new());
        }
        let question = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";
        Ok(sqlx::query_scalar(question).fetch_all(self.pool()).await?)
    }

    /// A connection on which statements may take as long as they do: an index on a large
    /// table, or the wait for another replica that migrates.
    async fn patient_connection(&self) -> Result<PgConnection, sqlx::Error> {
        let options = PgConnectOptions::clone(&self.pool().connect_options());
        PgConnection::connect_with(&options.options([("statement_timeout", "0")])).await
    }
}
