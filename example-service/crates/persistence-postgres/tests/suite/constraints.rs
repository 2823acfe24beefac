//! The names of constraints in the schema, and those that the store knows.

use std::collections::BTreeSet;

use persistence_sql::{CHECKS, FOREIGN_KEYS, UNIQUE_CONSTRAINTS};

use crate::database::Database;

async fn names(database: &Database, statement: &'static str) -> BTreeSet<String> {
    let names: Vec<String> = sqlx::query_scalar(statement)
        .fetch_all(&mut database.connect().await)
        .await
        .expect("the catalogue can be read");
    names.into_iter().collect()
}

fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn every_constraint_has_a_name_that_is_known() {
    let database = Database::migrated().await;
    let unique = names(
        &database,
        "SELECT index.relname::text FROM pg_index
         JOIN pg_class AS index ON index.oid = indexrelid
         JOIN pg_class AS relation ON relation.oid = indrelid
         WHERE indisunique AND relation.relnamespace = 'public'::regnamespace
             AND relation.relname <> '_sqlx_migrations'",
    );
    assert_eq!(unique.await, named(UNIQUE_CONSTRAINTS.map(|(name, _)| name)));
    let foreign_keys = names(
        &database,
        "SELECT conname::text FROM pg_constraint
         WHERE contype = 'f' AND connamespace = 'public'::regnamespace",
    );
    assert_eq!(foreign_keys.await, named(FOREIGN_KEYS));
    let checks = names(
        &database,
        "SELECT conname::text FROM pg_constraint
         WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
    );
    assert_eq!(checks.await, named(CHECKS));
}
