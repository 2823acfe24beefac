//! Times and ids for what happens.

use std::sync::Arc;

use domain::shared::DomainEvent;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::ports::{Clock, EventId, IdGenerator, JobId, OutboxMessage};

/// Gives times and ids to what happens.
#[derive(Clone)]
pub struct Stamps {
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
}

impl Stamps {
    /// Times of `clock` and ids of `ids`.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn IdGenerator>) -> Self {
        Self { clock, ids }
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    /// A new id.
    #[must_use]
    pub fn next_id(&self) -> Uuid {
        self.ids.next_id()
    }

    /// A new id for a job.
    #[must_use]
    pub fn next_job(&self) -> JobId {
        JobId::new(self.ids.next_id())
    }

    /// The message that `event` has happened now.
    #[must_use]
    pub fn message(&self, event: &dyn DomainEvent) -> OutboxMessage {
        OutboxMessage::new(EventId::new(self.ids.next_id()), event, self.clock.now())
    }
}
