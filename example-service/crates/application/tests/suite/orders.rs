//! What is bought.

use std::sync::Arc;

use application::authorization::{Actor, Refusal};
use application::common::{PageLimit, UseCase};
use application::orders::commands::{
    CancelOrder, CancelOrderError, CancelOrderInteractor, DeliverOrder, DeliverOrderInteractor,
    PayOrder, PayOrderError, PayOrderInteractor, PlaceOrder, PlaceOrderError, PlaceOrderInteractor,
    PlaceOrderLine, PurgeIdempotencyKeys, PurgeIdempotencyKeysInteractor, ShipOrder,
    ShipOrderError, ShipOrderInteractor,
};
use application::orders::queries::{
    GetOrder, GetOrderError, GetOrderQuery, ListMyOrders, ListMyOrdersQuery,
};
use application::ports::IdempotencyKey;
use domain::accounts::Role;
use domain::catalog::ProductId;
use domain::orders::{OrderError, OrderId, OrderState};
use domain::shared::{Currency, Quantity};
use testkit::builders::ProductBuilder;
use time::Duration;

use crate::world::World;

fn place(world: &World) -> PlaceOrderInteractor {
    PlaceOrderInteractor::new(world.store.clone(), world.cache.clone(), world.stamps.clone())
}

fn lines(lines: &[(ProductId, u32)]) -> Vec<PlaceOrderLine> {
    let line = |&(product, pieces)| PlaceOrderLine {
        product,
        quantity: Quantity::try_new(pieces).expect("it is a quantity"),
    };
    lines.iter().map(line).collect()
}

fn without_key(actor: Actor, asked: &[(ProductId, u32)]) -> PlaceOrder {
    PlaceOrder { actor, key: None, lines: lines(asked) }
}

/// A buyer, a seller, and ten pieces of tea of the seller.
struct Market {
    world: World,
    buyer: Actor,
    seller: Actor,
    tea: ProductId,
}

async fn market() -> Market {
    let world = World::new();
    let buyer = world.user("buyer", Role::User).await;
    let seller = world.user("seller", Role::User).await;
    let tea = world.product(&ProductBuilder::new().seller(seller.user).build()).await;
    Market { world, buyer, seller, tea }
}

async fn state(world: &World, actor: Actor, order: OrderId) -> OrderState {
    let get = GetOrderQuery::new(world.store.clone());
    get.execute(GetOrder { actor, order }).await.expect("the order is shown").state
}

#[tokio::test]
async fn placing_takes_from_the_stock() {
    let Market { world, buyer, tea, .. } = market().await;
    let coffee = world.product(&ProductBuilder::new().name("coffee").build()).await;
    let asked = without_key(buyer, &[(coffee, 1), (tea, 3)]);
    let id = place(&world).execute(asked).await.expect("it can be placed");
    assert_eq!(world.load_product(tea).await.stock(), 7);
    assert_eq!(world.load_product(coffee).await.stock(), 9);
    let get = GetOrderQuery::new(world.store.clone());
    let order = get.execute(GetOrder { actor: buyer, order: id }).await.expect("it is shown");
    assert_eq!((order.state, order.total.minor()), (OrderState::Placed, 4 * 350));
    assert_eq!(order.lines.iter().map(|line| line.product).collect::<Vec<_>>(), [coffee, tea]);
    assert_eq!(world.events().await, ["orders.order_placed"]);
}

#[tokio::test]
async fn what_cannot_be_placed_takes_nothing() {
    let Market { world, buyer, tea, .. } = market().await;
    let dollars = ProductBuilder::new().price(1, Currency::Usd).build();
    let dollars = world.product(&dollars).await;
    let mut archived = ProductBuilder::new().build();
    archived.archive();
    let archived = world.product(&archived).await;
    let missing = ProductBuilder::new().build().id();
    for (asked, is_expected) in [
        (
            &[(tea, 1), (missing, 1)][..],
            (|error| matches!(error, PlaceOrderError::NoSuchProduct { .. }))
                as fn(&PlaceOrderError) -> bool,
        ),
        (&[(tea, 1), (archived, 1)], |error| {
            matches!(error, PlaceOrderError::NoSuchProduct { .. })
        }),
        (&[(dollars, 1), (tea, 11)], |error| {
            matches!(error, PlaceOrderError::OutOfStock { stock: 10, .. })
        }),
        (&[(tea, 1), (dollars, 1)], |error| {
            matches!(error, PlaceOrderError::Invalid(OrderError::Total(_)))
        }),
        (&[(tea, 1), (tea, 2)], |error| {
            matches!(error, PlaceOrderError::Invalid(OrderError::ProductTwice { .. }))
        }),
        (&[], |error| matches!(error, PlaceOrderError::Invalid(OrderError::Empty))),
    ] {
        let error = place(&world).execute(without_key(buyer, asked)).await;
        let error = error.expect_err("it cannot be placed");
        assert!(is_expected(&error), "{error:?}");
    }
    assert_eq!(world.load_product(tea).await.stock(), 10);
    assert_eq!(world.load_product(dollars).await.stock(), 10);
    assert_eq!(world.events().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer() {
    let Market { world, buyer, seller, tea } = market().await;
    let key = IdempotencyKey::try_new("key").expect("it is a key");
    let asked = |actor, pieces| PlaceOrder {
        actor,
        key: Some(key.clone()),
        lines: lines(&[(tea, pieces)]),
    };
    let first = place(&world).execute(asked(buyer, 2)).await.expect("it can be placed");
    let again = place(&world).execute(asked(buyer, 2)).await.expect("it was placed");
    assert_eq!(again, first);
    assert_eq!(world.load_product(tea).await.stock(), 8);
    let outcome = place(&world).execute(asked(buyer, 3)).await;
    assert!(matches!(outcome, Err(PlaceOrderError::KeyReused)), "{outcome:?}");
    let others = place(&world).execute(asked(seller, 3)).await.expect("keys are one's own");
    assert_ne!(others, first);
    assert_eq!(world.load_product(tea).await.stock(), 5);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let Market { world, buyer, tea, .. } = market().await;
    let key = IdempotencyKey::try_new("key").expect("it is a key");
    let asked = || PlaceOrder { actor: buyer, key: Some(key.clone()), lines: lines(&[(tea, 1)]) };
    let first = place(&world).execute(asked()).await.expect("it can be placed");
    let store = world.store.clone();
    let purge = PurgeIdempotencyKeysInteractor::new(store, Duration::DAY, world.stamps.clone());
    world.clock.advance(Duration::DAY);
    assert_eq!(purge.execute(PurgeIdempotencyKeys).await.expect("keys can be forgotten"), 0);
    assert_eq!(place(&world).execute(asked()).await.expect("it was placed"), first);
    world.clock.advance(Duration::SECOND);
    assert_eq!(purge.execute(PurgeIdempotencyKeys).await.expect("keys can be forgotten"), 1);
    assert_ne!(place(&world).execute(asked()).await.expect("it can be placed"), first);
}

#[tokio::test]
async fn an_order_goes_its_way_by_those_who_may() {
    let Market { world, buyer, seller, tea } = market().await;
    let admin = world.user("admin", Role::Admin).await;
    let stranger = world.user("stranger", Role::User).await;
    let order = place(&world).execute(without_key(buyer, &[(tea, 1)])).await;
    let order = order.expect("it can be placed");
    let pay = PayOrderInteractor::new(world.store.clone(), world.stamps.clone());
    let ship = ShipOrderInteractor::new(world.store.clone(), world.stamps.clone());
    let deliver = DeliverOrderInteractor::new(world.store.clone(), world.stamps.clone());

    for (actor, expected) in
        [(stranger, Refusal::NotFound), (seller, Refusal::Forbidden), (admin, Refusal::Forbidden)]
    {
        let outcome = pay.execute(PayOrder { actor, order }).await;
        let Err(PayOrderError::Refused(refusal)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(refusal, expected);
    }
    let outcome = ship.execute(ShipOrder { actor: seller, order }).await;
    assert!(matches!(outcome, Err(ShipOrderError::WrongState(_))), "{outcome:?}");
    pay.execute(PayOrder { actor: buyer, order }).await.expect("the buyer can pay");
    let outcome = pay.execute(PayOrder { actor: buyer, order }).await;
    assert!(matches!(outcome, Err(PayOrderError::WrongState(_))), "{outcome:?}");

    for (actor, expected) in [(stranger, Refusal::NotFound), (buyer, Refusal::Forbidden)] {
        let outcome = ship.execute(ShipOrder { actor, order }).await;
        let Err(ShipOrderError::Refused(refusal)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(refusal, expected);
    }
    ship.execute(ShipOrder { actor: seller, order }).await.expect("the seller can ship");
    deliver.execute(DeliverOrder { actor: admin, order }).await.expect("admins can deliver");
    assert_eq!(state(&world, seller, order).await, OrderState::Delivered);
    let expected =
        ["placed", "paid", "shipped", "delivered"].map(|it| format!("orders.order_{it}"));
    assert_eq!(world.events().await, expected);
}

#[tokio::test]
async fn nobody_ships_what_is_anothers() {
    let Market { world, buyer, seller, tea } = market().await;
    let foreign = world.product(&ProductBuilder::new().build()).await;
    let order = place(&world).execute(without_key(buyer, &[(tea, 1), (foreign, 1)])).await;
    let order = order.expect("it can be placed");
    let pay = PayOrderInteractor::new(world.store.clone(), world.stamps.clone());
    pay.execute(PayOrder { actor: buyer, order }).await.expect("the buyer can pay");
    let ship = ShipOrderInteractor::new(world.store.clone(), world.stamps.clone());
    let outcome = ship.execute(ShipOrder { actor: seller, order }).await;
    let expected = matches!(outcome, Err(ShipOrderError::Refused(Refusal::Forbidden)));
    assert!(expected, "{outcome:?}");
    assert_eq!(state(&world, seller, order).await, OrderState::Paid);
}

#[tokio::test]
async fn cancelling_puts_back_what_was_taken() {
    let Market { world, buyer, seller, tea } = market().await;
    let other = world.product(&ProductBuilder::new().stock(5).build()).await;
    let asked = [(tea, 4), (other, 5)];
    let order = place(&world).execute(without_key(buyer, &asked)).await.expect("it is placed");
    assert_eq!(world.load_product(other).await.stock(), 0);
    let cancel =
        CancelOrderInteractor::new(world.store.clone(), world.cache.clone(), world.stamps.clone());
    let outcome = cancel.execute(CancelOrder { actor: seller, order }).await;
    let expected = matches!(outcome, Err(CancelOrderError::Refused(Refusal::Forbidden)));
    assert!(expected, "{outcome:?}");
    cancel.execute(CancelOrder { actor: buyer, order }).await.expect("the buyer can cancel");
    assert_eq!(world.load_product(tea).await.stock(), 10);
    assert_eq!(world.load_product(other).await.stock(), 5);
    let outcome = cancel.execute(CancelOrder { actor: buyer, order }).await;
    assert!(matches!(outcome, Err(CancelOrderError::WrongState(_))), "{outcome:?}");
    assert_eq!(world.load_product(tea).await.stock(), 10);
    assert_eq!(state(&world, buyer, order).await, OrderState::Cancelled);
}

#[tokio::test]
async fn orders_are_shown_to_those_who_have_to_do_with_them() {
    let Market { world, buyer, seller, tea } = market().await;
    let admin = world.user("admin", Role::Admin).await;
    let stranger = world.user("stranger", Role::User).await;
    let world = Arc::new(world);
    let mut placed = Vec::new();
    for _ in 0..3 {
        let order = place(&world).execute(without_key(buyer, &[(tea, 1)])).await;
        placed.insert(0, order.expect("it can be placed"));
    }
    let get = GetOrderQuery::new(world.store.clone());
    for actor in [buyer, seller, admin] {
        assert!(get.execute(GetOrder { actor, order: placed[0] }).await.is_ok());
    }
    let outcome = get.execute(GetOrder { actor: stranger, order: placed[0] }).await;
    let expected = matches!(outcome, Err(GetOrderError::Refused(Refusal::NotFound)));
    assert!(expected, "{outcome:?}");

    let list = ListMyOrdersQuery::new(world.store.clone());
    let limit = PageLimit::try_new(2).expect("it is a limit");
    let ask = async |actor, after| {
        let page = list.execute(ListMyOrders { actor, after, limit }).await;
        let page = page.expect("orders can be listed");
        (page.items.iter().map(|order| order.id).collect::<Vec<_>>(), page.next)
    };
    let (first, next) = ask(buyer, None).await;
    assert_eq!((&first[..], next), (&placed[..2], Some(placed[1])));
    let (second, next) = ask(buyer, next).await;
    assert_eq!((&second[..], next), (&placed[2..], None));
    assert_eq!(ask(seller, None).await, (vec![], None));
}
