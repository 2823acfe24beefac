//! What breaks in the middle leaves nothing behind. The outbox is written late in each use
//! case, so a broken one breaks it after its other writes.

use std::sync::Arc;

use application::accounts::commands::{SignUp, SignUpError, SignUpInteractor};
use application::administration::commands::{
    DeactivateUser, DeactivateUserError, DeactivateUserInteractor,
};
use application::common::UseCase;
use application::orders::commands::{
    CancelOrder, CancelOrderError, CancelOrderInteractor, PlaceOrder, PlaceOrderError,
    PlaceOrderInteractor, PlaceOrderLine,
};
use application::ports::{
    IdempotencyKey, Login, OrderReadStore, OrdersUnitOfWorkFactory, RepositoryError, UserReadStore,
};
use application::recovery::commands::{ResetPassword, ResetPasswordError, ResetPasswordInteractor};
use domain::accounts::{OneTimeToken, Role, TokenPurpose, Username};
use domain::shared::Quantity;
use persistence_memory::MemoryStore;
use testkit::builders::{ProductBuilder, digest_of};
use testkit::fakes::BrokenOutbox;
use time::Duration;

use crate::world::{PASSWORD, World, secret};

fn broken(world: &World) -> Arc<BrokenOutbox<MemoryStore>> {
    Arc::new(BrokenOutbox(world.store.clone()))
}

#[tokio::test]
async fn a_broken_sign_up_leaves_no_user() {
    let world = World::new();
    let sign_up = SignUpInteractor::new(broken(&world), world.hasher.clone(), world.stamps.clone());
    let (username, email) = ("alice".to_owned(), "alice@example.com".to_owned());
    let outcome = sign_up.execute(SignUp { username, email, password: secret(PASSWORD) }).await;
    let expected = matches!(outcome, Err(SignUpError::Repository(RepositoryError::Unavailable(_))));
    assert!(expected, "{outcome:?}");
    let login = Login::Username(Username::try_new("alice").expect("it is a name"));
    let found = world.store.find_credentials(&login).await.expect("users can be read");
    assert!(found.is_none());
    assert_eq!(world.jobs(), []);
}

#[tokio::test]
async fn a_broken_deactivation_leaves_user_and_sessions() {
    let world = World::new();
    let root = world.user("super", Role::SuperAdmin).await;
    let alice = world.user("alice", Role::User).await;
    let deactivate = DeactivateUserInteractor::new(broken(&world), world.stamps.clone());
    let outcome = deactivate.execute(DeactivateUser { actor: root, user: alice.user }).await;
    assert!(matches!(outcome, Err(DeactivateUserError::Repository(_))), "{outcome:?}");
    assert!(world.load_user(alice.user).await.is_some_and(|user| user.is_active()));
    assert!(world.is_active(alice.session).await);
}

#[tokio::test]
async fn a_broken_order_leaves_stock_key_and_no_order() {
    let world = World::new();
    let buyer = world.user("buyer", Role::User).await;
    let tea = world.product(&ProductBuilder::new().build()).await;
    let quantity = Quantity::try_new(3).expect("it is a quantity");
    let asked = || PlaceOrder {
        actor: buyer,
        key: Some(IdempotencyKey::try_new("key").expect("it is a key")),
        lines: vec![PlaceOrderLine { product: tea, quantity }],
    };
    let place = |work: Arc<dyn OrdersUnitOfWorkFactory>| {
        PlaceOrderInteractor::new(work, world.cache.clone(), world.stamps.clone())
    };
    let outcome = place(broken(&world)).execute(asked()).await;
    assert!(matches!(outcome, Err(PlaceOrderError::Repository(_))), "{outcome:?}");
    assert_eq!(world.load_product(tea).await.stock(), 10);
    let orders = world.store.list_of_buyer(buyer.user, None, 9).await;
    assert_eq!(orders.expect("orders can be listed"), []);
    // The key is free: the next attempt places an order instead of finding one.
    let order = place(world.store.clone()).execute(asked()).await.expect("it can be placed");
    assert_eq!(world.load_product(tea).await.stock(), 7);

    let cancel =
        CancelOrderInteractor::new(broken(&world), world.cache.clone(), world.stamps.clone());
    let outcome = cancel.execute(CancelOrder { actor: buyer, order }).await;
    assert!(matches!(outcome, Err(CancelOrderError::Repository(_))), "{outcome:?}");
    assert_eq!(world.load_product(tea).await.stock(), 7);
}

#[tokio::test]
async fn a_broken_reset_leaves_token_password_and_sessions() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let expires_at = world.stamps.now() + Duration::HOUR;
    let (digest, purpose) = (digest_of("token"), TokenPurpose::PasswordRecovery);
    let token = OneTimeToken::new(digest, purpose, alice.user, expires_at);
    let mut work = application::ports::AccountsUnitOfWorkFactory::begin(&*world.store)
        .await
        .expect("it begins");
    work.one_time_tokens().put(&token).await.expect("a token can be put");
    work.commit().await.expect("a token can be kept");
    let reset = |work| {
        let hasher = world.hasher.clone();
        ResetPasswordInteractor::new(
            work,
            hasher,
            world.opaque_tokens.clone(),
            world.stamps.clone(),
        )
    };
    let asked = || ResetPassword { token: secret("token"), new_password: secret("battery staple") };
    let outcome = reset(broken(&world)).execute(asked()).await;
    assert!(matches!(outcome, Err(ResetPasswordError::Repository(_))), "{outcome:?}");
    assert!(world.is_active(alice.session).await);
    world.logged_in("alice").await;
    reset(world.store.clone()).execute(asked()).await.expect("the token is still good");
    assert!(!world.is_active(alice.session).await);
}
