//! Logging in while someone else ends all sessions of the same user.

use std::sync::Arc;
use std::time::Duration;

use application::accounts::commands::{
    ChangeMyPassword, ChangeMyPasswordInteractor, DeleteMe, DeleteMeInteractor, LogIn, LogInError,
    LogInInteractor,
};
use application::accounts::common::{AccessTokens, TokenPair};
use application::administration::commands::{
    DeactivateUser, DeactivateUserInteractor, SetPassword, SetPasswordInteractor,
};
use application::common::{Operation, RetryOnConflict, RetryPolicy, Retryable, Stamps, UseCase};
use application::ports::{AccountsUnitOfWorkFactory, RepositoryError};
use application::recovery::commands::{ResetPassword, ResetPasswordInteractor};
use domain::accounts::{OneTimeToken, PasswordHash, Role, TokenPurpose, User};
use domain::shared::SecretText;

use super::Backend;
use super::retries::ScatteredDelay;
use super::steps::{add_user, given_user, load_user, update_user};
use crate::builders::{START, SessionBuilder, UserBuilder, actor_of, digest_of};
use crate::fakes::{
    FakeAccessTokens, FakePasswordHasher, FixedClock, Gap, InterruptedCommits, NumberedTokens,
    SequentialIds,
};

/// How often everything is tried at the same time.
const ROUNDS: usize = 20;

const OLD_PASSWORD: &str = "correct horse";
const NEW_PASSWORD: &str = "battery staple";

/// Enough to be there still when someone who was let in between is done.
const PATIENT: RetryPolicy = RetryPolicy {
    attempts: 10_000,
    first_delay: Duration::from_millis(1),
    longest_delay: Duration::from_millis(10),
};

/// Why all sessions of a user end.
#[derive(Clone, Copy, Debug)]
enum Ending {
    PasswordChanged,
    PasswordReset,
    PasswordSet,
    Deactivated,
    Deleted,
}

impl Ending {
    const ALL: [Self; 5] = [
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::PasswordSet,
        Self::Deactivated,
        Self::Deleted,
    ];
}

/// Where users log in, and sessions end.
struct Scene {
    backend: Arc<Backend>,
    stamps: Stamps,
    hasher: Arc<FakePasswordHasher>,
    opaque_tokens: Arc<NumberedTokens>,
    admin: User,
}

async fn patiently<O, U>(use_case: U, operation: O) -> Result<O::Output, O::Error>
where
    O: Operation<Error: Retryable> + Clone + Sync,
    U: UseCase<O>,
{
    let delay = Arc::new(ScatteredDelay::default());
    RetryOnConflict::new(use_case, delay, PATIENT).execute(operation).await
}

fn recovery_token(user: &User) -> String {
    format!("recovery-{}", user.id())
}

impl Scene {
    fn new(backend: Arc<Backend>) -> Arc<Self> {
        Arc::new(Self {
            backend,
            stamps: Stamps::new(Arc::new(FixedClock::new()), Arc::new(SequentialIds::new())),
            hasher: Arc::new(FakePasswordHasher::default()),
            opaque_tokens: Arc::new(NumberedTokens::default()),
            admin: UserBuilder::new().role(Role::Admin).build(),
        })
    }

    /// A user with the old password, who has asked for recovery too.
    async fn user(&self, hash: &str) -> User {
        let user = UserBuilder::new().password_hash(hash).build();
        add_user(&self.backend, &user).await.expect("a user can be added");
        let (purpose, expires_at) = (TokenPurpose::PasswordRecovery, START + time::Duration::HOUR);
        let digest = digest_of(&recovery_token(&user));
        let token = OneTimeToken::new(digest, purpose, user.id(), expires_at);
        let mut work = self.backend.accounts.begin().await.expect("a unit of work can begin");
        work.one_time_tokens().put(&token).await.expect("a token can be put");
        work.commit().await.expect("a token can be kept");
        user
    }

    async fn log_in(
        &self,
        accounts: Arc<dyn AccountsUnitOfWorkFactory>,
        user: &User,
    ) -> Result<TokenPair, LogInError> {
        let policy = SessionBuilder::POLICY;
        let signed = Arc::new(FakeAccessTokens::default());
        let interactor = LogInInteractor::new(
            accounts,
            Arc::clone(&self.backend.user_reads),
            self.hasher.clone(),
            self.opaque_tokens.clone(),
            AccessTokens::new(signed, policy.access_lifetime),
            policy,
            self.stamps.clone(),
        );
        let (login, password) = (user.email().to_string(), SecretText::new(OLD_PASSWORD));
        patiently(interactor, LogIn { login, password }).await
    }

    /// Ends all sessions of `user`, or panics.
    async fn end(&self, ending: Ending, accounts: Arc<dyn AccountsUnitOfWorkFactory>, user: &User) {
        let (stamps, hasher) = (self.stamps.clone(), self.hasher.clone());
        let users = Arc::clone(&self.backend.user_reads);
        let new_password = SecretText::new(NEW_PASSWORD);
        let (actor, admin, user_id) = (actor_of(user), actor_of(&self.admin), user.id());
        match ending {
            Ending::PasswordChanged => {
                let change = ChangeMyPasswordInteractor::new(accounts, users, hasher, stamps);
                let current_password = SecretText::new(OLD_PASSWORD);
                let asked = ChangeMyPassword { actor, current_password, new_password };
                patiently(change, asked).await.expect("a password can be changed");
            }
            Ending::PasswordReset => {
                let tokens = self.opaque_tokens.clone();
                let reset = ResetPasswordInteractor::new(accounts, hasher, tokens, stamps);
                let token = SecretText::new(recovery_token(user));
                let asked = ResetPassword { token, new_password };
                patiently(reset, asked).await.expect("a password can be reset");
            }
            Ending::PasswordSet => {
                let set = SetPasswordInteractor::new(accounts, users, hasher, stamps);
                let asked = SetPassword { actor: admin, user: user_id, new_password };
                patiently(set, asked).await.expect("a password can be set");
            }
            Ending::Deactivated => {
                let deactivate = DeactivateUserInteractor::new(accounts, stamps);
                let asked = DeactivateUser { actor: admin, user: user_id };
                patiently(deactivate, asked).await.expect("a user can be deactivated");
            }
            Ending::Deleted => {
                let delete = DeleteMeInteractor::new(accounts, stamps);
                patiently(delete, DeleteMe { actor }).await.expect("a user can be deleted");
            }
        }
    }

    /// Nobody is logged in, whether the user may log in or not.
    async fn assert_no_session_of(&self, user: &User, ending: Ending) {
        let sessions = self.backend.session_reads.list(user.id(), START).await;
        let sessions = sessions.expect("sessions can be read");
        assert!(sessions.is_empty(), "{ending:?} leaves a session: {sessions:?}");
    }
}

/// A login that has begun its session, and did not commit yet, is over before someone ends all
/// sessions: that of the login ends with them.
pub async fn who_logs_in_first_is_logged_out(backend: Arc<Backend>) {
    let accounts = Arc::clone(&backend.accounts);
    who_logs_in_first_is_logged_out_of(backend, |gap| {
        Arc::new(InterruptedCommits::before(Arc::clone(&accounts), gap))
    })
    .await;
}

/// The same for logins that are interrupted anywhere else: `interrupted` gives them where they
/// do their work.
pub async fn who_logs_in_first_is_logged_out_of(
    backend: Arc<Backend>,
    interrupted: impl Fn(Arc<Gap>) -> Arc<dyn AccountsUnitOfWorkFactory>,
) {
    let scene = Scene::new(backend);
    for ending in Ending::ALL {
        let user = scene.user(&FakePasswordHasher::hash_of(OLD_PASSWORD)).await;
        let gap = Arc::new(Gap::default());
        let mut login = {
            let (scene, user, accounts) = (scene.clone(), user.clone(), interrupted(gap.clone()));
            tokio::spawn(async move { scene.log_in(accounts, &user).await })
        };
        tokio::select! {
            () = gap.opened() => {}
            outcome = &mut login => panic!("nothing was committed: {outcome:?}"),
        }
        scene.end(ending, Arc::clone(&scene.backend.accounts), &user).await;
        gap.used();
        let outcome = login.await.expect("a login does not panic");
        assert!(outcome.is_ok(), "{ending:?}: {outcome:?}");
        scene.assert_no_session_of(&user, ending).await;
    }
}

/// A login that comes while someone ends all sessions, and has not committed yet, finds out
/// that the password or the user is not good any more.
pub async fn who_logs_in_second_is_refused(backend: Arc<Backend>) {
    let scene = Scene::new(backend);
    for ending in Ending::ALL {
        let user = scene.user(&FakePasswordHasher::hash_of(OLD_PASSWORD)).await;
        let gap = Arc::new(Gap::default());
        let accounts = Arc::clone(&scene.backend.accounts);
        let accounts = Arc::new(InterruptedCommits::before(accounts, gap.clone()));
        let mut ended = {
            let (scene, user) = (scene.clone(), user.clone());
            tokio::spawn(async move { scene.end(ending, accounts, &user).await })
        };
        tokio::select! {
            () = gap.opened() => {}
            outcome = &mut ended => panic!("nothing was committed: {outcome:?}"),
        }
        let outcome = scene.log_in(Arc::clone(&scene.backend.accounts), &user).await;
        gap.used();
        let is_refused = matches!(outcome, Err(LogInError::InvalidCredentials));
        assert!(is_refused, "{ending:?}: {outcome:?}");
        ended.await.expect("sessions can be ended");
        scene.assert_no_session_of(&user, ending).await;
    }
}

/// Whoever is faster, and whether the login makes a new hash or not.
pub async fn nobody_stays_logged_in_by_a_race(backend: Arc<Backend>) {
    let scene = Scene::new(backend);
    let hashes = [FakePasswordHasher::hash_of, FakePasswordHasher::former_hash_of];
    for (ending, round) in Ending::ALL.iter().flat_map(|it| (0..ROUNDS).map(move |no| (*it, no))) {
        let user = scene.user(&hashes[round % hashes.len()](OLD_PASSWORD)).await;
        let login = {
            let (scene, user) = (scene.clone(), user.clone());
            let accounts = Arc::clone(&scene.backend.accounts);
            tokio::spawn(async move { scene.log_in(accounts, &user).await })
        };
        // Each round gives the login a little more of a start.
        for _ in 0..round {
            tokio::task::yield_now().await;
        }
        scene.end(ending, Arc::clone(&scene.backend.accounts), &user).await;
        let outcome = login.await.expect("a login does not panic");
        let is_expected = matches!(outcome, Ok(_) | Err(LogInError::InvalidCredentials));
        assert!(is_expected, "{ending:?}: {outcome:?}");
        scene.assert_no_session_of(&user, ending).await;
    }
}

/// While someone holds a user, nobody else changes that user; afterwards everyone may again,
/// also when nothing was committed.
pub async fn a_held_user_is_changed_by_nobody_else(backend: Arc<Backend>) {
    for is_committed in [false, true] {
        let user = given_user(&backend).await;
        let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
        let held = work.users().find_held(user.id()).await.expect("users can be read");
        assert_eq!(held.map(|held| held.version()), Some(user.version()));
        let gap = Arc::new(Gap::default());
        let other = {
            let (backend, gap, mut user) = (backend.clone(), gap.clone(), user.clone());
            tokio::spawn(async move {
                gap.opened().await;
                user.change_password(PasswordHash::new("another"));
                let outcome = update_user(&backend, &user).await;
                gap.used();
                outcome
            })
        };
        gap.offer().await;
        let found = work.users().find(user.id()).await.expect("users can be read");
        assert_eq!(found.map(|found| found.version()), Some(user.version()));
        if is_committed {
            work.commit().await.expect("nothing is in the way");
        } else {
            drop(work);
        }
        match other.await.expect("an update does not panic") {
            Ok(()) => {}
            Err(RepositoryError::Conflict) => {
                let mut user = user.clone();
                user.change_password(PasswordHash::new("another"));
                update_user(&backend, &user).await.expect("nobody holds the user any more");
            }
            Err(error) => panic!("{error}: {error:?}"),
        }
        let found = load_user(&backend, user.id()).await.expect("the user is there");
        assert_eq!(found.password_hash().expose(), "another");
    }
}
