//! Keeps users in memory.

use application::ports::{RepositoryError, UniqueConstraint, UserRepository};
use async_trait::async_trait;
use domain::accounts::{Email, Role, User, UserId, UserSnapshot};

use crate::staged::Staged;
use crate::state::{State, insert, of_version};

/// Keeps users in memory.
pub(crate) struct MemoryUserRepository<'a> {
    staged: &'a mut Staged,
}

impl<'a> MemoryUserRepository<'a> {
    pub(crate) fn new(staged: &'a mut Staged) -> Self {
        Self { staged }
    }
}

/// Whether another user has something that `user` has and only one may have.
fn ensure_unique(state: &State, user: &UserSnapshot) -> Result<(), RepositoryError> {
    let others = || state.users.values().filter(|other| other.id != user.id);
    let constraint = if others().any(|other| other.email == user.email) {
        UniqueConstraint::Email
    } else if others().any(|other| other.username == user.username) {
        UniqueConstraint::Username
    } else if user.role == Role::SuperAdmin && others().any(|other| other.role == user.role) {
        UniqueConstraint::SuperAdmin
    } else {
        return Ok(());
    };
    Err(RepositoryError::Duplicate { constraint })
}

#[async_trait]
impl UserRepository for MemoryUserRepository<'_> {
    async fn find(&mut self, id: UserId) -> Result<Option<User>, RepositoryError> {
        Ok(self.staged.state().users.get(&id).cloned().map(User::rehydrate))
    }

    /// What was copied may have changed before this user was held, which the version tells
    /// when this is committed.
    async fn find_held(&mut self, id: UserId) -> Result<Option<User>, RepositoryError> {
        self.staged.hold(id)?;
        let found = self.find(id).await?;
        if let Some(loaded) = found.as_ref().map(User::version) {
            self.staged.change(move |state| {
                of_version(&mut state.users, &id, loaded, |row| row.version).map(|_| ())
            })?;
        }
        Ok(found)
    }

    async fn find_by_email(&mut self, email: &Email) -> Result<Option<User>, RepositoryError> {
        let found = self.staged.state().users.values().find(|user| user.email == *email);
        Ok(found.cloned().map(User::rehydrate))
    }

    async fn has_super_admin(&mut self) -> Result<bool, RepositoryError> {
        Ok(self.staged.state().users.values().any(|user| user.role == Role::SuperAdmin))
    }

    async fn add(&mut self, user: &User) -> Result<(), RepositoryError> {
        let row = user.snapshot();
        self.staged.change(move |state| {
            ensure_unique(state, &row)?;
            insert(&mut state.users, row.id, row.clone(), UniqueConstraint::Id)
        })
    }

    async fn update(&mut self, user: &User) -> Result<(), RepositoryError> {
        self.staged.hold(user.id())?;
        let loaded = user.version();
        let row = UserSnapshot { version: loaded.next(), ..user.snapshot() };
        self.staged.change(move |state| {
            ensure_unique(state, &row)?;
            *of_version(&mut state.users, &row.id, loaded, |row| row.version)? = row.clone();
            Ok(())
        })
    }

    async fn delete(&mut self, user: &User) -> Result<(), RepositoryError> {
        let (id, loaded) = (user.id(), user.version());
        self.staged.hold(id)?;
        self.staged.change(move |state| {
            of_version(&mut state.users, &id, loaded, |row| row.version)?;
            state.users.remove(&id);
            let sessions = &mut state.sessions;
            sessions.retain(|_, session| session.user != id);
            state.spent_refresh.retain(|_, session| sessions.contains_key(session));
            state.one_time_tokens.retain(|_, token| token.user() != id);
            Ok(())
        })
    }
}
