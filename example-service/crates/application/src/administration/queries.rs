//! What shows users.

mod get_user;
mod list_users;

pub use get_user::{GetUser, GetUserError, GetUserQuery};
pub use list_users::{ListUsers, ListUsersError, ListUsersQuery, UserPage};
