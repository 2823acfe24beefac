//! Sessions in Redis that no other test sees.

use std::env;
use std::time::Duration;

use persistence_redis::RedisSessionStore;
use redis::Client;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use testkit::builders::SessionBuilder;
use uuid::Uuid;

pub(crate) async fn connection() -> ConnectionManager {
    let url = env::var("TEST_REDIS_URL").expect(
        "TEST_REDIS_URL tells of no Redis: run the tests by `scripts/with-services cargo test`",
    );
    let client = Client::open(url).expect("the address of a Redis");
    // Machines that run tests are busy.
    let config = ConnectionManagerConfig::new().set_response_timeout(Some(Duration::from_mins(1)));
    ConnectionManager::new_with_config(client, config).await.expect("a Redis that answers")
}

/// A connection to where nothing listens.
pub(crate) fn dead_connection() -> ConnectionManager {
    let client = Client::open("redis://127.0.0.1:1").expect("an address");
    let config = ConnectionManagerConfig::new()
        .set_number_of_retries(0)
        .set_connection_timeout(Some(Duration::from_millis(200)));
    ConnectionManager::new_lazy_with_config(client, config).expect("no connection is made yet")
}

/// A name that no other store has.
pub(crate) fn fresh_name() -> String {
    format!("test-{}", Uuid::now_v7())
}

pub(crate) fn store_of(redis: ConnectionManager, name: &str) -> RedisSessionStore {
    RedisSessionStore::new(redis, name, SessionBuilder::POLICY.absolute_lifetime)
}

pub(crate) async fn sessions() -> RedisSessionStore {
    store_of(connection().await, &fresh_name())
}
