//! What goes wrong in `SQLite`, as ports call it.

use application::ports::{RepositoryError, Unavailable};
use persistence_sql::duplicate_of;
use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::sqlite::SqliteQueryResult;

/// `SQLITE_BUSY`: another process writes, and goes on for longer than one waits.
const BUSY: u32 = 5;
/// `SQLITE_LOCKED`: the same within one connection.
const LOCKED: u32 = 6;

/// `SQLite` does not say which constraint was broken, but which columns are not unique.
const UNIQUE_COLUMNS: [(&str, &str); 17] = [
    ("enqueued_jobs.id", "enqueued_jobs_pkey"),
    ("idempotency_keys.buyer_id, idempotency_keys.key", "idempotency_keys_pkey"),
    ("one_time_tokens.digest", "one_time_tokens_digest_key"),
    ("one_time_tokens.user_id, one_time_tokens.purpose", "one_time_tokens_pkey"),
    ("order_lines.order_id, order_lines.position", "order_lines_pkey"),
    ("orders.id", "orders_pkey"),
    ("outbox.id", "outbox_pkey"),
    ("products.id", "products_pkey"),
    ("report_files.report_id", "report_files_pkey"),
    ("reports.id", "reports_pkey"),
    ("sessions.id", "sessions_pkey"),
    ("sessions.refresh", "sessions_refresh_key"),
    ("spent_refresh_tokens.digest", "spent_refresh_tokens_pkey"),
    ("users.email", "users_email_key"),
    ("users.id", "users_pkey"),
    ("users.role", "users_super_admin_key"),
    ("users.username", "users_username_key"),
];

/// What it means to a use case that `SQLite` did not do what it was asked to.
pub(crate) fn repository_error(error: sqlx::Error) -> RepositoryError {
    let known = error.as_database_error().and_then(of_database);
    known.unwrap_or_else(|| RepositoryError::unavailable(error))
}

/// The same for ports that know one kind of error.
pub(crate) fn unavailable(error: sqlx::Error) -> Unavailable {
    Unavailable::new(error)
}

/// Whether a change has found the version that was loaded.
pub(crate) fn ensure_one(done: &SqliteQueryResult) -> Result<(), RepositoryError> {
    if done.rows_affected() == 0 { Err(RepositoryError::Conflict) } else { Ok(()) }
}

/// Whether a change has found the version that was loaded of each of so many.
pub(crate) fn ensure_all(done: &SqliteQueryResult, count: usize) -> Result<(), RepositoryError> {
    let is_each = usize::try_from(done.rows_affected()).is_ok_and(|found| found == count);
    if is_each { Ok(()) } else { Err(RepositoryError::Conflict) }
}

fn of_database(error: &dyn DatabaseError) -> Option<RepositoryError> {
    match error.kind() {
        ErrorKind::UniqueViolation => {
            let columns = error.message().strip_prefix("UNIQUE constraint failed: ")?;
            duplicate_of(unique_constraint_of(columns)?)
        }
        // What it refers to was there when it was loaded: someone has removed it since.
        ErrorKind::ForeignKeyViolation => Some(RepositoryError::Conflict),
        _ => {
            // Extended codes have the plain one in their last eight bits.
            let code = error.code()?.parse::<u32>().ok()? & 0xff;
            (code == BUSY || code == LOCKED).then_some(RepositoryError::Conflict)
        }
    }
}

/// The name of the unique constraint of these columns, in the words of `SQLite`'s messages:
/// `table.column, table.column`.
#[must_use]
pub fn unique_constraint_of(columns: &str) -> Option<&'static str> {
    let known = UNIQUE_COLUMNS.into_iter().find(|(known, _)| *known == columns);
    known.map(|(_, constraint)| constraint)
}
