//! Many at the same time.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::future::Future;
use std::sync::Arc;

use application::accounts::commands::{
    RefreshSession, RefreshSessionError, RefreshSessionInteractor,
};
use application::accounts::common::AccessTokens;
use application::common::{RetryOnConflict, RetryPolicy, Stamps, UseCase};
use application::orders::commands::{
    PlaceOrder, PlaceOrderError, PlaceOrderInteractor, PlaceOrderLine,
};
use application::ports::{
    EventId, IdempotencyKey, IdempotencyRecord, Job, JobId, OutboxMessage, RepositoryError,
};
use domain::accounts::{OneTimeToken, TokenPurpose};
use domain::catalog::events::{ProductArchived, ProductUpdated};
use domain::catalog::{ProductChanges, ProductId};
use domain::shared::{Quantity, SecretText};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::Backend;
use super::steps::{add_user, given_product, given_session, given_user, load_product, messages};
use crate::builders::{
    OrderBuilder, ProductBuilder, START, SessionBuilder, UserBuilder, actor_of, digest_of, fresh_id,
};
use crate::fakes::{
    FakeAccessTokens, FixedClock, MapCache, NoDelay, NumberedTokens, SequentialIds,
};

/// Enough for everyone to be last, one after the other.
const PATIENT: RetryPolicy = RetryPolicy { attempts: 1_000, ..RetryPolicy::USUAL };

/// Adds one to a stock, as often as it takes, and tells so before.
async fn add_one(backend: &Backend, id: ProductId) {
    loop {
        let done = async {
            let mut work = backend.catalog.begin().await?;
            let mut product = work.products().find(id).await?.expect("the product is there");
            // Others get a chance to come in between.
            tokio::task::yield_now().await;
            let stock = Some(product.stock() + 1);
            let changes = ProductChanges { name: None, description: None, price: None, stock };
            product.update(changes).expect("the product is for sale");
            let event = ProductUpdated { product: id };
            let message = OutboxMessage::new(EventId::new(fresh_id()), &event, START);
            work.outbox().append(&message).await?;
            work.products().update(&product).await?;
            work.commit().await
        };
        match done.await {
            Ok(()) => return,
            Err(RepositoryError::Conflict) => tokio::task::yield_now().await,
            Err(error) => panic!("{error}: {error:?}"),
        }
    }
}

/// Of twenty who read, change and write the same row, none is lost, and nothing stays of
/// attempts that failed.
pub async fn no_change_is_lost(backend: Arc<Backend>) {
    let product = ProductBuilder::new().stock(0).build();
    given_product(&backend, &product).await;
    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        let (backend, id) = (Arc::clone(&backend), product.id());
        tasks.spawn(async move { add_one(&backend, id).await });
    }
    tasks.join_all().await;
    assert_eq!(load_product(&backend, product.id()).await.stock(), 20);
    assert_eq!(messages(&backend).await.len(), 20);
}

fn place_order(backend: &Backend) -> Arc<dyn UseCase<PlaceOrder>> {
    let stamps = Stamps::new(Arc::new(FixedClock::new()), Arc::new(SequentialIds::new()));
    let cache = Arc::new(MapCache::default());
    let inner = PlaceOrderInteractor::new(Arc::clone(&backend.orders), cache, stamps);
    Arc::new(RetryOnConflict::new(inner, Arc::new(NoDelay::default()), PATIENT))
}

fn one_of(product: ProductId) -> Vec<PlaceOrderLine> {
    vec![PlaceOrderLine { product, quantity: Quantity::try_new(1).expect("one is a quantity") }]
}

/// Of fifty who want one of thirty pieces, thirty get one, and the stock ends at none.
pub async fn stock_is_never_sold_twice(backend: Arc<Backend>) {
    let product = ProductBuilder::new().stock(30).build();
    given_product(&backend, &product).await;
    let buyer = given_user(&backend).await;
    let place = place_order(&backend);
    let mut tasks = JoinSet::new();
    for _ in 0..50 {
        let place = Arc::clone(&place);
        let (actor, lines) = (actor_of(&buyer), one_of(product.id()));
        tasks.spawn(async move {
            match place.execute(PlaceOrder { actor, key: None, lines }).await {
                Ok(_) => 1,
                Err(PlaceOrderError::OutOfStock { stock: 0, .. }) => 0,
                Err(error) => panic!("{error}: {error:?}"),
            }
        });
    }
    let placed: i32 = tasks.join_all().await.into_iter().sum();
    assert_eq!(placed, 30);
    assert_eq!(load_product(&backend, product.id()).await.stock(), 0);
    let orders = backend.order_reads.list_of_buyer(buyer.id(), None, 100).await;
    assert_eq!(orders.expect("orders can be listed").len(), 30);
    assert_eq!(messages(&backend).await.len(), 30);
}

/// The same request sent ten times at once places one order.
pub async fn a_key_places_one_order(backend: Arc<Backend>) {
    let product = ProductBuilder::new().stock(10).build();
    given_product(&backend, &product).await;
    let buyer = given_user(&backend).await;
    let place = place_order(&backend);
    let mut tasks = JoinSet::new();
    for _ in 0..10 {
        let place = Arc::clone(&place);
        let (actor, lines) = (actor_of(&buyer), one_of(product.id()));
        let key = IdempotencyKey::try_new("the-same").expect("it is a key");
        tasks.spawn(async move {
            let placed = place.execute(PlaceOrder { actor, key: Some(key), lines }).await;
            placed.expect("an order can be placed")
        });
    }
    let mut orders = tasks.join_all().await;
    orders.dedup();
    assert_eq!(orders.len(), 1, "{orders:?}");
    assert_eq!(load_product(&backend, product.id()).await.stock(), 9);
}

/// Of two who use one key at the same time, one is refused, at the latest when it commits.
pub async fn one_of_two_equal_keys_is_refused(backend: Arc<Backend>) {
    let product = ProductBuilder::new().build();
    given_product(&backend, &product).await;
    let buyer = given_user(&backend).await;
    let key = IdempotencyKey::try_new("key").expect("it is a key");
    let mut tasks = JoinSet::new();
    for _ in 0..2 {
        let order = OrderBuilder::new(buyer.id()).line(&product, 1).build();
        let (backend, key, buyer) = (Arc::clone(&backend), key.clone(), buyer.id());
        tasks.spawn(async move {
            let (fingerprint, created_at) = (String::new(), START);
            let record =
                IdempotencyRecord { buyer, key, fingerprint, order: order.id(), created_at };
            let mut work = backend.orders.begin().await?;
            work.orders().add(&order).await?;
            work.idempotency_keys().add(&record).await?;
            work.commit().await
        });
    }
    let outcomes = tasks.join_all().await;
    let kept = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(kept, 1, "{outcomes:?}");
    let orders = backend.order_reads.list_of_buyer(buyer.id(), None, 9).await;
    assert_eq!(orders.expect("orders can be listed").len(), 1);
}

/// Of ten who want the same name, one gets it.
pub async fn one_of_many_gets_a_name(backend: Arc<Backend>) {
    let mut tasks = JoinSet::new();
    for _ in 0..10 {
        let backend = Arc::clone(&backend);
        let user = UserBuilder::new().username("wanted").build();
        tasks.spawn(async move { add_user(&backend, &user).await });
    }
    let outcomes = tasks.join_all().await;
    let named = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(named, 1, "{outcomes:?}");
    let is_refusal = |outcome: &&Result<(), RepositoryError>| {
        matches!(outcome, Err(RepositoryError::Duplicate { .. } | RepositoryError::Conflict))
    };
    assert_eq!(outcomes.iter().filter(is_refusal).count(), 9, "{outcomes:?}");
}

/// Of ten who exchange the same refresh token at once, one gets another; the others end the
/// session, since nobody can tell which of them was the thief.
pub async fn a_refresh_token_is_exchanged_once(backend: Arc<Backend>) {
    let user = given_user(&backend).await;
    let session = SessionBuilder::new(user.id()).refresh(digest_of("stolen")).build();
    given_session(&backend, &session).await;
    let stamps = Stamps::new(Arc::new(FixedClock::new()), Arc::new(SequentialIds::new()));
    let policy = SessionBuilder::POLICY;
    let signed = Arc::new(FakeAccessTokens::default());
    let access = AccessTokens::new(signed, policy.access_lifetime);
    let work = Arc::clone(&backend.accounts);
    let opaque = Arc::new(NumberedTokens::default());
    let refresh = RefreshSessionInteractor::new(work, opaque, access, policy, stamps);
    let refresh = Arc::new(RetryOnConflict::new(refresh, Arc::new(NoDelay::default()), PATIENT));
    let mut tasks = JoinSet::new();
    for _ in 0..10 {
        let refresh = Arc::clone(&refresh);
        let refresh_token = SecretText::new("stolen");
        tasks.spawn(async move { refresh.execute(RefreshSession { refresh_token }).await });
    }
    let outcomes = tasks.join_all().await;
    let exchanged = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let is_reuse =
        |outcome: &&Result<_, _>| matches!(outcome, Err(RefreshSessionError::TokenReused));
    let reused = outcomes.iter().filter(is_reuse).count();
    assert_eq!((exchanged, reused), (1, 1), "{outcomes:?}");
    let found = backend.session_reads.find_active(session.id(), START).await;
    assert!(found.expect("sessions can be read").is_none());
}

/// Of ten who take the same one-time token at once, one gets it.
pub async fn a_one_time_token_is_taken_by_one(backend: Arc<Backend>) {
    let user = given_user(&backend).await;
    let expires_at = START + time::Duration::HOUR;
    let purpose = TokenPurpose::PasswordRecovery;
    let token = OneTimeToken::new(digest_of("token"), purpose, user.id(), expires_at);
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    work.one_time_tokens().put(&token).await.expect("a token can be put");
    work.commit().await.expect("a token can be kept");
    let mut tasks = JoinSet::new();
    for _ in 0..10 {
        let backend = Arc::clone(&backend);
        tasks.spawn(async move {
            let mut work = backend.accounts.begin().await?;
            let found = work.one_time_tokens().take(&digest_of("token")).await?;
            tokio::task::yield_now().await;
            work.commit().await?;
            Ok::<_, RepositoryError>(found.is_some())
        });
    }
    let outcomes = tasks.join_all().await;
    let winners = outcomes.iter().filter(|outcome| matches!(outcome, Ok(true))).count();
    assert_eq!(winners, 1, "{outcomes:?}");
}

/// How many claim at once, and how often they meet.
const CLAIMANTS: usize = 5;
const MEETINGS: usize = 10;

/// Has all of them claim at the same moment, a few times each, and asserts that they get
/// `expected` altogether, each by one of them.
async fn assert_claimed_once<I, F>(expected: &BTreeSet<I>, claim: impl Fn() -> F)
where
    I: Ord + Copy + Debug + Send + 'static,
    F: Future<Output = Vec<I>> + Send + 'static,
{
    let barrier = Arc::new(Barrier::new(CLAIMANTS));
    let mut tasks = JoinSet::new();
    for _ in 0..CLAIMANTS {
        // Some may find everything locked by others for a moment, and ask once more.
        let claims = [claim(), claim(), claim()];
        let barrier = Arc::clone(&barrier);
        tasks.spawn(async move {
            let mut claimed = Vec::new();
            barrier.wait().await;
            for claim in claims {
                claimed.extend(claim.await);
            }
            claimed
        });
    }
    let mut claimed: Vec<I> = tasks.join_all().await.into_iter().flatten().collect();
    claimed.extend(claim().await);
    claimed.sort_unstable();
    assert!(claimed.iter().eq(expected), "{claimed:?} instead of {expected:?}");
}

/// Of five who claim messages at once, no two get the same.
pub async fn claims_do_not_overlap(backend: Arc<Backend>) {
    for _ in 0..MEETINGS {
        let mut work = backend.catalog.begin().await.expect("a unit of work can begin");
        let mut expected = BTreeSet::new();
        for _ in 0..20 {
            let event = ProductArchived { product: ProductId::new(fresh_id()) };
            let message = OutboxMessage::new(EventId::new(fresh_id()), &event, START);
            work.outbox().append(&message).await.expect("a message can be appended");
            expected.insert(message.id);
        }
        work.commit().await.expect("messages can be kept");
        let claim = || {
            let backend = Arc::clone(&backend);
            async move {
                let claimed = backend.outbox.claim(20, START, START + time::Duration::MINUTE).await;
                let claimed = claimed.expect("messages can be claimed");
                claimed.into_iter().map(|message| message.id).collect()
            }
        };
        assert_claimed_once(&expected, claim).await;
    }
}

/// Nor do those of jobs.
pub async fn claims_of_jobs_do_not_overlap(backend: Arc<Backend>) {
    for _ in 0..MEETINGS {
        let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
        let mut expected = BTreeSet::new();
        for _ in 0..20 {
            let id = JobId::new(fresh_id());
            let enqueued = work.jobs().enqueue(id, &Job::PurgeExpiredSessions).await;
            enqueued.expect("a job can be enqueued");
            expected.insert(id);
        }
        work.commit().await.expect("jobs can be kept");
        let claim = || {
            let backend = Arc::clone(&backend);
            async move {
                let until = START + time::Duration::MINUTE;
                let claimed = backend.jobs.claim_jobs(20, START, until).await;
                let claimed = claimed.expect("jobs can be claimed");
                claimed.into_iter().map(|job| job.id).collect()
            }
        };
        assert_claimed_once(&expected, claim).await;
    }
}
