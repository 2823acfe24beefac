//! What is stored as values of the domain again.

use std::error::Error;
use std::fmt::Display;

use application::ports::RepositoryError;
use domain::accounts::TokenDigest;
use domain::shared::{Currency, Money, Version};
use thiserror::Error;

/// A column holds what the domain refuses: someone else has written it, or rules have become
/// stricter without a migration.
#[derive(Debug, Error)]
#[error("{column} holds `{found}`")]
pub struct StoredValueError {
    /// The table and the column.
    pub column: &'static str,
    /// What it holds.
    pub found: String,
    /// Why that is refused.
    pub source: Box<dyn Error + Send + Sync>,
}

/// The value that `read` makes of what `column` holds.
///
/// # Errors
///
/// `Unavailable` with what was found, when the domain refuses it.
pub fn stored<V, T, E>(
    column: &'static str,
    found: &V,
    read: impl FnOnce(&V) -> Result<T, E>,
) -> Result<T, RepositoryError>
where
    V: Display + ?Sized,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    read(found).map_err(|error| {
        let (found, source) = (found.to_string(), error.into());
        RepositoryError::unavailable(StoredValueError { column, found, source })
    })
}

/// A number of pieces or rows.
///
/// # Errors
///
/// `Unavailable` when it is below nothing or above what the domain counts.
pub fn stored_count(column: &'static str, found: i64) -> Result<u32, RepositoryError> {
    stored(column, &found, |&found| u32::try_from(found))
}

/// A version.
///
/// # Errors
///
/// `Unavailable` when it is below nothing.
pub fn stored_version(column: &'static str, found: i64) -> Result<Version, RepositoryError> {
    stored(column, &found, |&found| u64::try_from(found).map(Version::new))
}

/// An amount of money; `column` is that of the amount.
///
/// # Errors
///
/// `Unavailable` when the marketplace does not know the currency, or the amount is below
/// nothing.
pub fn stored_money(
    column: &'static str,
    minor: i64,
    currency: &str,
) -> Result<Money, RepositoryError> {
    let currency = stored(column, currency, str::parse::<Currency>)?;
    stored(column, &minor, |&minor| Money::try_new(minor, currency))
}

/// A digest. What else is there is not shown, but only its length: it may be a secret.
///
/// # Errors
///
/// `Unavailable` when it has another length.
pub fn stored_digest(column: &'static str, found: &[u8]) -> Result<TokenDigest, RepositoryError> {
    let length = format!("{} bytes", found.len());
    stored(column, length.as_str(), |_| found.try_into().map(TokenDigest::new))
}

#[cfg(test)]
mod tests {
    use domain::accounts::Role;

    use super::*;

    fn cause(error: RepositoryError) -> String {
        let RepositoryError::Unavailable(cause) = error else { panic!("{error:?}") };
        let reason = cause.source().map(ToString::to_string).unwrap_or_default();
        format!("{cause}: {reason}")
    }

    #[test]
    fn what_is_stored_comes_back() {
        let role = stored("users.role", "admin", str::parse::<Role>);
        assert_eq!(role.expect("it is a role"), Role::Admin);
        assert_eq!(stored_count("products.stock", 4_294_967_295).expect("it counts"), u32::MAX);
        assert_eq!(stored_version("users.version", 2).expect("it counts"), Version::new(2));
        let digest = stored_digest("sessions.refresh", &[7; 32]).expect("it is a digest");
        assert_eq!(digest.as_bytes(), &[7; 32]);
        let money = stored_money("products.price", 350, "EUR").expect("it is an amount");
        assert_eq!((money.minor(), money.currency()), (350, Currency::Eur));
    }

    #[test]
    fn what_the_domain_refuses_is_shown() {
        let role = stored("users.role", "boss", str::parse::<Role>).expect_err("it is no role");
        let expected = "users.role holds `boss`: a role is one of user, admin and super_admin";
        assert_eq!(cause(role), expected);
        let stock = stored_count("products.stock", -1).expect_err("it does not count");
        assert!(cause(stock).starts_with("products.stock holds `-1`: "));
        let money = stored_money("products.price", -1, "EUR").expect_err("it is no amount");
        let expected = "products.price holds `-1`: an amount of money is at least zero";
        assert_eq!(cause(money), expected);
        let money = stored_money("products.price", 1, "ZZZ").expect_err("it is no currency");
        assert!(cause(money).starts_with("products.price holds `ZZZ`: "));
        let digest = stored_digest("sessions.refresh", b"secret").expect_err("it is no digest");
        assert!(cause(digest).starts_with("sessions.refresh holds `6 bytes`: "));
    }
}
