//! Use cases about sessions.

use std::sync::Arc;

use application::sessions::commands::{RevokeAllSessionsInteractor, RevokeSessionInteractor};
use application::sessions::queries::ListSessionsQuery;
use presentation_http::SessionUseCases;

use super::ApplicationScope;

impl ApplicationScope {
    pub(super) fn sessions(&self) -> SessionUseCases {
        let (work, views) = (&self.stores.accounts, &self.stores.session_views);
        let stamps = &self.stamps;
        SessionUseCases {
            list_sessions: Arc::new(ListSessionsQuery::new(views.clone(), self.clock.clone())),
            revoke_session: self
                .retrying(RevokeSessionInteractor::new(work.clone(), stamps.clone())),
            revoke_all_sessions: self
                .retrying(RevokeAllSessionsInteractor::new(work.clone(), stamps.clone())),
        }
    }
}
