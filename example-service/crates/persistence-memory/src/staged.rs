//! Changes that nobody else sees yet.

use application::ports::RepositoryError;

use crate::state::State;

type Change = Box<dyn Fn(&mut State) -> Result<(), RepositoryError> + Send>;

/// A copy of everything, and what was done to it.
pub(crate) struct Staged {
    state: State,
    changes: Vec<Change>,
}

impl Staged {
    pub(crate) fn new(state: State) -> Self {
        Self { state, changes: Vec::new() }
    }

    /// Everything, as this unit of work sees it.
    pub(crate) fn state(&self) -> &State {
        &self.state
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
