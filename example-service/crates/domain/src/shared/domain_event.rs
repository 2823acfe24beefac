//! What all events have in common.

use uuid::Uuid;

/// Something that has happened to an aggregate. It is told to others as plain text, so
/// that its shape on the wire does not depend on the shape of a type.
pub trait DomainEvent: Send + Sync {
    /// What has happened, as `context.event`.
    fn name(&self) -> &'static str;

    /// The id of the aggregate to which it happened.
    fn subject(&self) -> Uuid;

    /// What else is worth knowing: names with values. Never a secret.
    fn attributes(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
