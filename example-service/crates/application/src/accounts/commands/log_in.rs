//! Logging in.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{
    Email, Password, PasswordHash, Session, SessionId, SessionPolicy, User, Username,
};
use domain::shared::SecretText;
use thiserror::Error;

use crate::accounts::common::{AccessTokens, TokenPair};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{
    AccountsUnitOfWorkFactory, Credentials, Login, OpaqueTokens, PasswordHasher, RepositoryError,
    Unavailable, UserReadStore,
};

/// Asks for a session.
#[derive(Clone, Debug)]
pub struct LogIn {
    /// The name or the address of the user.
    pub login: String,
    /// The password.
    pub password: SecretText,
}

impl Operation for LogIn {
    type Output = TokenPair;
    type Error = LogInError;
}

/// Why nobody has logged in.
#[derive(Debug, Error)]
pub enum LogInError {
    /// There is no such user, the user is not active, or the password is another: which of
    /// them, nobody is told.
    #[error("the login or the password is wrong")]
    InvalidCredentials,
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for LogInError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Begins sessions.
pub struct LogInInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    users: Arc<dyn UserReadStore>,
    hasher: Arc<dyn PasswordHasher>,
    opaque_tokens: Arc<dyn OpaqueTokens>,
    access_tokens: AccessTokens,
    policy: SessionPolicy,
    stamps: Stamps,
}

impl LogInInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn AccountsUnitOfWorkFactory>,
        users: Arc<dyn UserReadStore>,
        hasher: Arc<dyn PasswordHasher>,
        opaque_tokens: Arc<dyn OpaqueTokens>,
        access_tokens: AccessTokens,
        policy: SessionPolicy,
        stamps: Stamps,
    ) -> Self {
        Self { work, users, hasher, opaque_tokens, access_tokens, policy, stamps }
    }

    async fn credentials(&self, login: &str) -> Result<Option<Credentials>, RepositoryError> {
        let login = if login.contains('@') {
            Email::try_new(login).ok().map(Login::Email)
        } else {
            Username::try_new(login).ok().map(Login::Username)
        };
        match login {
            Some(login) => self.users.find_credentials(&login).await,
            None => Ok(None),
        }
    }

    /// The hash of a password that was just verified, if the old one is not good any more.
    /// One that would not be good enough today keeps its old hash.
    async fn rehashed(
        &self,
        password: SecretText,
        hash: &PasswordHash,
    ) -> Result<Option<PasswordHash>, Unavailable> {
        match Password::try_new(password) {
            Ok(password) if self.hasher.needs_rehash(hash) => {
                self.hasher.hash(&password).await.map(Some)
            }
            _ => Ok(None),
        }
    }
}

#[async_trait]
impl UseCase<LogIn> for LogInInteractor {
    async fn execute(&self, operation: LogIn) -> Result<TokenPair, LogInError> {
        let LogIn { login, password } = operation;
        let Some(credentials) = self.credentials(&login).await? else {
            self.hasher.verify_dummy(&password).await?;
            return Err(LogInError::InvalidCredentials);
        };
        if !self.hasher.verify(&password, &credentials.password_hash).await? {
            return Err(LogInError::InvalidCredentials);
        }
        let rehashed = self.rehashed(password, &credentials.password_hash).await?;
        let mut work = self.work.begin().await?;
        // Held, so that whoever changes the password now finds this session, and ends it.
        let found = work.users().find_held(credentials.user).await?;
        let mut user = found.filter(User::is_active).ok_or(LogInError::InvalidCredentials)?;
        if *user.password_hash() != credentials.password_hash {
            // The password was changed while this one was verified.
            return Err(RepositoryError::Conflict.into());
        }
        if let Some(hash) = rehashed {
            user.rehash_password(hash);
            work.users().update(&user).await?;
        }
        let now = self.stamps.now();
        let refresh_token = self.opaque_tokens.generate();
        let digest = self.opaque_tokens.digest(&refresh_token);
        let id = SessionId::new(self.stamps.next_id());
        let session = Session::start(id, user.id(), digest, now, &self.policy);
        work.sessions().add(&session).await?;
        let access = self.access_tokens.issue(&session, user.role(), now)?;
        work.commit().await?;
        let session_expires_at = session.expires_at();
        Ok(TokenPair { session: id, access, refresh_token, session_expires_at })
    }
}
