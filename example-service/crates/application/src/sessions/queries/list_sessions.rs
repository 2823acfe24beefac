//! Showing sessions.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;

use crate::authorization::Actor;
use crate::common::{Operation, UseCase};
use crate::ports::{Clock, RepositoryError, SessionReadStore, SessionSummary};

/// Asks for the sessions of a user.
#[derive(Clone, Copy, Debug)]
pub struct ListSessions {
    /// Who asks.
    pub actor: Actor,
}

impl Operation for ListSessions {
    type Output = Vec<SessionSummary>;
    type Error = ListSessionsError;
}

/// Why sessions are not shown.
#[derive(Debug, Error)]
pub enum ListSessionsError {
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Shows sessions that have not ended.
pub struct ListSessionsQuery {
    sessions: Arc<dyn SessionReadStore>,
    clock: Arc<dyn Clock>,
}

impl ListSessionsQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(sessions: Arc<dyn SessionReadStore>, clock: Arc<dyn Clock>) -> Self {
        Self { sessions, clock }
    }
}

#[async_trait]
impl UseCase<ListSessions> for ListSessionsQuery {
    async fn execute(
        &self,
        operation: ListSessions,
    ) -> Result<Vec<SessionSummary>, ListSessionsError> {
        Ok(self.sessions.list(operation.actor.user, self.clock.now()).await?)
    }
}
