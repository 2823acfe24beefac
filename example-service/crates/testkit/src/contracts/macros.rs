//! Makes tests of contracts.

/// A test of each of these contracts, each with a backend of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! contract_tests {
    ($set_up:expr, |$subject:ident| $argument:expr, $suite:ident: $($contract:ident),+ $(,)?) => {
        mod $suite {
            use super::*;

            $(
                #[::tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $contract() {
                    let $subject = $set_up().await;
                    $crate::contracts::$suite::$contract($argument).await;
                }
            )+
        }
    };
}

/// Tests a store by all its contracts. `$set_up` is an `async fn() -> Backend`, which gives
/// an empty store each time.
#[macro_export]
macro_rules! store_contracts {
    ($set_up:expr) => {
        $crate::contract_tests!($set_up, |backend| &backend, users:
            a_user_comes_back, names_and_addresses_are_unique, there_is_one_super_admin,
            stale_users_are_refused, updates_keep_everything, deletion_takes_sessions_along,
            credentials_are_found);
        $crate::contract_tests!($set_up, |backend| &backend, user_lists:
            users_are_sorted, users_are_filtered_and_counted, a_user_is_shown);
        $crate::contract_tests!($set_up, |backend| &backend, sessions:
            a_session_comes_back, spent_refresh_tokens_stay_findable, stale_sessions_are_refused,
            revoking_all_spares_one_and_others, ended_sessions_are_purged,
            the_newest_sessions_are_listed_first, active_sessions_are_found);
        $crate::contract_tests!($set_up, |backend| &backend, one_time_tokens:
            a_token_is_taken_once, a_token_replaces_the_one_before, tokens_are_removed_and_purged);
        $crate::contract_tests!($set_up, |backend| &backend, products:
            a_product_comes_back, updates_keep_everything_and_refuse_what_is_stale,
            stock_is_updated_of_all_or_none, products_are_found_together, products_of_a_seller_are_found);
        $crate::contract_tests!($set_up, |backend| &backend, product_lists:
            pages_show_everything_once, what_is_archived_is_not_shown,
            searches_take_text_literally, a_product_is_shown);
        $crate::contract_tests!($set_up, |backend| &backend, orders:
            an_order_comes_back, states_are_kept_and_stale_orders_refused);
        $crate::contract_tests!($set_up, |backend| &backend, order_lists:
            an_order_is_shown, pages_show_every_order_once);
        $crate::contract_tests!($set_up, |backend| &backend, idempotency_keys:
            a_key_is_used_once_by_a_buyer, old_keys_are_purged);
        $crate::contract_tests!($set_up, |backend| &backend, reports:
            a_report_is_kept, rows_are_of_a_buyer_and_a_period, files_are_kept_as_they_are);
        $crate::contract_tests!($set_up, |backend| &backend, outbox:
            messages_are_claimed_once, dead_claims_run_out);
        $crate::contract_tests!($set_up, |backend| &backend, enqueued_jobs:
            jobs_are_claimed_once, dead_claims_run_out, jobs_are_counted_until_acknowledged,
            a_job_is_enqueued_once);
        $crate::contract_tests!($set_up, |backend| &backend, atomicity:
            what_is_dropped_leaves_no_trace, jobs_come_out_as_they_went_in,
            a_refused_write_takes_the_others_along, nobody_sees_what_is_not_committed);
        $crate::contract_tests!($set_up, |backend| ::std::sync::Arc::new(backend), concurrency:
            no_change_is_lost, stock_is_never_sold_twice, a_key_places_one_order,
            one_of_two_equal_keys_is_refused, one_of_many_gets_a_name,
            a_refresh_token_is_exchanged_once, a_one_time_token_is_taken_by_one,
            claims_do_not_overlap, claims_of_jobs_do_not_overlap);
        $crate::contract_tests!($set_up, |backend| ::std::sync::Arc::new(backend), retries:
            twenty_commands_all_succeed);
        $crate::contract_tests!($set_up, |backend| ::std::sync::Arc::new(backend), logins:
            who_logs_in_first_is_logged_out, who_logs_in_second_is_refused,
            nobody_stays_logged_in_by_a_race, a_held_user_is_changed_by_nobody_else);
    };
}

/// Tests what a store in a SQL database refuses. `$set_up` is an `async fn` that gives a
/// [`SqlBackend`](crate::contracts::refusals::SqlBackend) with nothing in it each time.
#[macro_export]
macro_rules! sql_store_contracts {
    ($set_up:expr) => {
        $crate::contract_tests!($set_up, |backend| &backend, refusals:
            what_the_domain_refuses_is_shown_with_its_place,
            values_that_cannot_be_are_refused_by_the_database_too,
            a_store_that_is_closed_is_unavailable);
    };
}

/// Tests those who take, run and show jobs by their contracts. `$set_up` is an `async fn` that
/// gives a [`JobsBackend`](crate::contracts::jobs::JobsBackend) with no jobs.
#[macro_export]
macro_rules! job_contracts {
    ($set_up:expr) => {
        $crate::contract_tests!($set_up, |backend| &backend, jobs:
            a_job_is_run_once, what_fails_is_tried_again_and_dies,
            what_is_dead_is_run_again_on_demand,
            a_worker_finishes_what_it_has_in_hand, what_was_done_is_forgotten,
            pages_show_every_dead_job_once, workers_share_jobs,
            others_take_over_from_the_dead, who_takes_long_is_not_dead);
    };
}

/// Tests a cache by all its contracts. `$set_up` is an `async fn` that gives a cache.
#[macro_export]
macro_rules! cache_contracts {
    ($set_up:expr) => {
        $crate::contract_tests!($set_up, |cache| &cache, caches:
            values_are_got_until_removed, values_expire);
    };
}

/// Tests a rate limiter by all its contracts. `$set_up` is an `async fn` that gives a rate
/// limiter.
#[macro_export]
macro_rules! rate_limiter_contracts {
    ($set_up:expr) => {
        $crate::contract_tests!($set_up, |limiter| ::std::sync::Arc::new(limiter), rate_limiters:
            a_quota_is_kept, a_quota_comes_back, a_quota_holds_for_many_at_once);
    };
}

/// Tests a password hasher by all its contracts. `$set_up` is an `async fn` that gives one.
#[macro_export]
macro_rules! password_contracts {
    ($set_up:expr) => {
        $crate::contract_tests!($set_up, |hasher| &hasher, passwords:
            a_hash_is_of_one_password, what_is_no_hash_is_an_error, dummies_take_every_password);
    };
}

/// Tests who makes and who reads access tokens by all their contracts. `$set_up` is an
/// `async fn` that gives an
/// [`AccessTokenPair`](crate::contracts::access_tokens::AccessTokenPair).
#[macro_export]
macro_rules! access_token_contracts {
    ($set_up:expr) => {
        $crate::contract_tests!($set_up, |pair| &pair, access_tokens:
            a_token_says_what_it_was_told, a_token_expires, forged_tokens_are_not_valid);
    };
}

/// Tests a maker of opaque tokens by all its contracts. `$set_up` is an `async fn` that
/// gives one.
#[macro_export]
macro_rules! opaque_token_contracts {
    ($set_up:expr) => {
        $crate::contract_tests!($set_up, |tokens| &tokens, opaque_tokens:
            tokens_and_digests_differ, any_text_has_a_digest);
    };
}
