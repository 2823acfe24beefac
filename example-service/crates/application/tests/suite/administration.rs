//! What admins do with users.

use application::accounts::commands::LogIn;
use application::administration::commands::{
    ActivateUser, ActivateUserError, ActivateUserInteractor, CreateUser, CreateUserError,
    CreateUserInteractor, DeactivateUser, DeactivateUserError, DeactivateUserInteractor,
    GrantAdmin, GrantAdminError, GrantAdminInteractor, RevokeAdmin, RevokeAdminInteractor,
    SetPassword, SetPasswordError, SetPasswordInteractor,
};
use application::administration::queries::{
    GetUser, GetUserError, GetUserQuery, ListUsers, ListUsersError, ListUsersQuery,
};
use application::authorization::{Actor, Refusal};
use application::common::{PageLimit, UseCase};
use application::ports::{Sorting, UserSort};
use domain::accounts::Role;

use crate::world::{PASSWORD, World, secret};

/// One of each role, and a second user.
struct People {
    world: World,
    root: Actor,
    admin: Actor,
    alice: Actor,
    bobby: Actor,
}

async fn people() -> People {
    let world = World::new();
    let root = world.user("super", Role::SuperAdmin).await;
    let admin = world.user("admin", Role::Admin).await;
    let alice = world.user("alice", Role::User).await;
    let bobby = world.user("bobby", Role::User).await;
    People { world, root, admin, alice, bobby }
}

#[tokio::test]
async fn users_are_made_by_those_above_them() {
    let People { world, root, admin, alice, .. } = people().await;
    let create =
        CreateUserInteractor::new(world.store.clone(), world.hasher.clone(), world.stamps.clone());
    let asked = |actor, role, username: &str| CreateUser {
        actor,
        username: username.to_owned(),
        email: format!("{username}@example.com"),
        password: secret(PASSWORD),
        role,
    };
    for (number, (actor, role, is_allowed)) in [
        (root, Role::Admin, true),
        (root, Role::User, true),
        (root, Role::SuperAdmin, false),
        (admin, Role::User, true),
        (admin, Role::Admin, false),
        (alice, Role::User, false),
    ]
    .into_iter()
    .enumerate()
    {
        let outcome = create.execute(asked(actor, role, &format!("made-{number}"))).await;
        match outcome {
            Ok(id) => {
                assert!(is_allowed, "{role} by {}", actor.role);
                let user = world.load_user(id).await.expect("the user is there");
                assert_eq!(user.role(), role);
            }
            Err(CreateUserError::Refused(Refusal::Forbidden)) => assert!(!is_allowed),
            Err(error) => panic!("{error:?}"),
        }
    }
    let alice = asked(admin, Role::User, "alice");
    let namesake = CreateUser { email: "another@example.com".to_owned(), ..alice.clone() };
    let outcome = create.execute(namesake).await;
    assert!(matches!(outcome, Err(CreateUserError::UsernameTaken)), "{outcome:?}");
    let outcome = create.execute(alice).await;
    assert!(matches!(outcome, Err(CreateUserError::EmailTaken)), "{outcome:?}");
    assert_eq!(world.events().await.len(), 3);
    assert_eq!(world.jobs().len(), 3);
}

#[tokio::test]
async fn passwords_are_set_for_subordinates_only() {
    let People { world, root, admin, alice, bobby } = people().await;
    let set = SetPasswordInteractor::new(
        world.store.clone(),
        world.store.clone(),
        world.hasher.clone(),
        world.stamps.clone(),
    );
    let asked = |actor: Actor, target: Actor| SetPassword {
        actor,
        user: target.user,
        new_password: secret("battery staple"),
    };
    for (actor, target, expected) in [
        (bobby, alice, Refusal::NotFound),
        (alice, alice, Refusal::Forbidden),
        (admin, root, Refusal::Forbidden),
        (admin, admin, Refusal::Forbidden),
        (root, root, Refusal::Forbidden),
    ] {
        let outcome = set.execute(asked(actor, target)).await;
        let Err(SetPasswordError::Refused(refusal)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(refusal, expected, "{} on {}", actor.role, target.role);
    }
    assert_eq!(world.events().await, Vec::<String>::new());
    set.execute(asked(admin, alice)).await.expect("alice is a subordinate");
    set.execute(asked(root, admin)).await.expect("the admin is a subordinate");
    assert!(!world.is_active(alice.session).await);
    assert!(!world.is_active(admin.session).await);
    assert!(world.is_active(bobby.session).await);
    let asked = LogIn { login: "alice".to_owned(), password: secret("battery staple") };
    world.log_in().execute(asked).await.expect("the new password is good");
}

#[tokio::test]
async fn only_super_admins_make_and_unmake_admins() {
    let People { world, root, admin, alice, bobby } = people().await;
    let grant = GrantAdminInteractor::new(world.store.clone(), world.stamps.clone());
    let revoke = RevokeAdminInteractor::new(world.store.clone(), world.stamps.clone());
    for (actor, target, expected) in [
        (bobby, alice, Refusal::NotFound),
        (admin, alice, Refusal::Forbidden),
        (alice, alice, Refusal::Forbidden),
    ] {
        let outcome = grant.execute(GrantAdmin { actor, user: target.user }).await;
        let Err(GrantAdminError::Refused(refusal)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(refusal, expected, "by {}", actor.role);
    }
    let outcome = grant.execute(GrantAdmin { actor: root, user: root.user }).await;
    assert!(matches!(outcome, Err(GrantAdminError::Unchangeable(_))), "{outcome:?}");
    for _ in 0..2 {
        let granted = grant.execute(GrantAdmin { actor: root, user: alice.user }).await;
        granted.expect("granting twice is granting once");
    }
    assert_eq!(world.events().await, ["accounts.admin_granted"]);
    assert_eq!(world.load_user(alice.user).await.map(|user| user.role()), Some(Role::Admin));
    for _ in 0..2 {
        let revoked = revoke.execute(RevokeAdmin { actor: root, user: alice.user }).await;
        revoked.expect("revoking twice is revoking once");
    }
    assert_eq!(world.events().await, ["accounts.admin_granted", "accounts.admin_revoked"]);
    assert_eq!(world.load_user(alice.user).await.map(|user| user.role()), Some(Role::User));
}

#[tokio::test]
async fn locking_out_ends_sessions_and_letting_in_does_not_bring_them_back() {
    let People { world, root, admin, alice, bobby } = people().await;
    let deactivate = DeactivateUserInteractor::new(world.store.clone(), world.stamps.clone());
    let activate = ActivateUserInteractor::new(world.store.clone(), world.stamps.clone());
    for (actor, target, expected) in [
        (bobby, alice, Refusal::NotFound),
        (alice, alice, Refusal::Forbidden),
        (admin, root, Refusal::Forbidden),
    ] {
        let outcome = deactivate.execute(DeactivateUser { actor, user: target.user }).await;
        let Err(DeactivateUserError::Refused(refusal)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(refusal, expected, "by {}", actor.role);
    }
    for _ in 0..2 {
        let done = deactivate.execute(DeactivateUser { actor: admin, user: alice.user }).await;
        done.expect("locking out twice is locking out once");
    }
    assert!(!world.is_active(alice.session).await);
    assert!(world.is_active(bobby.session).await);
    let outcome = activate.execute(ActivateUser { actor: bobby, user: alice.user }).await;
    let expected = matches!(outcome, Err(ActivateUserError::Refused(Refusal::NotFound)));
    assert!(expected, "{outcome:?}");
    for _ in 0..2 {
        let done = activate.execute(ActivateUser { actor: admin, user: alice.user }).await;
        done.expect("letting in twice is letting in once");
    }
    assert!(!world.is_active(alice.session).await);
    world.logged_in("alice").await;
    assert_eq!(world.events().await, ["accounts.user_deactivated", "accounts.user_activated"]);
}

#[tokio::test]
async fn users_are_seen_by_themselves_and_by_admins() {
    let People { world, root, admin, alice, bobby } = people().await;
    let get = GetUserQuery::new(world.store.clone());
    for (actor, is_seen) in [(alice, true), (admin, true), (root, true), (bobby, false)] {
        match get.execute(GetUser { actor, user: alice.user }).await {
            Ok(user) => assert!(is_seen && user.id == alice.user),
            Err(GetUserError::Refused(Refusal::NotFound)) => assert!(!is_seen),
            Err(error) => panic!("{error:?}"),
        }
    }
    let list = ListUsersQuery::new(world.store.clone());
    let asked = |actor| ListUsers {
        actor,
        is_active: Some(true),
        sort: UserSort::Username,
        sorting: Sorting::Descending,
        limit: PageLimit::try_new(2).expect("it is a limit"),
        offset: 1,
    };
    let page = list.execute(asked(admin)).await.expect("admins see everyone");
    let names: Vec<String> = page.items.iter().map(|user| user.username.to_string()).collect();
    assert_eq!((names, page.total), (vec!["bobby".to_owned(), "alice".to_owned()], 4));
    let outcome = list.execute(asked(alice)).await;
    let expected = matches!(outcome, Err(ListUsersError::Refused(Refusal::Forbidden)));
    assert!(expected, "{outcome:?}");
}
