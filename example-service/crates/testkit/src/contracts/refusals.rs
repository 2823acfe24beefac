//! What a store in a SQL database refuses, and what it is called then.

use application::ports::RepositoryError;
use async_trait::async_trait;
use domain::accounts::UserId;

use super::Backend;
use super::steps::{given_order, given_product, given_user};
use crate::builders::{OrderBuilder, ProductBuilder, UserBuilder};

/// The database of a store, past the store.
#[async_trait]
pub trait SqlDatabase: Send + Sync {
    /// Executes a statement on a connection of its own, or gives what the database says
    /// against it.
    async fn execute(&self, statement: &'static str) -> Result<(), String>;

    /// Closes the store.
    async fn close_store(&self);
}

/// A store with nothing in it, and its database. Dropping the database drops what both need.
pub struct SqlBackend {
    /// The store.
    pub store: Backend,
    /// Its database.
    pub database: Box<dyn SqlDatabase>,
}

/// What went wrong with the store.
#[track_caller]
fn cause(error: &RepositoryError) -> String {
    let RepositoryError::Unavailable(cause) = error else { panic!("{error:?}") };
    let reason = cause.source().map(ToString::to_string).unwrap_or_default();
    format!("{cause}: {reason}")
}

/// What the unit of work and the read store make of a user.
async fn refusals_of_user(backend: &Backend, user: UserId) -> [RepositoryError; 2] {
    let shown = backend.user_reads.find(user).await;
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    let found = work.users().find(user).await;
    [shown.expect_err("it is not shown"), found.expect_err("it is not found")]
}

/// What the domain refuses is shown with its place, and not as something else.
pub async fn what_the_domain_refuses_is_shown_with_its_place(backend: &SqlBackend) {
    let SqlBackend { store, database } = backend;
    let user = given_user(store).await;
    let unnamed = database.execute("UPDATE users SET username = 'x'").await;
    unnamed.expect("no constraint is against it");
    for refusal in refusals_of_user(store, user.id()).await {
        let expected = "users.username holds `x`: a username has 5 to 20 characters";
        assert_eq!(cause(&refusal), expected);
    }
}

/// Values that cannot be are refused by the database too, by the constraint of that name.
pub async fn values_that_cannot_be_are_refused_by_the_database_too(backend: &SqlBackend) {
    let SqlBackend { store, database } = backend;
    let user = given_user(store).await;
    let product = ProductBuilder::new().build();
    given_product(store, &product).await;
    given_order(store, &OrderBuilder::new(user.id()).line(&product, 1).build()).await;
    for (statement, constraint) in [
        ("UPDATE users SET role = 'boss'", "users_role_check"),
        ("UPDATE products SET stock = -1", "products_stock_check"),
        ("UPDATE products SET stock = 4294967296", "products_stock_check"),
        ("UPDATE products SET price = -1", "products_price_check"),
        ("UPDATE products SET currency = 'ZZZ'", "products_currency_check"),
        ("UPDATE orders SET state = 'lost'", "orders_state_check"),
        ("UPDATE orders SET total = -1", "orders_total_check"),
        ("UPDATE orders SET currency = 'ZZZ'", "orders_currency_check"),
        ("UPDATE order_lines SET unit_price = -1", "order_lines_unit_price_check"),
        ("UPDATE order_lines SET quantity = 0", "order_lines_quantity_check"),
    ] {
        let refused = database.execute(statement).await.expect_err(statement);
        assert!(refused.contains(constraint), "{statement}: {refused}");
    }
}

/// A store that is closed is out of order, and nothing is wrong with what was asked.
pub async fn a_store_that_is_closed_is_unavailable(backend: &SqlBackend) {
    let SqlBackend { store, database } = backend;
    database.close_store().await;
    let begun = store.accounts.begin().await.map(|_| ());
    assert!(matches!(begun, Err(RepositoryError::Unavailable(_))), "{begun:?}");
    let shown = store.user_reads.find(UserBuilder::new().build().id()).await;
    assert!(matches!(shown, Err(RepositoryError::Unavailable(_))), "{shown:?}");
}
