//! Up, down, and up again.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use persistence_postgres::PostgresStore;
use sqlx::migrate::MigrateError;

use crate::database::Database;

/// Every column, constraint and index, without what the migrations keep for themselves.
async fn schema(database: &Database) -> Vec<(String, String, String)> {
    sqlx::query_as(
        "SELECT 'column', table_name || '.' || column_name,
             concat_ws(' ', ordinal_position, data_type, is_nullable, collation_name,
                 column_default)
         FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'
         UNION ALL
         SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
         FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace
             AND conrelid <> '_sqlx_migrations'::regclass
         UNION ALL
         SELECT 'index', tablename || '.' || indexname, indexdef FROM pg_indexes
         WHERE schemaname = 'public' AND tablename <> '_sqlx_migrations'
         UNION ALL
         SELECT 'other', typname, typtype::text FROM pg_type
         WHERE typnamespace = 'public'::regnamespace AND typname NOT LIKE '%sqlx_migrations'
         ORDER BY 1, 2",
    )
    .fetch_all(&mut database.connect().await)
    .await
    .expect("the schema can be read")
}

#[tokio::test]
async fn every_migration_goes_up_down_and_up_again() {
    let database = Database::bare().await;
    // The table of the migrations is made by the first, and by one that undoes nothing.
    database.store.migrate_down_to(0).await.expect("nothing is left to undo");
    let mut before = (0, schema(&database).await);
    assert_eq!(before.1, []);
    for (version, name) in PostgresStore::migrations() {
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
    let known: BTreeSet<String> = PostgresStore::migrations()
        .flat_map(|(version, name)| {
            ["up", "down"].map(|way| format!("{version:04}_{name}.{way}.sql"))
        })
        .collect();
    assert_eq!(found, known);
}

#[tokio::test]
async fn a_migration_that_was_done_with_another_text_is_refused() {
    let database = Database::migrated().await;
    sqlx::query("UPDATE _sqlx_migrations SET checksum = '\\x00' WHERE version = 2")
        .execute(&mut database.connect().await)
        .await
        .expect("the row can be changed");
    let refused = database.store.migrate().await;
    assert!(matches!(refused, Err(MigrateError::VersionMismatch(2))), "{refused:?}");
}

#[tokio::test]
async fn replicas_that_start_at_once_migrate_once() {
    let database = Database::bare().await;
    let migrate = || database.store.migrate();
    let (one, two, three, four) = tokio::join!(migrate(), migrate(), migrate(), migrate());
    for outcome in [one, two, three, four] {
        outcome.expect("the others wait for the first");
    }
    let done: i64 = sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations")
        .fetch_one(&mut database.connect().await)
        .await
        .expect("the rows can be counted");
    assert_eq!(usize::try_from(done).ok(), Some(PostgresStore::migrations().count()));
}
