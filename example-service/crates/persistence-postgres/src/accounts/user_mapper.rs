//! Users out of their rows.

use application::ports::{Credentials, RepositoryError, UserDetails};
use domain::accounts::{Email, PasswordHash, Role, User, UserId, UserSnapshot, Username};
use persistence_sql::{stored, stored_version};

use super::user_row::{CredentialsRow, UserRow};

pub(super) fn user(row: UserRow) -> Result<User, RepositoryError> {
    Ok(User::rehydrate(UserSnapshot {
        id: UserId::new(row.id),
        username: stored("users.username", row.username.as_str(), Username::try_new)?,
        email: stored("users.email", row.email.as_str(), Email::try_new)?,
        role: stored("users.role", row.role.as_str(), str::parse::<Role>)?,
        is_active: row.is_active,
        created_at: row.created_at,
        password_hash: PasswordHash::new(row.password_hash),
        version: stored_version("users.version", row.version)?,
    }))
}

pub(super) fn user_details(row: &UserRow) -> Result<UserDetails, RepositoryError> {
    Ok(UserDetails {
        id: UserId::new(row.id),
        username: stored("users.username", row.username.as_str(), Username::try_new)?,
        email: stored("users.email", row.email.as_str(), Email::try_new)?,
        role: stored("users.role", row.role.as_str(), str::parse::<Role>)?,
        is_active: row.is_active,
        created_at: row.created_at,
    })
}

pub(super) fn credentials(row: CredentialsRow) -> Credentials {
    let password_hash = PasswordHash::new(row.password_hash);
    Credentials { user: UserId::new(row.id), password_hash }
}
