//! Keeps users in `SQLite`.

use application::ports::{RepositoryError, UserRepository};
use async_trait::async_trait;
use domain::accounts::{Email, Role, User, UserId};
use persistence_sql::version_number;
use sqlx::SqliteConnection;

use super::user_mapper::user;
use super::user_row::{UserRow, select_users};
use crate::errors::{ensure_one, repository_error};
use crate::timestamp::Timestamp;

/// Keeps users in `SQLite`.
pub(crate) struct SqliteUserRepository<'a> {
    connection: &'a mut SqliteConnection,
}

impl<'a> SqliteUserRepository<'a> {
    pub(crate) fn new(connection: &'a mut SqliteConnection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl UserRepository for SqliteUserRepository<'_> {
    async fn find(&mut self, id: UserId) -> Result<Option<User>, RepositoryError> {
        let found = sqlx::query_as::<_, UserRow>(select_users!("WHERE id = ?1"))
            .bind(id.get())
            .fetch_optional(&mut *self.connection)
            .await;
        found.map_err(repository_error)?.map(user).transpose()
    }

    /// Nobody else writes at all until this unit of work ends.
    async fn find_held(&mut self, id: UserId) -> Result<Option<User>, RepositoryError> {
        self.find(id).await
    }

    async fn find_by_email(&mut self, email: &Email) -> Result<Option<User>, RepositoryError> {
        let found = sqlx::query_as::<_, UserRow>(select_users!("WHERE email = ?1"))
            .bind(email.as_str())
            .fetch_optional(&mut *self.connection)
            .await;
        found.map_err(repository_error)?.map(user).transpose()
    }

    async fn has_super_admin(&mut self) -> Result<bool, RepositoryError> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM users WHERE role = ?1)")
            .bind(Role::SuperAdmin.name())
            .fetch_one(&mut *self.connection)
            .await
            .map_err(repository_error)
    }

    async fn add(&mut self, user: &User) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO users
                (id, username, email, password_hash, role, is_active, created_at, version)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let added = sqlx::query(statement)
            .bind(user.id().get())
            .bind(user.username().as_str())
            .bind(user.email().as_str())
            .bind(user.password_hash().expose())
            .bind(user.role().name())
            .bind(user.is_active())
            .bind(Timestamp(user.created_at()))
            .bind(version_number(user.version()))
            .execute(&mut *self.connection)
            .await;
        added.map(|_| ()).map_err(repository_error)
    }

    async fn update(&mut self, user: &User) -> Result<(), RepositoryError> {
        let statement = "UPDATE users
            SET username = ?3, email = ?4, password_hash = ?5, role = ?6, is_active = ?7,
                version = version + 1
            WHERE id = ?1 AND version = ?2";
        let updated = sqlx::query(statement)
            .bind(user.id().get())
            .bind(version_number(user.version()))
            .bind(user.username().as_str())
            .bind(user.email().as_str())
            .bind(user.password_hash().expose())
            .bind(user.role().name())
            .bind(user.is_active())
            .execute(&mut *self.connection)
            .await;
        ensure_one(&updated.map_err(repository_error)?)
    }

    async fn delete(&mut self, user: &User) -> Result<(), RepositoryError> {
        // Sessions and one-time tokens go along by their foreign keys.
        let deleted = sqlx::query("DELETE FROM users WHERE id = ?1 AND version = ?2")
            .bind(user.id().get())
            .bind(version_number(user.version()))
            .execute(&mut *self.connection)
            .await;
        ensure_one(&deleted.map_err(repository_error)?)
    }
}
