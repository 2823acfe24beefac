//! Use cases about other users, and about the first one.

use std::sync::Arc;

use application::administration::commands::{
    ActivateUserInteractor, CreateUserInteractor, DeactivateUserInteractor, GrantAdminInteractor,
    RevokeAdminInteractor, SeedSuperuser, SeedSuperuserInteractor, SetPasswordInteractor,
};
use application::administration::queries::{GetUserQuery, ListUsersQuery};
use presentation_http::{AdministrationUseCases, Run};

use super::ApplicationScope;

impl ApplicationScope {
    pub(super) fn administration(&self) -> AdministrationUseCases {
        let (work, views) = (&self.stores.accounts, &self.stores.user_views);
        let (hasher, stamps) = (&self.hasher, &self.stamps);
        AdministrationUseCases {
            create_user: self.retrying(CreateUserInteractor::new(
                work.clone(),
                hasher.clone(),
                stamps.clone(),
            )),
            list_users: Arc::new(ListUsersQuery::new(views.clone())),
            get_user: Arc::new(GetUserQuery::new(views.clone())),
            set_password: self.retrying(SetPasswordInteractor::new(
                work.clone(),
                views.clone(),
                hasher.clone(),
                stamps.clone(),
            )),
            grant_admin: self.retrying(GrantAdminInteractor::new(work.clone(), stamps.clone())),
            revoke_admin: self.retrying(RevokeAdminInteractor::new(work.clone(), stamps.clone())),
            activate_user: self.retrying(ActivateUserInteractor::new(work.clone(), stamps.clone())),
            deactivate_user: self
                .retrying(DeactivateUserInteractor::new(work.clone(), stamps.clone())),
        }
    }

    /// Adds the first user.
    #[must_use]
    pub fn seed_superuser(&self) -> Run<SeedSuperuser> {
        self.retrying(SeedSuperuserInteractor::new(
            self.stores.accounts.clone(),
            self.hasher.clone(),
            self.stamps.clone(),
        ))
    }
}
