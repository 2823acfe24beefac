//! What shows accounts.

mod authenticate;
mod get_me;

pub use authenticate::{Authenticate, AuthenticateError, AuthenticateQuery, Authenticated};
pub use get_me::{GetMe, GetMeError, GetMeQuery};
