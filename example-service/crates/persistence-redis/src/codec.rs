//! Values as they are written in Redis, and back.

use std::error::Error;

use application::ports::RepositoryError;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::accounts::TokenDigest;
use thiserror::Error;
use time::OffsetDateTime;

/// A field holds what nobody of ours has written.
#[derive(Debug, Error)]
#[error("the field `{field}` of a session holds what is none")]
pub(crate) struct StoredFieldError {
    field: &'static str,
    source: Box<dyn Error + Send + Sync>,
}

/// Nothing is in a field that every session has.
#[derive(Debug, Error)]
#[error("nothing is there")]
struct MissingError;

/// A digest of another length than ours.
#[derive(Debug, Error)]
#[error("it has {0} bytes")]
struct LengthError(usize);

/// The value of a field. What is there is not shown: it may be a secret.
pub(crate) fn field<'a, T, E>(
    name: &'static str,
    text: Option<&'a String>,
    read: impl FnOnce(&'a str) -> Result<T, E>,
) -> Result<T, RepositoryError>
where
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let refuse = |source| RepositoryError::unavailable(StoredFieldError { field: name, source });
    let text = text.ok_or_else(|| refuse(MissingError.into()))?;
    read(text).map_err(|error| refuse(error.into()))
}

pub(crate) fn digest_to_text(digest: &TokenDigest) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(digest.as_bytes())
}

pub(crate) fn digest_from_text(text: &str) -> Result<TokenDigest, Box<dyn Error + Send + Sync>> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text)?;
    let bytes = <[u8; 32]>::try_from(bytes).map_err(|bytes| LengthError(bytes.len()))?;
    Ok(TokenDigest::new(bytes))
}

/// Whole microseconds since 1970, as the databases keep them. The numbers that Redis sorts by
/// are exact up to the year 2255.
pub(crate) fn time_to_text(time: OffsetDateTime) -> String {
    time.unix_timestamp_nanos().div_euclid(1_000).to_string()
}

pub(crate) fn time_from_text(text: &str) -> Result<OffsetDateTime, Box<dyn Error + Send + Sync>> {
    let microseconds: i64 = text.parse()?;
    let nanoseconds = i128::from(microseconds) * 1_000;
    Ok(OffsetDateTime::from_unix_timestamp_nanos(nanoseconds)?)
}

#[cfg(test)]
mod tests {
    use time::Duration;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn what_is_written_comes_back() {
        for time in [datetime!(2026-11-28 10:00:00.123456 UTC), datetime!(1969-12-31 23:59 UTC)] {
            assert_eq!(time_from_text(&time_to_text(time)).ok(), Some(time));
        }
        let between = datetime!(2026-11-28 10:00 UTC) + Duration::nanoseconds(1_999);
        let kept = time_from_text(&time_to_text(between)).ok();
        assert_eq!(kept, Some(between - Duration::nanoseconds(999)));
        let digest = TokenDigest::new([251; 32]);
        assert_eq!(digest_from_text(&digest_to_text(&digest)).ok(), Some(digest));
    }

    #[test]
    fn what_nobody_has_written_is_an_error_that_shows_no_secret() {
        let secret = "not-a-digest".to_owned();
        for found in [None, Some(&secret)] {
            let error = field("refresh", found, digest_from_text).expect_err("it is none");
            let RepositoryError::Unavailable(cause) = error else { panic!("{error:?}") };
            assert_eq!(cause.to_string(), "the field `refresh` of a session holds what is none");
            assert!(!format!("{cause:?}").contains("not-a-digest"));
        }
    }
}
