//! How constraints are called in every database, and what it means to break them.
//!
//! The tests of each adapter compare its schema with these lists, so that no constraint is
//! added to one database only, or without saying what it means.

use application::ports::{RepositoryError, UniqueConstraint};

/// What there may be once, by the names of the constraints that see to it. Digests are what
/// tokens are known by, so that they count as ids.
pub const UNIQUE_CONSTRAINTS: [(&str, UniqueConstraint); 17] = [
    ("enqueued_jobs_pkey", UniqueConstraint::Id),
    ("idempotency_keys_pkey", UniqueConstraint::IdempotencyKey),
    ("one_time_tokens_digest_key", UniqueConstraint::Id),
    ("one_time_tokens_pkey", UniqueConstraint::Id),
    ("order_lines_pkey", UniqueConstraint::Id),
    ("orders_pkey", UniqueConstraint::Id),
    ("outbox_pkey", UniqueConstraint::Id),
    ("products_pkey", UniqueConstraint::Id),
    ("report_files_pkey", UniqueConstraint::Id),
    ("reports_pkey", UniqueConstraint::Id),
    ("sessions_pkey", UniqueConstraint::Id),
    ("sessions_refresh_key", UniqueConstraint::Id),
    ("spent_refresh_tokens_pkey", UniqueConstraint::Id),
    ("users_email_key", UniqueConstraint::Email),
    ("users_pkey", UniqueConstraint::Id),
    ("users_super_admin_key", UniqueConstraint::SuperAdmin),
    ("users_username_key", UniqueConstraint::Username),
];

/// What has to be there for something else. Who breaks one has lost a race: what it refers to
/// was there when it was loaded.
pub const FOREIGN_KEYS: [&str; 7] = [
    "idempotency_keys_order_fkey",
    "one_time_tokens_user_fkey",
    "order_lines_order_fkey",
    "order_lines_product_fkey",
    "report_files_report_fkey",
    "sessions_user_fkey",
    "spent_refresh_tokens_session_fkey",
];

/// What values there may be. The domain sees to it before any database does, so that who
/// breaks one has found a mistake in the program.
pub const CHECKS: [&str; 15] = [
    "one_time_tokens_digest_check",
    "one_time_tokens_purpose_check",
    "order_lines_quantity_check",
    "order_lines_unit_price_check",
    "orders_currency_check",
    "orders_state_check",
    "orders_total_check",
    "products_currency_check",
    "products_price_check",
    "products_stock_check",
    "reports_period_check",
    "reports_status_check",
    "sessions_refresh_check",
    "spent_refresh_tokens_digest_check",
    "users_role_check",
];

/// What it means that there is one already by the unique constraint of this name, if there is
/// such a constraint.
#[must_use]
pub fn duplicate_of(constraint: &str) -> Option<RepositoryError> {
    let known = UNIQUE_CONSTRAINTS.into_iter().find(|(name, _)| *name == constraint);
    known.map(|(_, constraint)| RepositoryError::Duplicate { constraint })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_and_others_are_not() {
        let email = duplicate_of("users_email_key").expect("it is a constraint");
        assert!(email.is_duplicate(UniqueConstraint::Email));
        assert!(duplicate_of("users_email").is_none());
    }

    #[test]
    fn lists_are_sorted_and_hold_every_name_once() {
        let unique = UNIQUE_CONSTRAINTS.map(|(name, _)| name);
        for names in [&unique[..], &FOREIGN_KEYS, &CHECKS] {
            assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
        }
    }
}
