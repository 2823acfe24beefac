//! What users may do to users.

use domain::accounts::{Role, UserId};

use super::{ActedOn, Actor, AnyOf, IsAdministrator, Permission};

/// A user whom someone wants to see or change.
#[derive(Clone, Copy, Debug)]
pub struct UserManagement {
    /// Who wants to.
    pub actor: Actor,
    /// Whom.
    pub target: UserId,
    /// What the target may do.
    pub target_role: Role,
}

impl ActedOn for UserManagement {
    fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// A role that someone wants to give or take.
#[derive(Clone, Copy, Debug)]
pub struct RoleManagement {
    /// Who wants to.
    pub actor: Actor,
    /// Which.
    pub role: Role,
}

/// Given to the user in question.
#[derive(Clone, Copy, Debug)]
pub struct CanManageSelf;

impl Permission<UserManagement> for CanManageSelf {
    fn is_given(&self, context: &UserManagement) -> bool {
        context.actor.user == context.target
    }
}

/// Given to those whose role is above that of the user in question.
#[derive(Clone, Copy, Debug)]
pub struct CanManageSubordinate;

impl Permission<UserManagement> for CanManageSubordinate {
    fn is_given(&self, context: &UserManagement) -> bool {
        context.actor.role.outranks(context.target_role)
    }
}

/// Given to those whose role is above the role in question.
#[derive(Clone, Copy, Debug)]
pub struct CanManageRole;

impl Permission<RoleManagement> for CanManageRole {
    fn is_given(&self, context: &RoleManagement) -> bool {
        context.actor.role.outranks(context.role)
    }
}

/// Given to the user in question, and to those who manage users.
#[derive(Clone, Copy, Debug)]
pub struct CanSeeUser;

impl Permission<UserManagement> for CanSeeUser {
    fn is_given(&self, context: &UserManagement) -> bool {
        AnyOf(&[&CanManageSelf, &IsAdministrator]).is_given(context)
    }
}

#[cfg(test)]
mod tests {
    use domain::accounts::SessionId;
    use uuid::Uuid;

    use super::super::{Refusal, authorize, authorize_seen};
    use super::*;

    fn actor(user: u128, role: Role) -> Actor {
        let session = SessionId::new(Uuid::nil());
        Actor { user: UserId::new(Uuid::from_u128(user)), session, role }
    }

    #[test]
    fn who_manages_whom() {
        for (role, target_role, expected) in [
            (Role::User, Role::User, Err(Refusal::NotFound)),
            (Role::User, Role::SuperAdmin, Err(Refusal::NotFound)),
            (Role::Admin, Role::User, Ok(())),
            (Role::Admin, Role::Admin, Err(Refusal::Forbidden)),
            (Role::Admin, Role::SuperAdmin, Err(Refusal::Forbidden)),
            (Role::SuperAdmin, Role::Admin, Ok(())),
            (Role::SuperAdmin, Role::SuperAdmin, Err(Refusal::Forbidden)),
        ] {
            let target = UserId::new(Uuid::from_u128(2));
            let context = UserManagement { actor: actor(1, role), target, target_role };
            let outcome = authorize_seen(&CanSeeUser, &CanManageSubordinate, &context);
            assert_eq!(outcome, expected, "{role} over {target_role}");
        }
    }

    #[test]
    fn everybody_manages_themselves_and_admins_see_everybody() {
        let own = UserManagement {
            actor: actor(1, Role::User),
            target: UserId::new(Uuid::from_u128(1)),
            target_role: Role::User,
        };
        assert_eq!(authorize(&AnyOf(&[&CanManageSubordinate, &CanManageSelf]), &own), Ok(()));
        assert_eq!(authorize(&CanManageSubordinate, &own), Err(Refusal::Forbidden));
        let others = UserManagement { actor: actor(2, Role::Admin), ..own };
        assert!(CanSeeUser.is_given(&others));
    }

    #[test]
    fn only_super_admins_make_admins_and_nobody_makes_super_admins() {
        let given =
            |by, role| CanManageRole.is_given(&RoleManagement { actor: actor(1, by), role });
        assert!(given(Role::SuperAdmin, Role::Admin));
        assert!(!given(Role::Admin, Role::Admin));
        assert!(given(Role::Admin, Role::User));
        assert!(!given(Role::User, Role::User));
        assert!(!given(Role::SuperAdmin, Role::SuperAdmin));
    }
}
