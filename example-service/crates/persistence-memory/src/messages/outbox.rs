//! Keeps events until they are told.

use application::ports::{Outbox, OutboxMessage, RepositoryError, UniqueConstraint};
use async_trait::async_trait;

use crate::staged::Staged;
use crate::state::{Outgoing, insert};

/// Keeps events until they are told.
pub(crate) struct MemoryOutbox<'a> {
    staged: &'a mut Staged,
}

impl<'a> MemoryOutbox<'a> {
    pub(crate) fn new(staged: &'a mut Staged) -> Self {
        Self { staged }
    }
}

#[async_trait]
impl Outbox for MemoryOutbox<'_> {
    async fn append(&mut self, message: &OutboxMessage) -> Result<(), RepositoryError> {
        let row = Outgoing { message: message.clone(), claimed_until: None };
        self.staged.change(move |state| {
            insert(&mut state.outbox, row.message.id, row.clone(), UniqueConstraint::Id)
        })
    }
}
