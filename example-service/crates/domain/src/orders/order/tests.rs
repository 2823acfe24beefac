use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::catalog::ProductName;
use crate::shared::{Currency, Quantity};

fn user(number: u128) -> UserId {
    UserId::new(Uuid::from_u128(number))
}

fn line(product: u128, pieces: u32, minor: i64, currency: Currency) -> OrderLine {
    OrderLine::rehydrate(
        ProductId::new(Uuid::from_u128(product)),
        user(product % 2),
        ProductName::try_new("tea").expect("it is a name"),
        Money::try_new(minor, currency).expect("it is not below nothing"),
        Quantity::try_new(pieces).expect("it is a quantity"),
    )
}

fn place(lines: Vec<OrderLine>) -> Result<(Order, OrderPlaced), OrderError> {
    Order::place(OrderId::new(Uuid::from_u128(7)), user(9), lines, OffsetDateTime::UNIX_EPOCH)
}

fn order() -> Order {
    place(vec![line(1, 2, 350, Currency::Eur)]).expect("it is an order").0
}

#[test]
fn placing_adds_up_the_lines() {
    let lines = vec![line(1, 2, 350, Currency::Eur), line(2, 1, 40, Currency::Eur)];
    let (order, placed) = place(lines).expect("it is an order");
    assert_eq!(order.total().to_string(), "7.40 EUR");
    assert_eq!(placed.total, order.total());
    assert_eq!(order.state(), OrderState::Placed);
    assert_eq!(order.sellers(), [user(0), user(1)]);
}

#[test]
fn what_is_no_order_is_refused() {
    assert_eq!(place(vec![]).err(), Some(OrderError::Empty));
    let dear = place(vec![line(1, 2, i64::MAX, Currency::Eur)]);
    assert_eq!(dear.err(), Some(OrderError::Total(MoneyError::TooLarge)));
    let mixed = place(vec![line(1, 1, 1, Currency::Eur), line(2, 1, 1, Currency::Gbp)]);
    assert!(matches!(mixed, Err(OrderError::Total(MoneyError::DifferentCurrencies { .. }))));
    let twice = place(vec![line(1, 1, 1, Currency::Eur), line(1, 2, 1, Currency::Eur)]);
    assert!(matches!(twice, Err(OrderError::ProductTwice { .. })));
    let many = (0..=100).map(|product| line(product, 1, 1, Currency::Eur)).collect();
    assert_eq!(place(many).err(), Some(OrderError::TooManyLines));
}

#[test]
fn an_order_goes_its_way() {
    let mut order = order();
    assert!(order.pay().is_ok());
    assert!(order.ship().is_ok());
    assert!(order.deliver().is_ok());
    let (state, next) = (OrderState::Delivered, OrderState::Cancelled);
    assert_eq!(order.cancel().err(), Some(OrderError::WrongState { state, next }));
}

proptest! {
    #[test]
    fn no_order_leaves_its_way(steps in prop::collection::vec(0..4_u8, 0..12)) {
        let mut order = order();
        let mut way = vec![order.state()];
        for step in steps {
            let before = order.state();
            let is_done = match step {
                0 => order.pay().is_ok(),
                1 => order.ship().is_ok(),
                2 => order.deliver().is_ok(),
                _ => order.cancel().is_ok(),
            };
            prop_assert_eq!(is_done, order.state() != before);
            if is_done {
                way.push(order.state());
            }
        }
        let [placed, paid, shipped, delivered, _] = OrderState::ALL;
        let whole = [placed, paid, shipped, delivered];
        let cancelled = [OrderState::Placed, OrderState::Cancelled];
        prop_assert!(whole.starts_with(&way) || cancelled == way[..]);
    }

    #[test]
    fn the_total_is_that_of_the_lines(
        prices in prop::collection::vec((1..20_u32, 0..100_000_i64), 1..30),
    ) {
        let lines = prices.iter().zip(0..);
        let lines = lines.map(|(&(pieces, minor), id)| line(id, pieces, minor, Currency::Usd));
        let (order, _) = place(lines.collect()).expect("it is an order");
        let sum: i64 = prices.iter().map(|&(pieces, minor)| i64::from(pieces) * minor).sum();
        prop_assert_eq!(order.total().minor(), sum);
    }
}
