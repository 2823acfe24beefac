//! Events on their way out.

use std::fmt;

use domain::shared::DomainEvent;
use time::OffsetDateTime;
use uuid::Uuid;

/// What an event is known by, so that who hears of it twice can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(Uuid);

impl EventId {
    /// The id of this value.
    #[must_use]
    pub const fn new(value: Uuid) -> Self {
        Self(value)
    }

    /// Its value.
    #[must_use]
    pub const fn get(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// An event as it is stored and told to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMessage {
    /// What it is known by.
    pub id: EventId,
    /// What has happened.
    pub name: String,
    /// The aggregate to which it happened.
    pub subject: Uuid,
    /// When it happened.
    pub occurred_at: OffsetDateTime,
    /// What else is worth knowing: names with values.
    pub attributes: Vec<(String, String)>,
}

impl OutboxMessage {
    /// The message about `event`.
    #[must_use]
    pub fn new(id: EventId, event: &dyn DomainEvent, occurred_at: OffsetDateTime) -> Self {
        let attributes = event.attributes().into_iter();
        Self {
            id,
            name: event.name().to_owned(),
            subject: event.subject(),
            occurred_at,
            attributes: attributes.map(|(name, value)| (name.to_owned(), value)).collect(),
        }
    }
}
