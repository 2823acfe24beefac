//! Use cases about lost passwords.

use std::sync::Arc;

use application::recovery::commands::{RequestRecoveryInteractor, ResetPasswordInteractor};
use application::recovery::queries::PreviewMailQuery;
use presentation_http::RecoveryUseCases;

use super::ApplicationScope;

impl ApplicationScope {
    pub(super) fn recovery(&self) -> RecoveryUseCases {
        let (work, stamps) = (&self.stores.accounts, &self.stamps);
        RecoveryUseCases {
            request_recovery: self
                .retrying(RequestRecoveryInteractor::new(work.clone(), stamps.clone())),
            reset_password: self.retrying(ResetPasswordInteractor::new(
                work.clone(),
                self.hasher.clone(),
                self.opaque_tokens.clone(),
                stamps.clone(),
            )),
            preview_mail: Arc::new(PreviewMailQuery::new(
                self.stores.user_views.clone(),
                self.mail_renderer.clone(),
                self.clock.clone(),
            )),
        }
    }
}
