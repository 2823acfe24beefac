//! Users.

use thiserror::Error;
use time::OffsetDateTime;

use super::events::{
    AdminGranted, AdminRevoked, PasswordChanged, ProfileChanged, UserActivated, UserDeactivated,
    UserDeleted, UserRegistered,
};
use super::{Email, PasswordHash, Role, UserId, Username};
use crate::shared::Version;

/// Someone who uses the marketplace. Two are the same when their ids are.
#[derive(Clone, Debug)]
pub struct User {
    id: UserId,
    username: Username,
    email: Email,
    password_hash: PasswordHash,
    role: Role,
    is_active: bool,
    created_at: OffsetDateTime,
    version: Version,
}

/// A user as it is stored.
#[derive(Clone, Debug)]
pub struct UserSnapshot {
    /// What the user is known by.
    pub id: UserId,
    /// What the user is called.
    pub username: Username,
    /// Where mail reaches the user.
    pub email: Email,
    /// What is stored of the password.
    pub password_hash: PasswordHash,
    /// What the user may do.
    pub role: Role,
    /// Whether the user can log in.
    pub is_active: bool,
    /// Since when there is this user.
    pub created_at: OffsetDateTime,
    /// How often the user was stored.
    pub version: Version,
}

impl User {
    /// A new user, who can log in.
    #[must_use]
    pub fn register(
        id: UserId,
        username: Username,
        email: Email,
        password_hash: PasswordHash,
        role: Role,
        now: OffsetDateTime,
    ) -> (Self, UserRegistered) {
        let event = UserRegistered { user: id, username: username.clone(), email: email.clone() };
        let user = Self {
            id,
            username,
            email,
            password_hash,
            role,
            is_active: true,
            created_at: now,
            version: Version::FIRST,
        };
        (user, event)
    }

    /// A user who was stored.
    #[must_use]
    pub fn rehydrate(snapshot: UserSnapshot) -> Self {
        let UserSnapshot {
            id,
            username,
            email,
            password_hash,
            role,
            is_active,
            created_at,
            version,
        } = snapshot;
        Self { id, username, email, password_hash, role, is_active, created_at, version }
    }

    /// What is to be stored.
    #[must_use]
    pub fn snapshot(&self) -> UserSnapshot {
        UserSnapshot {
            id: self.id,
            username: self.username.clone(),
            email: self.email.clone(),
            password_hash: self.password_hash.clone(),
            role: self.role,
            is_active: self.is_active,
            created_at: self.created_at,
            version: self.version,
        }
    }

    /// What the user is known by.
    #[must_use]
    pub fn id(&self) -> UserId {
        self.id
    }

    /// What the user is called.
    #[must_use]
    pub fn username(&self) -> &Username {
        &self.username
    }

    /// Where mail reaches the user.
    #[must_use]
    pub fn email(&self) -> &Email {
        &self.email
    }

    /// What is stored of the password.
    #[must_use]
    pub fn password_hash(&self) -> &PasswordHash {
        &self.password_hash
    }

    /// What the user may do.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether the user can log in.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.is_active
    }

    /// Since when there is this user.
    #[must_use]
    pub fn created_at(&self) -> OffsetDateTime {
        self.created_at
    }

    /// The version that was loaded.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Gives the user another name, another address, or both. Nothing happens when neither
    /// differs from what it was.
    pub fn change_profile(
        &mut self,
        username: Option<Username>,
        email: Option<Email>,
    ) -> Option<ProfileChanged> {
        let username = username.unwrap_or_else(|| self.username.clone());
        let email = email.unwrap_or_else(|| self.email.clone());
        // Names are equal whatever their case, yet the case is the user's to choose.
        if username.as_str() == self.username.as_str() && email == self.email {
            return None;
        }
        self.username = username.clone();
        self.email = email.clone();
        Some(ProfileChanged { user: self.id, username, email })
    }

    /// Gives the user another password.
    pub fn change_password(&mut self, hash: PasswordHash) -> PasswordChanged {
        self.password_hash = hash;
        PasswordChanged { user: self.id }
    }

    /// Keeps the same password in another hash: no event, for nothing has changed to anyone.
    pub fn rehash_password(&mut self, hash: PasswordHash) {
        self.password_hash = hash;
    }

    /// Makes the user an admin, if that is not so already.
    ///
    /// # Errors
    ///
    /// When the user is a super admin.
    pub fn grant_admin(&mut self) -> Result<Option<AdminGranted>, UserError> {
        self.ensure_changeable()?;
        let changes = self.role != Role::Admin;
        self.role = Role::Admin;
        Ok(changes.then_some(AdminGranted { user: self.id }))
    }

    /// Makes an admin a user like any other, if that is not so already.
    ///
    /// # Errors
    ///
    /// When the user is a super admin.
    pub fn revoke_admin(&mut self) -> Result<Option<AdminRevoked>, UserError> {
        self.ensure_changeable()?;
        let changes = self.role == Role::Admin;
        self.role = Role::User;
        Ok(changes.then_some(AdminRevoked { user: self.id }))
    }

    /// Lets the user log in, if that is not so already.
    ///
    /// # Errors
    ///
    /// When the user is a super admin.
    pub fn activate(&mut self) -> Result<Option<UserActivated>, UserError> {
        self.ensure_changeable()?;
        let changes = !self.is_active;
        self.is_active = true;
        Ok(changes.then_some(UserActivated { user: self.id }))
    }

    /// Lets the user log in no more, if that is not so already.
    ///
    /// # Errors
    ///
    /// When the user is a super admin.
    pub fn deactivate(&mut self) -> Result<Option<UserDeactivated>, UserError> {
        self.ensure_changeable()?;
        let changes = self.is_active;
        self.is_active = false;
        Ok(changes.then_some(UserDeactivated { user: self.id }))
    }

    /// Says that the user goes.
    ///
    /// # Errors
    ///
    /// When the user is a super admin.
    pub fn delete(&self) -> Result<UserDeleted, UserError> {
        self.ensure_changeable()?;
        Ok(UserDeleted { user: self.id })
    }

    fn ensure_changeable(&self) -> Result<(), UserError> {
        match self.role {
            Role::SuperAdmin => Err(UserError::SuperAdmin),
            Role::Admin | Role::User => Ok(()),
        }
    }
}

impl PartialEq for User {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for User {}

/// Why a user stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum UserError {
    /// The user is a super admin.
    #[error("a super admin cannot be changed")]
    SuperAdmin,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn user(role: Role) -> User {
        let username = Username::try_new("alice").expect("it is a name");
        let email = Email::try_new("alice@example.com").expect("it is an address");
        let hash = PasswordHash::new("hash");
        let id = UserId::new(Uuid::from_u128(1));
        User::register(id, username, email, hash, role, OffsetDateTime::UNIX_EPOCH).0
    }

    #[test]
    fn granting_and_revoking_twice_happens_once() {
        let mut user = user(Role::User);
        assert!(user.grant_admin().expect("it can be changed").is_some());
        assert_eq!(user.role(), Role::Admin);
        assert!(user.grant_admin().expect("it can be changed").is_none());
        assert!(user.revoke_admin().expect("it can be changed").is_some());
        assert_eq!(user.role(), Role::User);
        assert!(user.revoke_admin().expect("it can be changed").is_none());
    }

    #[test]
    fn activity_changes_once() {
        let mut user = user(Role::Admin);
        assert!(user.activate().expect("it can be changed").is_none());
        assert!(user.deactivate().expect("it can be changed").is_some());
        assert!(!user.is_active());
        assert!(user.deactivate().expect("it can be changed").is_none());
        assert!(user.activate().expect("it can be changed").is_some());
        assert!(user.is_active());
    }

    #[test]
    fn a_super_admin_stays_as_it_is() {
        let mut root = user(Role::SuperAdmin);
        assert_eq!(root.grant_admin().err(), Some(UserError::SuperAdmin));
        assert_eq!(root.revoke_admin().err(), Some(UserError::SuperAdmin));
        assert_eq!(root.activate().err(), Some(UserError::SuperAdmin));
        assert_eq!(root.deactivate().err(), Some(UserError::SuperAdmin));
        assert_eq!(root.delete().err(), Some(UserError::SuperAdmin));
        assert_eq!((root.role(), root.is_active()), (Role::SuperAdmin, true));
    }

    #[test]
    fn a_profile_changes_when_something_differs() {
        let mut user = user(Role::User);
        assert!(user.change_profile(None, None).is_none());
        assert!(user.change_profile(Some(user.username().clone()), None).is_none());
        let shouted = Username::try_new("ALICE").expect("it is a name");
        let event = user.change_profile(Some(shouted), None).expect("the case differs");
        assert_eq!(event.username.as_str(), "ALICE");
        assert_eq!(event.email.as_str(), "alice@example.com");
    }

    #[test]
    fn users_are_the_same_by_their_ids() {
        let one = user(Role::User);
        let mut other = one.clone();
        other.change_password(PasswordHash::new("another"));
        assert_eq!(one, other);
    }
}
