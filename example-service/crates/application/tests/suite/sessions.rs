//! Sessions and the tokens that prove them.

use application::accounts::commands::{
    RefreshSession, RefreshSessionError, RefreshSessionInteractor, RenewSession, RenewSessionError,
    RenewSessionInteractor,
};
use application::accounts::queries::{Authenticate, AuthenticateError, AuthenticateQuery};
use application::administration::commands::{GrantAdmin, GrantAdminInteractor};
use application::authorization::Refusal;
use application::common::UseCase;
use application::ports::TokenError;
use application::sessions::commands::{
    PurgeExpiredSessions, PurgeExpiredSessionsInteractor, Purged, RevokeAllSessions,
    RevokeAllSessionsInteractor, RevokeSession, RevokeSessionError, RevokeSessionInteractor,
};
use application::sessions::queries::{ListSessions, ListSessionsQuery};
use domain::accounts::Role;
use testkit::builders::SessionBuilder;
use time::Duration;

use crate::world::{World, secret};

fn refresh(world: &World) -> RefreshSessionInteractor {
    RefreshSessionInteractor::new(
        world.store.clone(),
        world.opaque_tokens.clone(),
        world.access_tokens.clone(),
        SessionBuilder::POLICY,
        world.stamps.clone(),
    )
}

fn authenticate(world: &World) -> AuthenticateQuery {
    AuthenticateQuery::new(world.signed.clone(), world.store.clone(), world.clock.clone())
}

#[tokio::test]
async fn a_refresh_token_gives_another_pair() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let first = world.logged_in("alice").await;
    world.clock.advance(Duration::HOUR);
    let asked = RefreshSession { refresh_token: first.refresh_token.clone() };
    let second = refresh(&world).execute(asked).await.expect("the token is good");
    assert_eq!(second.session, first.session);
    assert_ne!(second.refresh_token, first.refresh_token);
    assert_eq!(second.session_expires_at, first.session_expires_at + Duration::HOUR);
    let asked = Authenticate { access_token: second.access.token };
    assert!(authenticate(&world).execute(asked).await.is_ok());
}

#[tokio::test]
async fn a_stolen_refresh_token_ends_the_session() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let other = world.logged_in("alice").await.session;
    let stolen = world.logged_in("alice").await;
    let asked = || RefreshSession { refresh_token: stolen.refresh_token.clone() };
    let mut newest = refresh(&world).execute(asked()).await.expect("the token is good");
    // However often it was exchanged since: the whole family goes.
    let next = RefreshSession { refresh_token: newest.refresh_token };
    newest = refresh(&world).execute(next).await.expect("the token is good");
    let outcome = refresh(&world).execute(asked()).await;
    assert!(matches!(outcome, Err(RefreshSessionError::TokenReused)), "{outcome:?}");
    assert!(!world.is_active(stolen.session).await);
    assert!(world.is_active(other).await);
    let next = RefreshSession { refresh_token: newest.refresh_token };
    let outcome = refresh(&world).execute(next).await;
    assert!(matches!(outcome, Err(RefreshSessionError::InvalidToken)), "{outcome:?}");
    let asked = Authenticate { access_token: newest.access.token };
    let outcome = authenticate(&world).execute(asked).await;
    assert!(matches!(outcome, Err(AuthenticateError::SessionEnded)), "{outcome:?}");
}

#[tokio::test]
async fn what_is_no_refresh_token_ends_nothing() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let asked = RefreshSession { refresh_token: secret("forged") };
    let outcome = refresh(&world).execute(asked).await;
    assert!(matches!(outcome, Err(RefreshSessionError::InvalidToken)), "{outcome:?}");
    assert!(world.is_active(alice.session).await);
}

#[tokio::test]
async fn an_idle_session_cannot_be_refreshed() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let pair = world.logged_in("alice").await;
    world.clock.advance(SessionBuilder::POLICY.idle_lifetime);
    let asked = RefreshSession { refresh_token: pair.refresh_token };
    let outcome = refresh(&world).execute(asked).await;
    assert!(matches!(outcome, Err(RefreshSessionError::InvalidToken)), "{outcome:?}");
}

#[tokio::test]
async fn a_session_in_use_slides() {
    let world = World::new();
    let actor = world.user("alice", Role::User).await;
    let renew = RenewSessionInteractor::new(
        world.store.clone(),
        world.access_tokens.clone(),
        SessionBuilder::POLICY,
        world.stamps.clone(),
    );
    for _ in 0..8 {
        world.clock.advance(Duration::hours(20));
        let renewed = renew.execute(RenewSession { actor }).await;
        let token = renewed.expect("the session is active").token;
        let asked = Authenticate { access_token: token };
        let authenticated = authenticate(&world).execute(asked).await.expect("it is good");
        assert_eq!(authenticated.actor, actor);
    }
    world.clock.advance(Duration::hours(20));
    let outcome = renew.execute(RenewSession { actor }).await;
    assert!(matches!(outcome, Err(RenewSessionError::Ended(_))), "a week is over: {outcome:?}");
}

#[tokio::test]
async fn access_tokens_expire_and_say_when_renewal_is_due() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let token = world.logged_in("alice").await.access.token;
    let ask =
        async || authenticate(&world).execute(Authenticate { access_token: token.clone() }).await;
    let fresh = ask().await.expect("the token is good");
    assert_eq!((fresh.actor.user, fresh.is_renewal_due), (alice.user, false));
    world.clock.advance(Duration::minutes(8));
    assert!(ask().await.expect("the token is good").is_renewal_due);
    world.clock.advance(Duration::minutes(7));
    let outcome = ask().await;
    assert!(matches!(outcome, Err(AuthenticateError::Token(TokenError::Expired))), "{outcome:?}");
}

#[tokio::test]
async fn an_actor_has_the_role_of_today() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let root = world.user("super", Role::SuperAdmin).await;
    let access_token = world.logged_in("alice").await.access.token;
    let grant = GrantAdminInteractor::new(world.store.clone(), world.stamps.clone());
    let granted = grant.execute(GrantAdmin { actor: root, user: alice.user }).await;
    granted.expect("the super admin can grant it");
    let asked = Authenticate { access_token };
    let authenticated = authenticate(&world).execute(asked).await.expect("it is good");
    assert_eq!(authenticated.actor.role, Role::Admin);
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_users_only() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let mallory = world.user("mallory", Role::Admin).await;
    world.clock.advance(Duration::MINUTE);
    let newer = world.logged_in("alice").await.session;
    let list = ListSessionsQuery::new(world.store.clone(), world.clock.clone());
    let ids = async || {
        let listed = list.execute(ListSessions { actor: alice }).await;
        let listed = listed.expect("sessions can be listed");
        listed.iter().map(|session| session.id).collect::<Vec<_>>()
    };
    assert_eq!(ids().await, [newer, alice.session]);
    let revoke = RevokeSessionInteractor::new(world.store.clone(), world.stamps.clone());
    let foreign = RevokeSession { actor: mallory, session: newer };
    let outcome = revoke.execute(foreign).await;
    let expected = matches!(outcome, Err(RevokeSessionError::Refused(Refusal::NotFound)));
    assert!(expected, "{outcome:?}");
    let own = RevokeSession { actor: alice, session: newer };
    revoke.execute(own).await.expect("it is hers");
    assert_eq!(ids().await, [alice.session]);
    let revoke_all = RevokeAllSessionsInteractor::new(world.store.clone(), world.stamps.clone());
    revoke_all.execute(RevokeAllSessions { actor: alice }).await.expect("they are hers");
    assert_eq!(ids().await, []);
    assert!(world.is_active(mallory.session).await);
}

#[tokio::test]
async fn ended_sessions_are_forgotten() {
    let world = World::new();
    world.user("alice", Role::User).await;
    world.clock.advance(Duration::hours(23));
    let newer = world.logged_in("alice").await.session;
    world.clock.advance(Duration::hours(2));
    let purge = PurgeExpiredSessionsInteractor::new(world.store.clone(), world.stamps.clone());
    let purged = purge.execute(PurgeExpiredSessions).await.expect("sessions can be forgotten");
    assert_eq!(purged, Purged { sessions: 1, one_time_tokens: 0 });
    assert!(world.is_active(newer).await);
}
