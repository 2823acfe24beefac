//! Keeps one-time tokens in memory.

use application::ports::{OneTimeTokenRepository, RepositoryError};
use async_trait::async_trait;
use domain::accounts::{OneTimeToken, TokenDigest, TokenPurpose, UserId};
use time::OffsetDateTime;

use crate::staged::Staged;

/// Keeps one-time tokens in memory.
pub(crate) struct MemoryOneTimeTokenRepository<'a> {
    staged: &'a mut Staged,
}

impl<'a> MemoryOneTimeTokenRepository<'a> {
    pub(crate) fn new(staged: &'a mut Staged) -> Self {
        Self { staged }
    }
}

#[async_trait]
impl OneTimeTokenRepository for MemoryOneTimeTokenRepository<'_> {
    async fn put(&mut self, token: &OneTimeToken) -> Result<(), RepositoryError> {
        let token = *token;
        self.staged.change(move |state| {
            if !state.users.contains_key(&token.user()) {
                return Err(RepositoryError::Conflict);
            }
            let is_former = |other: &OneTimeToken| {
                other.user() == token.user() && other.purpose() == token.purpose()
            };
            state.one_time_tokens.retain(|_, other| !is_former(other));
            state.one_time_tokens.insert(*token.digest(), token);
            Ok(())
        })
    }

    async fn take(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<OneTimeToken>, RepositoryError> {
        let digest = *digest;
        let Some(token) = self.staged.state().one_time_tokens.get(&digest).copied() else {
            return Ok(None);
        };
        self.staged.change(move |state| {
            let removed = state.one_time_tokens.remove(&digest);
            removed.map(|_| ()).ok_or(RepositoryError::Conflict)
        })?;
        Ok(Some(token))
    }

    async fn remove_all(
        &mut self,
        user: UserId,
        purpose: TokenPurpose,
    ) -> Result<(), RepositoryError> {
        self.staged.change(move |state| {
            let is_meant =
                |token: &OneTimeToken| token.user() == user && token.purpose() == purpose;
            state.one_time_tokens.retain(|_, token| !is_meant(token));
            Ok(())
        })
    }

    async fn purge_expired_before(&mut self, time: OffsetDateTime) -> Result<u64, RepositoryError> {
        let tokens = self.staged.state().one_time_tokens.values();
        let count = tokens.filter(|token| token.expires_at() < time).count() as u64;
        self.staged.change(move |state| {
            state.one_time_tokens.retain(|_, token| token.expires_at() >= time);
            Ok(())
        })?;
        Ok(count)
    }
}
