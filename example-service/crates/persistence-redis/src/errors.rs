//! What goes wrong with Redis, as the ports tell it.

use application::ports::RepositoryError;
use redis::RedisError;

/// Redis does not answer, or not as it should.
pub(crate) fn repository_error(error: RedisError) -> RepositoryError {
    RepositoryError::unavailable(error)
}
