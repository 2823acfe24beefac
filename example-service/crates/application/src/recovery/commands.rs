//! What changes recovery.

mod request_recovery;
mod reset_password;
mod send_recovery_mail;

pub use request_recovery::{RequestRecovery, RequestRecoveryError, RequestRecoveryInteractor};
pub use reset_password::{ResetPassword, ResetPasswordError, ResetPasswordInteractor};
pub use send_recovery_mail::{SendRecoveryMail, SendRecoveryMailError, SendRecoveryMailInteractor};
