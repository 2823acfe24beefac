//! What goes wrong in PostgreSQL, as ports call it.

use application::ports::{RepositoryError, Unavailable};
use persistence_sql::duplicate_of;
use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::postgres::PgQueryResult;

/// What goes away when the whole unit of work is tried again, by the codes of PostgreSQL:
/// `serialization_failure`, `deadlock_detected`, `lock_not_available`.
const CONFLICTS: [&str; 3] = ["40001", "40P01", "55P03"];

/// What it means to a use case that PostgreSQL did not do what it was asked to.
pub(crate) fn repository_error(error: sqlx::Error) -> RepositoryError {
    let known = error.as_database_error().and_then(of_database);
    known.unwrap_or_else(|| RepositoryError::unavailable(error))
}

/// The same for ports that know one kind of error.
pub(crate) fn unavailable(error: sqlx::Error) -> Unavailable {
    Unavailable::new(error)
}

/// Whether a change has found the version that was loaded.
pub(crate) fn ensure_one(done: &PgQueryResult) -> Result<(), RepositoryError> {
    if done.rows_affected() == 0 { Err(RepositoryError::Conflict) } else { Ok(()) }
}

/// Whether a change has found the version that was loaded of each of so many.
pub(crate) fn ensure_all(done: &PgQueryResult, count: usize) -> Result<(), RepositoryError> {
    let is_each = usize::try_from(done.rows_affected()).is_ok_and(|found| found == count);
    if is_each { Ok(()) } else { Err(RepositoryError::Conflict) }
}

fn of_database(error: &dyn DatabaseError) -> Option<RepositoryError> {
    match error.kind() {
        ErrorKind::UniqueViolation => duplicate_of(error.constraint()?),
        // What it refers to was there when it was loaded: someone has removed it since.
        ErrorKind::ForeignKeyViolation => Some(RepositoryError::Conflict),
        _ => {
            let code = error.code()?;
            CONFLICTS.contains(&code.as_ref()).then_some(RepositoryError::Conflict)
        }
    }
}
