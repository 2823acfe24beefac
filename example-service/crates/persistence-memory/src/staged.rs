//! Changes that nobody else sees yet.

use application::ports::RepositoryError;
use domain::accounts::UserId;

use crate::holds::Holds;
use crate::state::State;

type Change = Box<dyn Fn(&mut State) -> Result<(), RepositoryError> + Send>;

/// A copy of everything, what was done to it, and whom nobody else may change meanwhile.
pub(crate) struct Staged {
    state: State,
    changes: Vec<Change>,
    holds: Holds,
}

impl Staged {
    pub(crate) fn new(state: State, holds: Holds) -> Self {
        Self { state, changes: Vec::new(), holds }
    }

    /// Everything, as this unit of work sees it.
    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    /// Keeps others from this user until this is dropped.
    pub(crate) fn hold(&mut self, user: UserId) -> Result<(), RepositoryError> {
        self.holds.hold(user)
    }

    /// Changes the copy, and remembers how.
    pub(crate) fn change(
        &mut self,
        change: impl Fn(&mut State) -> Result<(), RepositoryError> + Send + 'static,
    ) -> Result<(), RepositoryError> {
        change(&mut self.state)?;
        self.changes.push(Box::new(change));
        Ok(())
    }

    /// Changes what is there by now in the same way, or not at all.
    pub(crate) fn apply_to(&self, live: &mut State) -> Result<(), RepositoryError> {
        let mut next = live.clone();
        self.changes.iter().try_for_each(|change| change(&mut next))?;
        *live = next;
        Ok(())
    }
}
