//! Where sessions are kept.

use application::ports::RepositoryError;
use domain::accounts::{Session, SessionId};
use time::Duration;

use super::Backend;
use super::steps::{assert_conflict, given_session, given_user, load_user, update_user};
use crate::builders::{START, SessionBuilder, UserBuilder, digest_of};

async fn load(backend: &Backend, id: SessionId) -> Option<Session> {
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    work.sessions().find(id).await.expect("sessions can be read")
}

async fn update(backend: &Backend, session: &Session) -> Result<(), RepositoryError> {
    let mut work = backend.accounts.begin().await?;
    work.sessions().update(session).await?;
    work.commit().await
}

/// A session comes back as it went in.
pub async fn a_session_comes_back(backend: &Backend) {
    let user = given_user(backend).await;
    let session = SessionBuilder::new(user.id()).build();
    given_session(backend, &session).await;
    let found = load(backend, session.id()).await.expect("the session is there");
    assert_eq!((found.user(), found.refresh()), (user.id(), session.refresh()));
    assert_eq!((found.created_at(), found.renewed_at()), (START, START));
    assert_eq!(found.expires_at(), session.expires_at());
    assert_eq!(found.revoked_at(), None);
    let stranger = UserBuilder::new().build();
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    let orphan = SessionBuilder::new(stranger.id()).build();
    assert_conflict(&work.sessions().add(&orphan).await);
}

/// A session is found by every refresh token that it ever had, and by no other.
pub async fn spent_refresh_tokens_stay_findable(backend: &Backend) {
    let user = given_user(backend).await;
    let policy = SessionBuilder::POLICY;
    let first = SessionBuilder::new(user.id()).refresh(digest_of("first")).build();
    given_session(backend, &first).await;
    for (presented, next) in [("first", "second"), ("second", "third")] {
        let mut session = load(backend, first.id()).await.expect("the session is there");
        let rotated = session.rotate(&digest_of(presented), digest_of(next), START, &policy);
        assert_eq!(rotated, Ok(()));
        update(backend, &session).await.expect("a session can be updated");
    }
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    for token in ["first", "second", "third"] {
        let found = work.sessions().find_by_refresh(&digest_of(token)).await;
        let found = found.expect("sessions can be read").expect("the token was of a session");
        assert_eq!(found.id(), first.id(), "{token}");
        assert_eq!(found.refresh(), &digest_of("third"), "{token}");
    }
    let unknown = work.sessions().find_by_refresh(&digest_of("fourth")).await;
    assert!(unknown.expect("sessions can be read").is_none());
}

/// Of two that exchange the same token at the same time, one is refused.
pub async fn stale_sessions_are_refused(backend: &Backend) {
    let user = given_user(backend).await;
    let session = SessionBuilder::new(user.id()).build();
    given_session(backend, &session).await;
    let mut first = load(backend, session.id()).await.expect("the session is there");
    let mut second = first.clone();
    let policy = SessionBuilder::POLICY;
    for (session, next) in [(&mut first, "one"), (&mut second, "two")] {
        let rotated = session.rotate(&session.refresh().clone(), digest_of(next), START, &policy);
        assert_eq!(rotated, Ok(()));
    }
    update(backend, &first).await.expect("a fresh session can be updated");
    assert_conflict(&update(backend, &second).await);
}

/// All sessions of a user end but one, and those of others go on.
pub async fn revoking_all_spares_one_and_others(backend: &Backend) {
    let (user, other) = (given_user(backend).await, given_user(backend).await);
    let sessions = [(); 3].map(|()| SessionBuilder::new(user.id()).build());
    let stranger = SessionBuilder::new(other.id()).build();
    for session in sessions.iter().chain([&stranger]) {
        given_session(backend, session).await;
    }
    let now = START + Duration::HOUR;
    let [spared, first, second] = &sessions;
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    let count = work.sessions().revoke_all(user.id(), Some(spared.id()), now).await;
    assert_eq!(count.expect("sessions can be ended"), 2);
    work.commit().await.expect("ends can be kept");
    for (session, expected) in
        [(spared, None), (first, Some(now)), (second, Some(now)), (&stranger, None)]
    {
        let found = load(backend, session.id()).await.expect("the session is there");
        assert_eq!(found.revoked_at(), expected);
    }
    // Who loaded a session before it was ended does not bring it back.
    assert_conflict(&update(backend, first).await);
    let listed = backend.session_reads.list(user.id(), now).await.expect("it can be read");
    assert_eq!(listed.iter().map(|session| session.id).collect::<Vec<_>>(), [spared.id()]);
}

/// What has ended is forgotten, and what has not is kept.
pub async fn ended_sessions_are_purged(backend: &Backend) {
    let user = given_user(backend).await;
    let expired = SessionBuilder::new(user.id()).started_at(START - Duration::days(9)).build();
    let mut revoked = SessionBuilder::new(user.id()).build();
    let active = SessionBuilder::new(user.id()).build();
    for session in [&expired, &revoked, &active] {
        given_session(backend, session).await;
    }
    revoked.revoke(START);
    update(backend, &revoked).await.expect("a session can be updated");
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    let count = work.sessions().purge_ended_before(START + Duration::SECOND).await;
    assert_eq!(count.expect("sessions can be forgotten"), 2);
    work.commit().await.expect("it can be kept");
    assert!(load(backend, expired.id()).await.is_none());
    assert!(load(backend, revoked.id()).await.is_none());
    assert!(load(backend, active.id()).await.is_some());
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    let found = work.sessions().find_by_refresh(expired.refresh()).await;
    assert!(found.expect("sessions can be read").is_none());
}

/// The newest session is listed first, and the last made first of those of one time.
pub async fn the_newest_sessions_are_listed_first(backend: &Backend) {
    let user = given_user(backend).await;
    let begun = [1, 0, 2, 0].map(|hours| {
        let session = SessionBuilder::new(user.id()).started_at(START + Duration::hours(hours));
        session.build()
    });
    for session in &begun {
        given_session(backend, session).await;
    }
    let listed = backend.session_reads.list(user.id(), START + Duration::hours(3)).await;
    let listed: Vec<_> = listed.expect("it can be read").iter().map(|it| it.id).collect();
    assert_eq!(listed, [2, 0, 3, 1].map(|index: usize| begun[index].id()));
}

/// A session counts while it has not ended and its user is active, with today's role.
pub async fn active_sessions_are_found(backend: &Backend) {
    let mut user = given_user(backend).await;
    let session = SessionBuilder::new(user.id()).build();
    given_session(backend, &session).await;
    let find = async |now| {
        backend.session_reads.find_active(session.id(), now).await.expect("it can be read")
    };
    let found = find(START).await.expect("the session is active");
    assert_eq!((found.user, found.role), (user.id(), user.role()));
    assert_eq!(found.expires_at, session.expires_at());
    assert!(find(session.expires_at()).await.is_none());

    user.grant_admin().expect("the user can be changed");
    update_user(backend, &user).await.expect("a user can be updated");
    assert_eq!(find(START).await.map(|session| session.role), Some(user.role()));
    let mut user = load_user(backend, user.id()).await.expect("the user is there");
    user.deactivate().expect("the user can be changed");
    update_user(backend, &user).await.expect("a user can be updated");
    assert!(find(START).await.is_none());
}
