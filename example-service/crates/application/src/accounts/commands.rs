//! What changes accounts.

mod change_my_password;
mod delete_me;
mod log_in;
mod log_out;
mod refresh_session;
mod renew_session;
mod send_welcome_mail;
mod sign_up;
mod update_me;

pub use change_my_password::{ChangeMyPassword, ChangeMyPasswordError, ChangeMyPasswordInteractor};
pub use delete_me::{DeleteMe, DeleteMeError, DeleteMeInteractor};
pub use log_in::{LogIn, LogInError, LogInInteractor};
pub use log_out::{LogOut, LogOutError, LogOutInteractor};
pub use refresh_session::{RefreshSession, RefreshSessionError, RefreshSessionInteractor};
pub use renew_session::{RenewSession, RenewSessionError, RenewSessionInteractor};
pub use send_welcome_mail::{SendWelcomeMail, SendWelcomeMailError, SendWelcomeMailInteractor};
pub use sign_up::{SignUp, SignUpError, SignUpInteractor};
pub use update_me::{UpdateMe, UpdateMeError, UpdateMeInteractor};
