//! One-time tokens out of their rows.

use application::ports::RepositoryError;
use domain::accounts::{OneTimeToken, TokenPurpose, UserId};
use persistence_sql::{stored, stored_digest};

use super::one_time_token_row::OneTimeTokenRow;

pub(super) fn one_time_token(row: &OneTimeTokenRow) -> Result<OneTimeToken, RepositoryError> {
    let digest = stored_digest("one_time_tokens.digest", &row.digest)?;
    let purpose = row.purpose.as_str();
    let purpose = stored("one_time_tokens.purpose", purpose, str::parse::<TokenPurpose>)?;
    Ok(OneTimeToken::new(digest, purpose, UserId::new(row.user_id), row.expires_at))
}
