//! The names of constraints in the schema, and what the store makes of them.

use std::collections::BTreeSet;

use persistence_sql::{CHECKS, FOREIGN_KEYS, UNIQUE_CONSTRAINTS};
use persistence_sqlite::unique_constraint_of;
use sqlx::SqliteConnection;

use crate::database::Database;

/// The text of the schema, without what the migrations keep for themselves.
async fn schema(connection: &mut SqliteConnection) -> String {
    let statements: Vec<String> = sqlx::query_scalar(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name <> '_sqlx_migrations'",
    )
    .fetch_all(connection)
    .await
    .expect("the schema can be read");
    statements.join("\n")
}

/// The words that follow `mark` in `text`.
fn names_after(text: &str, mark: &str) -> BTreeSet<String> {
    let rest = text.split(mark).skip(1);
    rest.filter_map(|rest| rest.split_whitespace().next()).map(str::to_owned).collect()
}

fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// The columns of each unique index, as messages name them.
async fn unique_columns(connection: &mut SqliteConnection) -> BTreeSet<String> {
    let columns: Vec<String> = sqlx::query_scalar(
        "SELECT (SELECT group_concat(tables.name || '.' || columns.name, ', ')
                 FROM pragma_index_info(indexes.name) AS columns)
         FROM sqlite_schema AS tables, pragma_index_list(tables.name) AS indexes
         WHERE tables.type = 'table' AND tables.name <> '_sqlx_migrations' AND indexes.\"unique\"",
    )
    .fetch_all(connection)
    .await
    .expect("the indexes can be read");
    columns.into_iter().collect()
}

#[tokio::test]
async fn every_constraint_has_a_name_that_is_known() {
    let database = Database::migrated().await;
    let schema = schema(&mut database.connect().await).await;
    let mut found = names_after(&schema, "CONSTRAINT ");
    found.extend(names_after(&schema, "UNIQUE INDEX "));
    let mut known = named(UNIQUE_CONSTRAINTS.map(|(name, _)| name));
    known.extend(named(FOREIGN_KEYS));
    known.extend(named(CHECKS));
    assert_eq!(found, known);
    for (kind, names) in [("CHECK (", named(CHECKS)), ("REFERENCES ", named(FOREIGN_KEYS))] {
        assert_eq!(schema.matches(kind).count(), names.len(), "some `{kind}` has no name");
    }
}

#[tokio::test]
async fn every_unique_constraint_is_recognised_by_its_columns() {
    let database = Database::migrated().await;
    let columns = unique_columns(&mut database.connect().await).await;
    let recognised: Vec<(&String, Option<&str>)> =
        columns.iter().map(|columns| (columns, unique_constraint_of(columns))).collect();
    let names: BTreeSet<String> =
        recognised.iter().filter_map(|(_, name)| *name).map(str::to_owned).collect();
    assert_eq!(names, named(UNIQUE_CONSTRAINTS.map(|(name, _)| name)), "{recognised:?}");
    assert_eq!(recognised.len(), names.len(), "{recognised:?}");
    assert_eq!(unique_constraint_of("users.password_hash"), None);
}
