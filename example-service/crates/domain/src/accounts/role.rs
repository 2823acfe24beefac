//! What users may do to each other.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// What a user may do: `super_admin` over `admin` over `user`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Buys and sells.
    User,
    /// Manages users.
    Admin,
    /// Manages admins too. There is one from the first start on, and nobody can change it.
    SuperAdmin,
}

impl Role {
    /// Every role, the lowest first.
    pub const ALL: [Self; 3] = [Self::User, Self::Admin, Self::SuperAdmin];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Admin => "admin",
            Self::SuperAdmin => "super_admin",
        }
    }

    /// Whether users of `other` are subordinate to users of this.
    #[must_use]
    pub fn outranks(self, other: Self) -> bool {
        self > other
    }

    /// Whether it manages users at all.
    #[must_use]
    pub fn is_administrative(self) -> bool {
        self >= Self::Admin
    }
}

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.name() == name).ok_or(RoleError)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The name is of no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a role is one of user, admin and super_admin")]
pub struct RoleError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for role in Role::ALL {
            assert_eq!(role.to_string().parse(), Ok(role));
        }
        assert_eq!("root".parse::<Role>(), Err(RoleError));
    }

    #[test]
    fn nobody_outranks_an_equal() {
        for role in Role::ALL {
            assert!(!role.outranks(role));
        }
        assert!(Role::SuperAdmin.outranks(Role::Admin));
        assert!(Role::Admin.outranks(Role::User));
        assert!(!Role::User.outranks(Role::Admin));
    }
}
