//! Users within a unit of work.

use application::ports::{RepositoryError, UserRepository};
use async_trait::async_trait;
use domain::accounts::{Email, User, UserId};

use crate::change::Change;
use crate::staged::Staged;

/// Users of the other store. Who goes takes sessions along.
pub(crate) struct SessionEndingUserRepository<'a> {
    users: Box<dyn UserRepository + 'a>,
    staged: &'a mut Staged,
}

impl<'a> SessionEndingUserRepository<'a> {
    pub(crate) fn new(users: Box<dyn UserRepository + 'a>, staged: &'a mut Staged) -> Self {
        Self { users, staged }
    }
}

#[async_trait]
impl UserRepository for SessionEndingUserRepository<'_> {
    async fn find(&mut self, id: UserId) -> Result<Option<User>, RepositoryError> {
        self.users.find(id).await
    }

    async fn find_held(&mut self, id: UserId) -> Result<Option<User>, RepositoryError> {
        self.users.find_held(id).await
    }

    async fn find_by_email(&mut self, email: &Email) -> Result<Option<User>, RepositoryError> {
        self.users.find_by_email(email).await
    }

    async fn has_super_admin(&mut self) -> Result<bool, RepositoryError> {
        self.users.has_super_admin().await
    }

    async fn add(&mut self, user: &User) -> Result<(), RepositoryError> {
        self.users.add(user).await
    }

    async fn update(&mut self, user: &User) -> Result<(), RepositoryError> {
        self.users.update(user).await
    }

    async fn delete(&mut self, user: &User) -> Result<(), RepositoryError> {
        self.users.delete(user).await?;
        self.staged.push(Change::ForgetUser(user.id()));
        Ok(())
    }
}
