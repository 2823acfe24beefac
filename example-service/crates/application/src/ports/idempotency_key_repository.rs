//! Which requests were answered already.

use async_trait::async_trait;
use domain::accounts::UserId;
use domain::orders::OrderId;
use thiserror::Error;
use time::OffsetDateTime;

use super::RepositoryError;

/// What a client calls a request, so that sending it twice has one effect: 1 to 255
/// visible ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The most characters.
    pub const LONGEST: usize = 255;

    /// Takes `text` as a key.
    ///
    /// # Errors
    ///
    /// When it is empty, too long or has other characters.
    pub fn try_new(text: &str) -> Result<Self, IdempotencyKeyError> {
        let is_visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_visible && (1..=Self::LONGEST).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(IdempotencyKeyError)
        }
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// This is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an idempotency key has 1 to 255 visible ASCII characters")]
pub struct IdempotencyKeyError;

/// An order that was placed under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyRecord {
    /// Who placed it: everybody has keys of their own.
    pub buyer: UserId,
    /// The key.
    pub key: IdempotencyKey,
    /// What was asked for, so that a key is not used for something else.
    pub fingerprint: String,
    /// The order.
    pub order: OrderId,
    /// When it was placed.
    pub created_at: OffsetDateTime,
}

/// Keeps which orders were placed under which keys.
#[async_trait]
pub trait IdempotencyKeyRepository: Send {
    /// What a buyer did under a key.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find(
        &mut self,
        buyer: UserId,
        key: &IdempotencyKey,
    ) -> Result<Option<IdempotencyRecord>, RepositoryError>;

    /// Keeps what was done under a key.
    ///
    /// # Errors
    ///
    /// `Duplicate` of `IdempotencyKey`.
    async fn add(&mut self, record: &IdempotencyRecord) -> Result<(), RepositoryError>;

    /// Forgets keys that were used before this time; counts them.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn purge_used_before(&mut self, time: OffsetDateTime) -> Result<u64, RepositoryError>;
}
