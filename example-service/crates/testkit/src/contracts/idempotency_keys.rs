//! Which requests were answered already.

use application::ports::{IdempotencyKey, IdempotencyRecord, RepositoryError, UniqueConstraint};
use domain::accounts::UserId;
use domain::orders::Order;
use time::Duration;

use super::Backend;
use super::steps::{assert_duplicate, given_order, given_product};
use crate::builders::{OrderBuilder, ProductBuilder, START, fresh_id};

async fn given_some_order(backend: &Backend) -> Order {
    let tea = ProductBuilder::new().build();
    given_product(backend, &tea).await;
    let order = OrderBuilder::new(UserId::new(fresh_id())).line(&tea, 1).build();
    given_order(backend, &order).await;
    order
}

fn record(order: &Order, key: &str) -> IdempotencyRecord {
    IdempotencyRecord {
        buyer: order.buyer(),
        key: IdempotencyKey::try_new(key).expect("it is a key"),
        fingerprint: "1xtea".to_owned(),
        order: order.id(),
        created_at: START,
    }
}

async fn add(backend: &Backend, record: &IdempotencyRecord) -> Result<(), RepositoryError> {
    let mut work = backend.orders.begin().await?;
    work.idempotency_keys().add(record).await?;
    work.commit().await
}

/// A key is kept, once for each buyer.
pub async fn a_key_is_used_once_by_a_buyer(backend: &Backend) {
    let (order, other) = (given_some_order(backend).await, given_some_order(backend).await);
    let kept = record(&order, "key");
    add(backend, &kept).await.expect("a key can be added");
    assert_duplicate(&add(backend, &kept).await, UniqueConstraint::IdempotencyKey);
    add(backend, &record(&other, "key")).await.expect("others have keys of their own");
    add(backend, &record(&order, "KEY")).await.expect("the case makes a difference");
    let mut work = backend.orders.begin().await.expect("a unit of work can begin");
    let found = work.idempotency_keys().find(order.buyer(), &kept.key).await;
    assert_eq!(found.expect("keys can be read"), Some(kept));
    let unknown = IdempotencyKey::try_new("unknown").expect("it is a key");
    let found = work.idempotency_keys().find(order.buyer(), &unknown).await;
    assert_eq!(found.expect("keys can be read"), None);
}

/// Keys are forgotten after a while, and can be used again then.
pub async fn old_keys_are_purged(backend: &Backend) {
    let order = given_some_order(backend).await;
    let old = record(&order, "old");
    let fresh = IdempotencyRecord { created_at: START + Duration::HOUR, ..record(&order, "new") };
    add(backend, &old).await.expect("a key can be added");
    add(backend, &fresh).await.expect("a key can be added");
    let mut work = backend.orders.begin().await.expect("a unit of work can begin");
    let count = work.idempotency_keys().purge_used_before(fresh.created_at).await;
    assert_eq!(count.expect("keys can be forgotten"), 1);
    work.commit().await.expect("it can be kept");
    add(backend, &old).await.expect("the key was forgotten");
    assert_duplicate(&add(backend, &fresh).await, UniqueConstraint::IdempotencyKey);
}
