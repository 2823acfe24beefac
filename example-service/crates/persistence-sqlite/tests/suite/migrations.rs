//! Up, down, and up again.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use persistence_sqlite::SqliteStore;
use sqlx::migrate::MigrateError;

use crate::database::{Database, SETTINGS};

/// Everything in the schema, without what the migrations keep for themselves.
async fn schema(database: &Database) -> Vec<(String, String, String)> {
    sqlx::query_as(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_schema
         WHERE tbl_name <> '_sqlx_migrations' ORDER BY type, name",
    )
    .fetch_all(&mut database.connect().await)
    .await
    .expect("the schema can be read")
}

#[tokio::test]
async fn every_migration_goes_up_down_and_up_again() {
    let database = Database::bare().await;
    let mut before = (0, schema(&database).await);
    assert_eq!(before.1, []);
    for (version, name) in SqliteStore::migrations() {
        let up = database.store.migrate_up_to(version).await;
        up.unwrap_or_else(|error| panic!("{name} does not go up: {error}"));
        let after = schema(&database).await;
        assert_ne!(after, before.1, "{name} changes nothing");
        let down = database.store.migrate_down_to(before.0).await;
        down.unwrap_or_else(|error| panic!("{name} does not go down: {error}"));
        assert_eq!(schema(&database).await, before.1, "{name} leaves something behind");
        let up = database.store.migrate_up_to(version).await;
        up.unwrap_or_else(|error| panic!("{name} does not go up again: {error}"));
        assert_eq!(schema(&database).await, after, "{name} does something else the second time");
        before = (version, after);
    }
    database.store.migrate().await.expect("nothing is left to do");
    assert_eq!(schema(&database).await, before.1);
    database.store.migrate_down_to(0).await.expect("everything can be undone");
    assert_eq!(schema(&database).await, []);
}

#[test]
fn every_file_is_a_migration() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let files = fs::read_dir(folder).expect("the folder can be read");
    let found: BTreeSet<String> = files
        .map(|file| file.expect("it can be read").file_name().to_string_lossy().into_owned())
        .collect();
    let known: BTreeSet<String> = SqliteStore::migrations()
        .flat_map(|(version, name)| {
            ["up", "down"].map(|way| format!("{version:04}_{name}.{way}.sql"))
        })
        .collect();
    assert_eq!(found, known);
}

#[tokio::test]
async fn a_migration_that_was_done_with_another_text_is_refused() {
    let database = Database::migrated().await;
    sqlx::query("UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 2")
        .execute(&mut database.connect().await)
        .await
        .expect("the row can be changed");
    let refused = database.store.migrate().await;
    assert!(matches!(refused, Err(MigrateError::VersionMismatch(2))), "{refused:?}");
}

#[tokio::test]
async fn processes_that_start_at_once_migrate_once() {
    let database = Database::bare().await;
    assert_eq!(database.store.applied_migrations().await.ok(), Some(Vec::new()));
    let address = database.address();
    let migrate = async || {
        let store = SqliteStore::open(&address, &SETTINGS).await.expect("it can be opened");
        store.migrate().await
    };
    let (one, two, three, four) = tokio::join!(migrate(), migrate(), migrate(), migrate());
    for migrated in [one, two, three, four] {
        migrated.expect("who comes later waits");
    }
    let all: Vec<i64> = SqliteStore::migrations().map(|(version, _)| version).collect();
    assert_eq!(database.store.applied_migrations().await.ok(), Some(all));
}
