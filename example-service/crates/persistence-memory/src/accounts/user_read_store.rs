//! Shows users out of memory.

use std::cmp::Ordering;

use application::ports::{
    Credentials, Login, RepositoryError, Sorting, UserDetails, UserFilter, UserReadStore, UserSort,
};
use async_trait::async_trait;
use domain::accounts::{UserId, UserSnapshot};

use crate::store::MemoryStore;

fn details(user: &UserSnapshot) -> UserDetails {
    UserDetails {
        id: user.id,
        username: user.username.clone(),
        email: user.email.clone(),
        role: user.role,
        is_active: user.is_active,
        created_at: user.created_at,
    }
}

fn credentials(user: &UserSnapshot) -> Credentials {
    Credentials { user: user.id, password_hash: user.password_hash.clone() }
}

fn compare(one: &UserSnapshot, other: &UserSnapshot, filter: &UserFilter) -> Ordering {
    let order = match filter.sort {
        UserSort::CreatedAt => one.created_at.cmp(&other.created_at),
        UserSort::Username => one.username.folded().cmp(&other.username.folded()),
        UserSort::Email => one.email.as_str().cmp(other.email.as_str()),
    };
    let order = order.then(one.id.cmp(&other.id));
    match filter.sorting {
        Sorting::Ascending => order,
        Sorting::Descending => order.reverse(),
    }
}

#[async_trait]
impl UserReadStore for MemoryStore {
    async fn find(&self, id: UserId) -> Result<Option<UserDetails>, RepositoryError> {
        Ok(self.lock().users.get(&id).map(details))
    }

    async fn find_credentials(
        &self,
        login: &Login,
    ) -> Result<Option<Credentials>, RepositoryError> {
        let is_meant = |user: &&UserSnapshot| match login {
            Login::Username(username) => user.username == *username,
            Login::Email(email) => user.email == *email,
        };
        Ok(self.lock().users.values().find(is_meant).map(credentials))
    }

    async fn find_credentials_of(
        &self,
        user: UserId,
    ) -> Result<Option<Credentials>, RepositoryError> {
        Ok(self.lock().users.get(&user).map(credentials))
    }

    async fn list(&self, filter: &UserFilter) -> Result<(Vec<UserDetails>, u64), RepositoryError> {
        let state = self.lock();
        let is_meant =
            |user: &&UserSnapshot| filter.is_active.is_none_or(|active| user.is_active == active);
        let mut users: Vec<&UserSnapshot> = state.users.values().filter(is_meant).collect();
        users.sort_by(|one, other| compare(one, other, filter));
        let offset = usize::try_from(filter.offset).unwrap_or(usize::MAX);
        let shown = users.iter().skip(offset).take(filter.limit as usize);
        Ok((shown.map(|user| details(user)).collect(), users.len() as u64))
    }
}
