//! The tables of apalis beside those of the marketplace.

use persistence_postgres::PostgresStore;
use persistence_sqlite::SqliteStore;

use crate::databases::{PostgresDatabase, SqliteDatabase};

async fn sqlite_schema(database: &SqliteDatabase) -> Vec<(String, String)> {
    sqlx::query_as("SELECT name, coalesce(sql, '') FROM sqlite_schema ORDER BY name")
        .fetch_all(database.store.writer())
        .await
        .expect("the schema can be read")
}

async fn postgres_schema(database: &PostgresDatabase) -> Vec<(String, String, String)> {
    sqlx::query_as(
        "SELECT table_schema::text, table_name::text, string_agg(column_name, ',' ORDER BY column_name)
         FROM information_schema.columns WHERE table_schema IN ('public', 'apalis')
         GROUP BY table_schema, table_name ORDER BY 1, 2",
    )
    .fetch_all(database.store.pool())
    .await
    .expect("the schema can be read")
}

#[tokio::test]
async fn both_live_in_one_sqlite_file_whoever_comes_first() {
    let mut schemas = Vec::new();
    for is_ours_first in [true, false] {
        let database = SqliteDatabase::bare().await;
        let ours = || async { database.store.migrate().await.expect("ours can be migrated") };
        if is_ours_first {
            ours().await;
        }
        let missing = || async { database.jobs().missing_migrations().await };
        assert!(missing().await.expect("it can be asked") > 0);
        for _ in 0..2 {
            database.jobs().migrate().await.expect("apalis can be migrated, and again");
            assert_eq!(missing().await.expect("it can be asked"), 0);
        }
        ours().await;
        schemas.push(sqlite_schema(&database).await);
    }
    assert_eq!(schemas[0], schemas[1]);
    let names: Vec<&str> = schemas[0].iter().map(|(name, _)| name.as_str()).collect();
    for table in ["Jobs", "Workers", "enqueued_jobs", "_apalis_migrations", "_sqlx_migrations"] {
        assert!(names.contains(&table), "{table} is missing in {names:?}");
    }
}

#[tokio::test]
async fn ours_in_a_sqlite_file_go_and_come_without_touching_those_of_apalis() {
    let database = SqliteDatabase::bare().await;
    database.store.migrate().await.expect("ours can be migrated");
    database.jobs().migrate().await.expect("apalis can be migrated");
    let before = sqlite_schema(&database).await;
    for (version, name) in SqliteStore::migrations() {
        let down = database.store.migrate_down_to(version - 1).await;
        down.unwrap_or_else(|error| panic!("{name} does not go down: {error}"));
        database.store.migrate().await.expect("ours come again");
        assert_eq!(sqlite_schema(&database).await, before, "{name}");
    }
    database.store.migrate_down_to(0).await.expect("ours can go");
    database.jobs().migrate().await.expect("those of apalis are still there");
}

#[tokio::test]
async fn the_file_still_waits_for_the_disk() {
    let database = SqliteDatabase::bare().await;
    database.jobs().migrate().await.expect("apalis can be migrated");
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
        .fetch_one(database.store.writer())
        .await
        .expect("it can be asked");
    assert_eq!(synchronous, 2, "who placed an order relies on it");
}

#[tokio::test]
async fn both_live_in_one_postgres_database_whoever_comes_first() {
    let mut schemas = Vec::new();
    for is_ours_first in [true, false] {
        let database = PostgresDatabase::bare().await;
        let ours = || async { database.store.migrate().await.expect("ours can be migrated") };
        if is_ours_first {
            ours().await;
        }
        let missing = || async { database.jobs().missing_migrations().await };
        assert!(missing().await.expect("it can be asked") > 0);
        for _ in 0..2 {
            database.jobs().migrate().await.expect("apalis can be migrated, and again");
            assert_eq!(missing().await.expect("it can be asked"), 0);
        }
        ours().await;
        schemas.push(postgres_schema(&database).await);
    }
    assert_eq!(schemas[0], schemas[1]);
    let names: Vec<String> =
        schemas[0].iter().map(|(schema, name, _)| format!("{schema}.{name}")).collect();
    for table in [
        "apalis._sqlx_migrations",
        "apalis.jobs",
        "apalis.workers",
        "public._sqlx_migrations",
        "public.enqueued_jobs",
    ] {
        assert!(names.iter().any(|name| name == table), "{table} is missing in {names:?}");
    }
    assert!(!names.iter().any(|name| name == "public.jobs"), "{names:?}");
}

#[tokio::test]
async fn ours_in_postgres_go_and_come_without_touching_those_of_apalis() {
    let database = PostgresDatabase::bare().await;
    database.store.migrate().await.expect("ours can be migrated");
    database.jobs().migrate().await.expect("apalis can be migrated");
    let before = postgres_schema(&database).await;
    for (version, name) in PostgresStore::migrations() {
        let down = database.store.migrate_down_to(version - 1).await;
        down.unwrap_or_else(|error| panic!("{name} does not go down: {error}"));
        database.store.migrate().await.expect("ours come again");
        assert_eq!(postgres_schema(&database).await, before, "{name}");
    }
}

#[tokio::test]
async fn replicas_that_start_at_once_migrate_once() {
    let database = PostgresDatabase::bare().await;
    let jobs = database.jobs();
    let (one, two, three) = tokio::join!(jobs.migrate(), jobs.migrate(), jobs.migrate());
    for outcome in [one, two, three] {
        outcome.expect("the others wait for the first");
    }
}

#[tokio::test]
async fn processes_that_share_a_file_migrate_once() {
    let database = SqliteDatabase::bare().await;
    let (one, other) = (database.jobs(), database.opened_again().await);
    let (first, second) = tokio::join!(one.migrate(), other.migrate());
    first.and(second).expect("the other waits for the first");
    assert_eq!(one.missing_migrations().await.expect("it can be asked"), 0);
}
