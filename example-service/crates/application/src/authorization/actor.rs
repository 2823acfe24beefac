//! Who does something.

use domain::accounts::{Role, SessionId, UserId};

use super::Permission;

/// Who does something: a user who has logged in, with the role that the user has now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The user.
    pub user: UserId,
    /// The session in which the user does it.
    pub session: SessionId,
    /// What the user may do.
    pub role: Role,
}

/// What someone acts on, together with who it is.
pub trait ActedOn {
    /// Who acts.
    fn actor(&self) -> &Actor;
}

impl ActedOn for Actor {
    fn actor(&self) -> &Actor {
        self
    }
}

/// Given to admins and super admins.
#[derive(Clone, Copy, Debug)]
pub struct IsAdministrator;

impl<C: ActedOn> Permission<C> for IsAdministrator {
    fn is_given(&self, context: &C) -> bool {
        context.actor().role.is_administrative()
    }
}

/// Given to super admins.
#[derive(Clone, Copy, Debug)]
pub struct IsSuperAdmin;

impl<C: ActedOn> Permission<C> for IsSuperAdmin {
    fn is_given(&self, context: &C) -> bool {
        context.actor().role == Role::SuperAdmin
    }
}
