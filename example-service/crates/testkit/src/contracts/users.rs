//! Where users are kept.

use application::ports::{Login, UniqueConstraint};
use domain::accounts::{Email, PasswordHash, Role, User, Username};

use super::Backend;
use super::steps::{
    add_user, assert_conflict, assert_duplicate, given_session, given_user, load_user, update_user,
};
use crate::builders::{START, SessionBuilder, UserBuilder};

/// A user comes back as it went in.
pub async fn a_user_comes_back(backend: &Backend) {
    let user = UserBuilder::new().username("Alice.B").role(Role::Admin).build();
    add_user(backend, &user).await.expect("a user can be added");
    let found = load_user(backend, user.id()).await.expect("the user is there");
    assert_eq!(found.username().as_str(), "Alice.B");
    assert_eq!(found.email(), user.email());
    assert_eq!(found.password_hash(), user.password_hash());
    assert_eq!((found.role(), found.is_active()), (Role::Admin, true));
    assert_eq!(found.created_at(), START);
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    let by_email = work.users().find_by_email(user.email()).await.expect("users can be read");
    assert_eq!(by_email.as_ref().map(User::id), Some(user.id()));
    let other = UserBuilder::new().build();
    assert!(work.users().find(other.id()).await.expect("users can be read").is_none());
}

/// What may be there once is there once.
pub async fn names_and_addresses_are_unique(backend: &Backend) {
    let first = UserBuilder::new().username("alice").email("alice@example.com").build();
    add_user(backend, &first).await.expect("a user can be added");
    assert_duplicate(&add_user(backend, &first).await.map_err(any_to_id), UniqueConstraint::Id);
    let shouted = UserBuilder::new().username("ALICE").build();
    assert_duplicate(&add_user(backend, &shouted).await, UniqueConstraint::Username);
    let neighbour = UserBuilder::new().email("alice@example.com").build();
    assert_duplicate(&add_user(backend, &neighbour).await, UniqueConstraint::Email);
    let twin = UserBuilder::new().username("alice").email("alice@example.com").build();
    assert_duplicate(&add_user(backend, &twin).await, UniqueConstraint::Email);

    let mut other = given_user(backend).await;
    let name = Username::try_new("Alice").expect("it is a name");
    other.change_profile(Some(name.clone()), None);
    assert_duplicate(&update_user(backend, &other).await, UniqueConstraint::Username);
    let mut other = load_user(backend, other.id()).await.expect("the user is there");
    let email = Email::try_new("alice@example.com").expect("it is an address");
    other.change_profile(None, Some(email.clone()));
    assert_duplicate(&update_user(backend, &other).await, UniqueConstraint::Email);
    let mut other = load_user(backend, other.id()).await.expect("the user is there");
    other.change_profile(Some(name), Some(email));
    assert_duplicate(&update_user(backend, &other).await, UniqueConstraint::Email);
}

/// Of a user who has everything in common with another, a store may name any of it.
fn any_to_id(error: application::ports::RepositoryError) -> application::ports::RepositoryError {
    use application::ports::RepositoryError;
    match error {
        RepositoryError::Duplicate { .. } => {
            RepositoryError::Duplicate { constraint: UniqueConstraint::Id }
        }
        other => other,
    }
}

/// There is one super admin.
pub async fn there_is_one_super_admin(backend: &Backend) {
    let has_super_admin = async || {
        let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
        work.users().has_super_admin().await.expect("users can be read")
    };
    given_user(backend).await;
    assert!(!has_super_admin().await);
    let root = UserBuilder::new().role(Role::SuperAdmin).build();
    add_user(backend, &root).await.expect("a super admin can be added");
    assert!(has_super_admin().await);
    let second = UserBuilder::new().role(Role::SuperAdmin).build();
    assert_duplicate(&add_user(backend, &second).await, UniqueConstraint::SuperAdmin);
}

/// Nobody overwrites what they have not seen.
pub async fn stale_users_are_refused(backend: &Backend) {
    let mut first = given_user(backend).await;
    let mut second = first.clone();
    first.change_password(PasswordHash::new("first"));
    second.change_password(PasswordHash::new("second"));
    update_user(backend, &first).await.expect("a fresh user can be updated");
    assert_conflict(&update_user(backend, &second).await);
    let found = load_user(backend, first.id()).await.expect("the user is there");
    assert_eq!(found.password_hash().expose(), "first");
    assert!(found.version() > first.version());

    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    assert_conflict(&work.users().delete(&second).await);
}

/// An update keeps everything that can change.
pub async fn updates_keep_everything(backend: &Backend) {
    let mut user = given_user(backend).await;
    let name = Username::try_new("renamed").expect("it is a name");
    let email = Email::try_new("renamed@example.com").expect("it is an address");
    user.change_profile(Some(name), Some(email));
    user.change_password(PasswordHash::new("another"));
    user.grant_admin().expect("the user can be changed");
    user.deactivate().expect("the user can be changed");
    update_user(backend, &user).await.expect("a user can be updated");
    let found = load_user(backend, user.id()).await.expect("the user is there");
    assert_eq!(found.username().as_str(), "renamed");
    assert_eq!(found.email().as_str(), "renamed@example.com");
    assert_eq!(found.password_hash().expose(), "another");
    assert_eq!((found.role(), found.is_active()), (Role::Admin, false));
}

/// Who goes takes sessions along.
pub async fn deletion_takes_sessions_along(backend: &Backend) {
    let user = given_user(backend).await;
    let session = SessionBuilder::new(user.id()).build();
    given_session(backend, &session).await;
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    work.users().delete(&user).await.expect("a user can be deleted");
    work.commit().await.expect("a deletion can be kept");
    assert!(load_user(backend, user.id()).await.is_none());
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    let found = work.sessions().find(session.id()).await.expect("sessions can be read");
    assert!(found.is_none());
}

/// Users are found by what they log in with.
pub async fn credentials_are_found(backend: &Backend) {
    let user = UserBuilder::new().username("alice").password_hash("secret").build();
    add_user(backend, &user).await.expect("a user can be added");
    let name = Username::try_new("ALICE").expect("it is a name");
    for login in [Login::Username(name), Login::Email(user.email().clone())] {
        let found = backend.user_reads.find_credentials(&login).await.expect("it can be read");
        let found = found.expect("the user is there");
        assert_eq!((found.user, found.password_hash.expose()), (user.id(), "secret"));
    }
    let found = backend.user_reads.find_credentials_of(user.id()).await.expect("it can be read");
    assert_eq!(found.map(|found| found.user), Some(user.id()));
    let nobody = Login::Username(Username::try_new("nobody").expect("it is a name"));
    let found = backend.user_reads.find_credentials(&nobody).await.expect("it can be read");
    assert!(found.is_none());
}
