//! What has happened to users.

use uuid::Uuid;

use super::{Email, UserId, Username};
use crate::shared::DomainEvent;

/// Someone has become a user.
#[derive(Clone, Debug)]
pub struct UserRegistered {
    /// The user.
    pub user: UserId,
    /// What the user is called.
    pub username: Username,
    /// Where mail reaches the user.
    pub email: Email,
}

impl DomainEvent for UserRegistered {
    fn name(&self) -> &'static str {
        "accounts.user_registered"
    }

    fn subject(&self) -> Uuid {
        self.user.get()
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("username", self.username.to_string()), ("email", self.email.to_string())]
    }
}

/// A user has another name or address.
#[derive(Clone, Debug)]
pub struct ProfileChanged {
    /// The user.
    pub user: UserId,
    /// What the user is called now.
    pub username: Username,
    /// Where mail reaches the user now.
    pub email: Email,
}

impl DomainEvent for ProfileChanged {
    fn name(&self) -> &'static str {
        "accounts.profile_changed"
    }

    fn subject(&self) -> Uuid {
        self.user.get()
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("username", self.username.to_string()), ("email", self.email.to_string())]
    }
}

/// A user has another password.
#[derive(Clone, Copy, Debug)]
pub struct PasswordChanged {
    /// The user.
    pub user: UserId,
}

impl DomainEvent for PasswordChanged {
    fn name(&self) -> &'static str {
        "accounts.password_changed"
    }

    fn subject(&self) -> Uuid {
        self.user.get()
    }
}

/// A user has become an admin.
#[derive(Clone, Copy, Debug)]
pub struct AdminGranted {
    /// The user.
    pub user: UserId,
}

impl DomainEvent for AdminGranted {
    fn name(&self) -> &'static str {
        "accounts.admin_granted"
    }

    fn subject(&self) -> Uuid {
        self.user.get()
    }
}

/// A user is no admin any more.
#[derive(Clone, Copy, Debug)]
pub struct AdminRevoked {
    /// The user.
    pub user: UserId,
}

impl DomainEvent for AdminRevoked {
    fn name(&self) -> &'static str {
        "accounts.admin_revoked"
    }

    fn subject(&self) -> Uuid {
        self.user.get()
    }
}

/// A user can log in again.
#[derive(Clone, Copy, Debug)]
pub struct UserActivated {
    /// The user.
    pub user: UserId,
}

impl DomainEvent for UserActivated {
    fn name(&self) -> &'static str {
        "accounts.user_activated"
    }

    fn subject(&self) -> Uuid {
        self.user.get()
    }
}

/// A user cannot log in any more.
#[derive(Clone, Copy, Debug)]
pub struct UserDeactivated {
    /// The user.
    pub user: UserId,
}

impl DomainEvent for UserDeactivated {
    fn name(&self) -> &'static str {
        "accounts.user_deactivated"
    }

    fn subject(&self) -> Uuid {
        self.user.get()
    }
}

/// A user is gone.
#[derive(Clone, Copy, Debug)]
pub struct UserDeleted {
    /// The user.
    pub user: UserId,
}

impl DomainEvent for UserDeleted {
    fn name(&self) -> &'static str {
        "accounts.user_deleted"
    }

    fn subject(&self) -> Uuid {
        self.user.get()
    }
}
