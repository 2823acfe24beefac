//! Where sessions are kept.

use async_trait::async_trait;
use domain::accounts::{Session, SessionId, TokenDigest, UserId};
use time::OffsetDateTime;

use super::RepositoryError;

/// Keeps sessions, and all the refresh tokens that each ever had: together they are the
/// family that a reused token gives away.
#[async_trait]
pub trait SessionRepository: Send {
    /// The session of this id, ended or not.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find(&mut self, id: SessionId) -> Result<Option<Session>, RepositoryError>;

    /// The session whose refresh token this is or once was, ended or not.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find_by_refresh(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Session>, RepositoryError>;

    /// Keeps a new session, of a user who is held: see
    /// [`UserRepository::find_held`](super::UserRepository::find_held).
    ///
    /// # Errors
    ///
    /// `Duplicate` of `Id`; `Conflict` when the user is gone.
    async fn add(&mut self, session: &Session) -> Result<(), RepositoryError>;

    /// Keeps what has changed of a session, and counts its version up in the store. A
    /// refresh digest that is replaced stays findable.
    ///
    /// # Errors
    ///
    /// `Conflict` when the store does not hold the version that was loaded.
    async fn update(&mut self, session: &Session) -> Result<(), RepositoryError>;

    /// Ends all sessions of a user that have not ended, but for one; counts them. Who does so
    /// because the user is another than before updates the user first, and so comes after
    /// those who hold the user to begin a session: that one ends, too.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn revoke_all(
        &mut self,
        user: UserId,
        except: Option<SessionId>,
        now: OffsetDateTime,
    ) -> Result<u64, RepositoryError>;

    /// Forgets sessions that expired or were revoked before this time, with their refresh
    /// tokens; counts them.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn purge_ended_before(&mut self, time: OffsetDateTime) -> Result<u64, RepositoryError>;
}
