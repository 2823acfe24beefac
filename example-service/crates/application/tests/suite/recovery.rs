//! Ways back in.

use application::accounts::commands::LogIn;
use application::authorization::Refusal;
use application::common::UseCase;
use application::ports::{Job, RepositoryError};
use application::recovery::commands::{
    RequestRecovery, RequestRecoveryInteractor, ResetPassword, ResetPasswordError,
    ResetPasswordInteractor, SendRecoveryMail, SendRecoveryMailInteractor,
};
use application::recovery::queries::{MailKind, PreviewMail, PreviewMailError, PreviewMailQuery};
use domain::accounts::{Email, Role};
use domain::shared::SecretText;
use time::Duration;

use crate::world::{World, secret};

fn send(world: &World) -> SendRecoveryMailInteractor {
    SendRecoveryMailInteractor::new(
        world.store.clone(),
        world.opaque_tokens.clone(),
        world.renderer.clone(),
        world.mailer.clone(),
        Duration::HOUR,
        world.stamps.clone(),
    )
}

fn reset(world: &World) -> ResetPasswordInteractor {
    ResetPasswordInteractor::new(
        world.store.clone(),
        world.hasher.clone(),
        world.opaque_tokens.clone(),
        world.stamps.clone(),
    )
}

fn with(token: &SecretText) -> ResetPassword {
    ResetPassword { token: token.clone(), new_password: secret("battery staple") }
}

/// The token in the mail that was sent last.
async fn mailed_token(world: &World, to: &str) -> SecretText {
    let email = Email::try_new(to).expect("it is an address");
    send(world).execute(SendRecoveryMail { email }).await.expect("a mail can be sent");
    let sent = world.mailer.sent();
    let (_, mail) = sent.last().expect("a mail was sent");
    secret(mail.text.rsplit(' ').next().expect("the token is the last word"))
}

#[tokio::test]
async fn a_request_looks_the_same_for_everyone() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let request = RequestRecoveryInteractor::new(world.store.clone(), world.stamps.clone());
    for email in ["alice@example.com", "nobody@example.com"] {
        let asked = RequestRecovery { email: email.to_owned() };
        request.execute(asked).await.expect("every address is taken");
        let email = Email::try_new(email).expect("it is an address");
        let job = Job::SendRecoveryMail { email: email.clone() };
        assert_eq!(world.jobs(), [job]);
        send(&world).execute(SendRecoveryMail { email }).await.expect("nobody is no error");
    }
    assert_eq!(world.mailer.sent().len(), 1);
}

#[tokio::test]
async fn a_token_sets_a_password_once_and_ends_all_sessions() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let token = mailed_token(&world, "alice@example.com").await;
    reset(&world).execute(with(&token)).await.expect("the token is good");
    assert!(!world.is_active(alice.session).await);
    assert_eq!(world.events().await, ["accounts.password_changed"]);
    let asked = LogIn { login: "alice".to_owned(), password: secret("battery staple") };
    world.log_in().execute(asked).await.expect("the new password is good");
    let outcome = reset(&world).execute(with(&token)).await;
    assert!(matches!(outcome, Err(ResetPasswordError::InvalidToken)), "{outcome:?}");
}

#[tokio::test]
async fn bad_tokens_and_bad_passwords_change_nothing() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let former = mailed_token(&world, "alice@example.com").await;
    let token = mailed_token(&world, "alice@example.com").await;
    for bad in [&secret("forged"), &former] {
        let outcome = reset(&world).execute(with(bad)).await;
        assert!(matches!(outcome, Err(ResetPasswordError::InvalidToken)), "{outcome:?}");
    }
    let short = ResetPassword { token: token.clone(), new_password: secret("short") };
    let outcome = reset(&world).execute(short).await;
    assert!(matches!(outcome, Err(ResetPasswordError::Password(_))), "{outcome:?}");
    world.clock.advance(Duration::HOUR);
    let outcome = reset(&world).execute(with(&token)).await;
    assert!(matches!(outcome, Err(ResetPasswordError::InvalidToken)), "{outcome:?}");
    assert!(world.is_active(alice.session).await);
    assert_eq!(world.events().await, Vec::<String>::new());
    assert_eq!(world.hasher.hashes(), 0, "who has no good token costs no hash");
}

/// Who takes two mails of the same id for one may throw either away, and only the token of the
/// last one is good.
#[tokio::test]
async fn a_recovery_mail_that_is_sent_again_is_another_mail() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let former = mailed_token(&world, "alice@example.com").await;
    let token = mailed_token(&world, "alice@example.com").await;
    assert_ne!(former.expose(), token.expose());
    let ids = world.mailer.ids();
    let [one, other] = ids[..] else { panic!("{ids:?}") };
    assert_ne!(one, other);
}

/// The token is looked at twice: what happens to it or its user meanwhile counts.
#[tokio::test]
async fn a_token_that_is_used_while_a_password_is_hashed_is_not_used_again() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let token = mailed_token(&world, "alice@example.com").await;
    let reset = reset(&world);
    let (one, other) = tokio::join!(reset.execute(with(&token)), reset.execute(with(&token)));
    let (won, lost) = if one.is_ok() { (one, other) } else { (other, one) };
    won.expect("the token is good once");
    let is_late = matches!(
        lost,
        Err(ResetPasswordError::InvalidToken
            | ResetPasswordError::Repository(RepositoryError::Conflict))
    );
    assert!(is_late, "{lost:?}");
    assert_eq!(world.events().await, ["accounts.password_changed"]);
    assert_eq!(world.hasher.hashes(), 2, "both had looked at it before");
}

#[tokio::test]
async fn only_super_admins_look_at_mails() {
    let world = World::new();
    let root = world.user("super", Role::SuperAdmin).await;
    let admin = world.user("admin", Role::Admin).await;
    let store = world.store.clone();
    let preview = PreviewMailQuery::new(store, world.renderer.clone(), world.clock.clone());
    for kind in [MailKind::Welcome, MailKind::PasswordRecovery] {
        let mail = preview.execute(PreviewMail { actor: root, kind }).await;
        assert!(mail.expect("it can be shown").text.contains("super"));
    }
    let outcome = preview.execute(PreviewMail { actor: admin, kind: MailKind::Welcome }).await;
    let expected = matches!(outcome, Err(PreviewMailError::Refused(Refusal::Forbidden)));
    assert!(expected, "{outcome:?}");
    assert_eq!(world.mailer.sent(), []);
}
