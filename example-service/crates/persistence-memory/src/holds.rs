//! Users whom nobody else changes.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use application::ports::RepositoryError;
use domain::accounts::UserId;

/// The users that units of work hold. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct HeldUsers(Arc<Mutex<BTreeSet<UserId>>>);

impl HeldUsers {
    /// A set that was poisoned is taken all the same: each change to it is done at once.
    fn lock(&self) -> MutexGuard<'_, BTreeSet<UserId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The users that one unit of work holds, until it is dropped.
pub(crate) struct Holds {
    all: HeldUsers,
    mine: BTreeSet<UserId>,
}

impl Holds {
    pub(crate) fn new(all: HeldUsers) -> Self {
        Self { all, mine: BTreeSet::new() }
    }

    /// Keeps others from this user. Nobody is waited for, so that no two can wait for each
    /// other: whom someone else holds is a conflict.
    pub(crate) fn hold(&mut self, user: UserId) -> Result<(), RepositoryError> {
        if self.mine.contains(&user) {
            return Ok(());
        }
        if !self.all.lock().insert(user) {
            return Err(RepositoryError::Conflict);
        }
        self.mine.insert(user);
        Ok(())
    }
}

impl Drop for Holds {
    fn drop(&mut self) {
        self.all.lock().retain(|user| !self.mine.contains(user));
    }
}
