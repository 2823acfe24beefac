//! Who uses the marketplace, and how they prove it.

pub mod events;

mod email;
mod one_time_token;
mod password;
mod password_hash;
mod role;
mod session;
mod session_id;
mod session_policy;
mod token_digest;
mod user;
mod user_id;
mod username;

pub use email::{Email, EmailError};
pub use one_time_token::{OneTimeToken, TokenPurpose, TokenPurposeError};
pub use password::{Password, PasswordError};
pub use password_hash::PasswordHash;
pub use role::{Role, RoleError};
pub use session::{Session, SessionError, SessionSnapshot};
pub use session_id::SessionId;
pub use session_policy::SessionPolicy;
pub use token_digest::TokenDigest;
pub use user::{User, UserError, UserSnapshot};
pub use user_id::UserId;
pub use username::{Username, UsernameError};
