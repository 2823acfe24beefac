//! The way to Redis.

use std::time::Duration;

use ::redis::Client;
use ::redis::aio::{ConnectionManager, ConnectionManagerConfig};
use thiserror::Error;

/// How long Redis may take to answer: less than going on without it would.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often a connection is tried before a request goes on without it; the next one tries
/// again.
const RETRIES: usize = 1;

/// A connection to the Redis at `url`, made when it is first used and made again when it is
/// lost, so that a service starts and goes on while Redis does not answer. It takes a runtime of
/// tokio around the call.
///
/// # Errors
///
/// When `url` is none.
pub fn connect(url: &str) -> Result<ConnectionManager, RedisUrlError> {
    let settings = ConnectionManagerConfig::new()
        .set_number_of_retries(RETRIES)
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE));
    // What is wrong with the address may show its password.
    let client = Client::open(url).map_err(|_| RedisUrlError)?;
    ConnectionManager::new_lazy_with_config(client, settings).map_err(|_| RedisUrlError)
}

/// The address is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the address of Redis is not like redis://user:password@host:6379")]
pub struct RedisUrlError;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_no_address_is_refused_without_showing_secrets() {
        let Err(refused) = connect("http://ann:secret@host") else { panic!("it is accepted") };
        assert!(!refused.to_string().contains("secret"));
        assert!(connect("redis://127.0.0.1:1").is_ok(), "nothing has to listen yet");
    }
}
