//! What changes users.

mod activate_user;
mod create_user;
mod deactivate_user;
mod grant_admin;
mod revoke_admin;
mod seed_superuser;
mod set_password;

pub use activate_user::{ActivateUser, ActivateUserError, ActivateUserInteractor};
pub use create_user::{CreateUser, CreateUserError, CreateUserInteractor};
pub use deactivate_user::{DeactivateUser, DeactivateUserError, DeactivateUserInteractor};
pub use grant_admin::{GrantAdmin, GrantAdminError, GrantAdminInteractor};
pub use revoke_admin::{RevokeAdmin, RevokeAdminError, RevokeAdminInteractor};
pub use seed_superuser::{SeedOutcome, SeedSuperuser, SeedSuperuserError, SeedSuperuserInteractor};
pub use set_password::{SetPassword, SetPasswordError, SetPasswordInteractor};
