//! Shows users out of PostgreSQL.

use application::ports::{
    Credentials, Login, RepositoryError, Sorting, UserDetails, UserFilter, UserReadStore, UserSort,
};
use async_trait::async_trait;
use domain::accounts::UserId;

use super::user_mapper::{credentials, user_details};
use super::user_row::{CredentialsRow, UserRow, select_users};
use crate::errors::repository_error;
use crate::store::PostgresStore;

/// Users in this order. What a statement sorts by cannot be bound, so that there is a
/// statement for each order.
macro_rules! users_by {
    ($order:literal) => {
        concat!(
            select_users!("WHERE ($1::boolean IS NULL OR is_active = $1) ORDER BY "),
            $order,
            " LIMIT $2 OFFSET $3"
        )
    };
}

/// Names sort whatever their case, as they are compared.
fn list_statement(filter: &UserFilter) -> &'static str {
    match (filter.sort, filter.sorting) {
        (UserSort::CreatedAt, Sorting::Ascending) => users_by!("created_at, id"),
        (UserSort::CreatedAt, Sorting::Descending) => users_by!("created_at DESC, id DESC"),
        (UserSort::Username, Sorting::Ascending) => users_by!("lower(username), id"),
        (UserSort::Username, Sorting::Descending) => users_by!("lower(username) DESC, id DESC"),
        (UserSort::Email, Sorting::Ascending) => users_by!("email, id"),
        (UserSort::Email, Sorting::Descending) => users_by!("email DESC, id DESC"),
    }
}

#[async_trait]
impl UserReadStore for PostgresStore {
    async fn find(&self, id: UserId) -> Result<Option<UserDetails>, RepositoryError> {
        let found = sqlx::query_as::<_, UserRow>(select_users!("WHERE id = $1"))
            .bind(id.get())
            .fetch_optional(self.pool())
            .await;
        found.map_err(repository_error)?.as_ref().map(user_details).transpose()
    }

    async fn find_credentials(
        &self,
        login: &Login,
    ) -> Result<Option<Credentials>, RepositoryError> {
        let (statement, value) = match login {
            Login::Username(username) => (
                "SELECT id, password_hash FROM users WHERE lower(username) = lower($1)",
                username.as_str(),
            ),
            Login::Email(email) => {
                ("SELECT id, password_hash FROM users WHERE email = $1", email.as_str())
            }
        };
        let found = sqlx::query_as::<_, CredentialsRow>(statement)
            .bind(value)
            .fetch_optional(self.pool())
            .await;
        Ok(found.map_err(repository_error)?.map(credentials))
    }

    async fn find_credentials_of(
        &self,
        user: UserId,
    ) -> Result<Option<Credentials>, RepositoryError> {
        let statement = "SELECT id, password_hash FROM users WHERE id = $1";
        let found = sqlx::query_as::<_, CredentialsRow>(statement)
            .bind(user.get())
            .fetch_optional(self.pool())
            .await;
        Ok(found.map_err(repository_error)?.map(credentials))
    }

    async fn list(&self, filter: &UserFilter) -> Result<(Vec<UserDetails>, u64), RepositoryError> {
        let rows = sqlx::query_as::<_, UserRow>(list_statement(filter))
            .bind(filter.is_active)
            .bind(i64::from(filter.limit))
            .bind(i64::try_from(filter.offset).unwrap_or(i64::MAX))
            .fetch_all(self.pool())
            .await
            .map_err(repository_error)?;
        let statement = "SELECT count(*) FROM users WHERE ($1::boolean IS NULL OR is_active = $1)";
        let total: i64 = sqlx::query_scalar(statement)
            .bind(filter.is_active)
            .fetch_one(self.pool())
            .await
            .map_err(repository_error)?;
        let users = rows.iter().map(user_details).collect::<Result<_, _>>()?;
        Ok((users, total.unsigned_abs()))
    }
}
