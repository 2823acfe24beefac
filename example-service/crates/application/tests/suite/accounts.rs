//! Signing up, logging in, and what users do with their accounts.

use application::accounts::commands::{
    ChangeMyPassword, ChangeMyPasswordError, ChangeMyPasswordInteractor, DeleteMe, DeleteMeError,
    DeleteMeInteractor, LogIn, LogInError, LogOut, LogOutInteractor, SendWelcomeMail,
    SendWelcomeMailInteractor, SignUp, SignUpError, SignUpInteractor, UpdateMe, UpdateMeError,
    UpdateMeInteractor,
};
use application::accounts::queries::{GetMe, GetMeError, GetMeQuery};
use application::authorization::Refusal;
use application::common::UseCase;
use application::ports::{AccountsUnitOfWorkFactory, Job, MailId};
use domain::accounts::{PasswordError, Role};
use testkit::builders::UserBuilder;
use testkit::fakes::FakePasswordHasher;

use crate::world::{PASSWORD, World, secret};

fn sign_up(world: &World) -> SignUpInteractor {
    SignUpInteractor::new(world.store.clone(), world.hasher.clone(), world.stamps.clone())
}

fn alice() -> SignUp {
    let (username, email) = ("alice".to_owned(), "Alice@Example.com".to_owned());
    SignUp { username, email, password: secret(PASSWORD) }
}

#[tokio::test]
async fn signing_up_makes_a_user_an_event_and_a_job() {
    let world = World::new();
    let id = sign_up(&world).execute(alice()).await.expect("alice can sign up");
    let user = world.load_user(id).await.expect("alice is there");
    assert_eq!(user.email().as_str(), "alice@example.com");
    assert_eq!(user.role(), Role::User);
    assert_eq!(user.password_hash().expose(), FakePasswordHasher::hash_of(PASSWORD));
    assert_eq!(world.events().await, ["accounts.user_registered"]);
    assert_eq!(world.jobs(), [Job::SendWelcomeMail { user: id }]);
    world.logged_in("alice").await;
    world.logged_in("ALICE@example.com").await;
}

#[tokio::test]
async fn what_is_taken_or_invalid_makes_nothing() {
    let world = World::new();
    sign_up(&world).execute(alice()).await.expect("alice can sign up");
    let _ = world.jobs();
    let email = "other@example.com".to_owned();
    let taken = SignUp { username: "ALICE".to_owned(), email, ..alice() };
    let outcome = sign_up(&world).execute(taken).await;
    assert!(matches!(outcome, Err(SignUpError::UsernameTaken)), "{outcome:?}");
    let taken = SignUp { username: "other".to_owned(), ..alice() };
    let outcome = sign_up(&world).execute(taken).await;
    assert!(matches!(outcome, Err(SignUpError::EmailTaken)), "{outcome:?}");
    let short = SignUp { password: secret("short"), ..alice() };
    let outcome = sign_up(&world).execute(short).await;
    assert!(matches!(outcome, Err(SignUpError::Password(PasswordError::Length))), "{outcome:?}");
    assert_eq!(world.events().await.len(), 1);
    assert_eq!(world.jobs(), []);
}

#[tokio::test]
async fn nobody_learns_why_logging_in_failed() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let locked = world.user("locked", Role::User).await;
    let mut work = AccountsUnitOfWorkFactory::begin(&*world.store).await.expect("it begins");
    let mut user = world.load_user(locked.user).await.expect("the user is there");
    user.deactivate().expect("the user can be changed");
    work.users().update(&user).await.expect("a user can be updated");
    work.commit().await.expect("a user can be kept");

    for (count, (login, password)) in [
        ("alice", "another password"),
        ("nobody", PASSWORD),
        ("nobody@example.com", PASSWORD),
        ("no one at all", PASSWORD),
        ("@", PASSWORD),
        ("locked", PASSWORD),
    ]
    .into_iter()
    .enumerate()
    {
        let asked = LogIn { login: login.to_owned(), password: secret(password) };
        let outcome = world.log_in().execute(asked).await;
        assert!(matches!(outcome, Err(LogInError::InvalidCredentials)), "{login}: {outcome:?}");
        // One verification each, so that every answer takes as long as any other.
        assert_eq!(world.hasher.verifications() as usize, count + 1, "{login}");
    }
}

#[tokio::test]
async fn logging_in_renews_hashes_of_former_times() {
    let world = World::new();
    let hash = FakePasswordHasher::former_hash_of(PASSWORD);
    let user = UserBuilder::new().username("alice").password_hash(&hash).build();
    let mut work = AccountsUnitOfWorkFactory::begin(&*world.store).await.expect("it begins");
    work.users().add(&user).await.expect("a user can be added");
    work.commit().await.expect("a user can be kept");
    world.logged_in("alice").await;
    let user = world.load_user(user.id()).await.expect("alice is there");
    assert_eq!(user.password_hash().expose(), FakePasswordHasher::hash_of(PASSWORD));
    assert_eq!(world.events().await, Vec::<String>::new());
    world.logged_in("alice").await;
}

#[tokio::test]
async fn logging_out_ends_the_session_and_no_other() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let other = world.logged_in("alice").await.session;
    let log_out = LogOutInteractor::new(world.store.clone(), world.stamps.clone());
    for _ in 0..2 {
        log_out.execute(LogOut { actor: alice }).await.expect("alice can log out");
    }
    assert!(!world.is_active(alice.session).await);
    assert!(world.is_active(other).await);
}

#[tokio::test]
async fn profiles_change_unless_someone_else_has_them() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    world.user("bobby", Role::User).await;
    let update = UpdateMeInteractor::new(world.store.clone(), world.stamps.clone());
    let change = |username: Option<&str>, email: Option<&str>| UpdateMe {
        actor: alice,
        username: username.map(str::to_owned),
        email: email.map(str::to_owned),
    };
    update.execute(change(Some("Alicia"), None)).await.expect("the name is free");
    update.execute(change(None, None)).await.expect("nothing can be changed");
    assert_eq!(world.events().await, ["accounts.profile_changed"]);
    let outcome = update.execute(change(Some("Bobby"), None)).await;
    assert!(matches!(outcome, Err(UpdateMeError::UsernameTaken)), "{outcome:?}");
    let outcome = update.execute(change(None, Some("bobby@example.com"))).await;
    assert!(matches!(outcome, Err(UpdateMeError::EmailTaken)), "{outcome:?}");
    let outcome = update.execute(change(None, Some("bobby"))).await;
    assert!(matches!(outcome, Err(UpdateMeError::Email(_))), "{outcome:?}");
    let me = GetMeQuery::new(world.store.clone()).execute(GetMe { actor: alice }).await;
    let me = me.expect("alice is there");
    assert_eq!((me.username.as_str(), me.email.as_str()), ("Alicia", "alice@example.com"));
}

#[tokio::test]
async fn leaving_takes_everything_off_sale_but_super_admins_stay() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let root = world.user("super", Role::SuperAdmin).await;
    let delete = DeleteMeInteractor::new(world.store.clone(), world.stamps.clone());
    delete.execute(DeleteMe { actor: alice }).await.expect("alice can leave");
    assert!(world.load_user(alice.user).await.is_none());
    assert!(!world.is_active(alice.session).await);
    assert_eq!(world.events().await, ["accounts.user_deleted"]);
    assert_eq!(world.jobs(), [Job::ArchiveProductsOfSeller { seller: alice.user }]);
    let me = GetMeQuery::new(world.store.clone()).execute(GetMe { actor: alice }).await;
    assert!(matches!(me, Err(GetMeError::Refused(Refusal::NotFound))), "{me:?}");
    let outcome = delete.execute(DeleteMe { actor: root }).await;
    assert!(matches!(outcome, Err(DeleteMeError::Unchangeable(_))), "{outcome:?}");
    assert!(world.load_user(root.user).await.is_some());
}

#[tokio::test]
async fn changing_a_password_ends_the_other_sessions() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let other = world.logged_in("alice").await.session;
    let change = ChangeMyPasswordInteractor::new(
        world.store.clone(),
        world.store.clone(),
        world.hasher.clone(),
        world.stamps.clone(),
    );
    let asked = |current: &str, new: &str| ChangeMyPassword {
        actor: alice,
        current_password: secret(current),
        new_password: secret(new),
    };
    let outcome = change.execute(asked("wrong horse", "battery staple")).await;
    assert!(matches!(outcome, Err(ChangeMyPasswordError::WrongPassword)), "{outcome:?}");
    let outcome = change.execute(asked(PASSWORD, "short")).await;
    assert!(matches!(outcome, Err(ChangeMyPasswordError::Password(_))), "{outcome:?}");
    assert!(world.is_active(other).await);
    change.execute(asked(PASSWORD, "battery staple")).await.expect("it can be changed");
    assert!(world.is_active(alice.session).await);
    assert!(!world.is_active(other).await);
    assert_eq!(world.events().await, ["accounts.password_changed"]);
    let asked = LogIn { login: "alice".to_owned(), password: secret(PASSWORD) };
    let outcome = world.log_in().execute(asked).await;
    assert!(matches!(outcome, Err(LogInError::InvalidCredentials)), "{outcome:?}");
}

#[tokio::test]
async fn users_are_greeted_while_they_are_there() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let store = world.store.clone();
    let greet = SendWelcomeMailInteractor::new(store, world.renderer.clone(), world.mailer.clone());
    let job = world.stamps.next_job();
    greet.execute(SendWelcomeMail { user: alice.user, job }).await.expect("alice can be greeted");
    let gone = UserBuilder::new().build().id();
    greet.execute(SendWelcomeMail { user: gone, job }).await.expect("nobody is no error");
    let sent = world.mailer.sent();
    let [(to, mail)] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!((to.as_str(), mail.text.as_str()), ("alice@example.com", "hello alice"));
}

#[tokio::test]
async fn a_greeting_is_the_same_mail_however_often_its_job_is_done() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let store = world.store.clone();
    let greet = SendWelcomeMailInteractor::new(store, world.renderer.clone(), world.mailer.clone());
    let (job, other) = (world.stamps.next_job(), world.stamps.next_job());
    for job in [job, job, other] {
        let asked = SendWelcomeMail { user: alice.user, job };
        greet.execute(asked).await.expect("alice can be greeted");
    }
    let expected = [job, job, other].map(MailId::of_job);
    assert_eq!(world.mailer.ids(), expected);
}
