//! Use cases about the own account.

use std::sync::Arc;

use application::accounts::commands::{
    ChangeMyPasswordInteractor, DeleteMeInteractor, LogInInteractor, LogOutInteractor,
    RefreshSessionInteractor, RenewSessionInteractor, SignUpInteractor, UpdateMeInteractor,
};
use application::accounts::queries::{AuthenticateQuery, GetMeQuery};
use presentation_http::AccountUseCases;

use super::ApplicationScope;

impl ApplicationScope {
    pub(super) fn accounts(&self) -> AccountUseCases {
        let (work, views) = (&self.stores.accounts, &self.stores.user_views);
        let (hasher, tokens, stamps) = (&self.hasher, &self.opaque_tokens, &self.stamps);
        let (access, policy) = (&self.access_tokens, self.session_policy);
        AccountUseCases {
            sign_up: self.retrying(SignUpInteractor::new(
                work.clone(),
                hasher.clone(),
                stamps.clone(),
            )),
            log_in: self.retrying(LogInInteractor::new(
                work.clone(),
                views.clone(),
                hasher.clone(),
                tokens.clone(),
                access.clone(),
                policy,
                stamps.clone(),
            )),
            log_out: self.retrying(LogOutInteractor::new(work.clone(), stamps.clone())),
            refresh_session: self.retrying(RefreshSessionInteractor::new(
                work.clone(),
                tokens.clone(),
                access.clone(),
                policy,
                stamps.clone(),
            )),
            renew_session: self.retrying(RenewSessionInteractor::new(
                work.clone(),
                access.clone(),
                policy,
                stamps.clone(),
            )),
            authenticate: Arc::new(AuthenticateQuery::new(
                self.token_verifier.clone(),
                self.stores.session_views.clone(),
                self.clock.clone(),
            )),
            get_me: Arc::new(GetMeQuery::new(views.clone())),
            update_me: self.retrying(UpdateMeInteractor::new(work.clone(), stamps.clone())),
            delete_me: self.retrying(DeleteMeInteractor::new(work.clone(), stamps.clone())),
            change_my_password: self.retrying(ChangeMyPasswordInteractor::new(
                work.clone(),
                views.clone(),
                hasher.clone(),
                stamps.clone(),
            )),
        }
    }
}
