//! Keeps users in PostgreSQL.

use application::ports::{RepositoryError, UserRepository};
use async_trait::async_trait;
use domain::accounts::{Email, Role, User, UserId};
use persistence_sql::version_number;
use sqlx::PgConnection;

use super::user_mapper::user;
use super::user_row::{UserRow, select_users};
use crate::errors::{ensure_one, repository_error};

/// Keeps users in PostgreSQL.
pub(crate) struct PostgresUserRepository<'a> {
    connection: &'a mut PgConnection,
}

impl<'a> PostgresUserRepository<'a> {
    pub(crate) fn new(connection: &'a mut PgConnection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl UserRepository for PostgresUserRepository<'_> {
    async fn find(&mut self, id: UserId) -> Result<Option<User>, RepositoryError> {
        let found = sqlx::query_as::<_, UserRow>(select_users!("WHERE id = $1"))
            .bind(id.get())
            .fetch_optional(&mut *self.connection)
            .await;
        found.map_err(repository_error)?.map(user).transpose()
    }

    /// The lock is the weakest that an update and a deletion wait for; those who add what
    /// refers to the user do not.
    async fn find_held(&mut self, id: UserId) -> Result<Option<User>, RepositoryError> {
        let found = sqlx::query_as::<_, UserRow>(select_users!("WHERE id = $1 FOR NO KEY UPDATE"))
            .bind(id.get())
            .fetch_optional(&mut *self.connection)
            .await;
        found.map_err(repository_error)?.map(user).transpose()
    }

    async fn find_by_email(&mut self, email: &Email) -> Result<Option<User>, RepositoryError> {
        let found = sqlx::query_as::<_, UserRow>(select_users!("WHERE email = $1"))
            .bind(email.as_str())
            .fetch_optional(&mut *self.connection)
            .await;
        found.map_err(repository_error)?.map(user).transpose()
    }

    async fn has_super_admin(&mut self) -> Result<bool, RepositoryError> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM users WHERE role = $1)")
            .bind(Role::SuperAdmin.name())
            .fetch_one(&mut *self.connection)
            .await
            .map_err(repository_error)
    }

    async fn add(&mut self, user: &User) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO users
                (id, username, email, password_hash, role, is_active, created_at, version)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let added = sqlx::query(statement)
            .bind(user.id().get())
            .bind(user.username().as_str())
            .bind(user.email().as_str())
            .bind(user.password_hash().expose())
            .bind(user.role().name())
            .bind(user.is_active())
            .bind(user.created_at())
            .bind(version_number(user.version()))
            .execute(&mut *self.connection)
            .await;
        added.map(|_| ()).map_err(repository_error)
    }

    async fn update(&mut self, user: &User) -> Result<(), RepositoryError> {
        let statement = "UPDATE users
            SET username = $3, email = $4, password_hash = $5, role = $6, is_active = $7,
                version = version + 1
            WHERE id = $1 AND version = $2";
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
        let deleted = sqlx::query("DELETE FROM users WHERE id = $1 AND version = $2")
            .bind(user.id().get())
            .bind(version_number(user.version()))
            .execute(&mut *self.connection)
            .await;
        ensure_one(&deleted.map_err(repository_error)?)
    }
}
