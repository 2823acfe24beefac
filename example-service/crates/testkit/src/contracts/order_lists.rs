//! Orders as they are shown.

use domain::accounts::UserId;
use domain::orders::OrderId;

use super::Backend;
use super::steps::{given_order, given_product};
use crate::builders::{OrderBuilder, ProductBuilder, START, fresh_id};

/// An order is shown with all its lines, as they were placed.
pub async fn an_order_is_shown(backend: &Backend) {
    let (tea, coffee) =
        (ProductBuilder::new().build(), ProductBuilder::new().name("coffee").build());
    given_product(backend, &tea).await;
    given_product(backend, &coffee).await;
    let buyer = UserId::new(fresh_id());
    let order = OrderBuilder::new(buyer).line(&coffee, 1).line(&tea, 2).build();
    given_order(backend, &order).await;
    let found = backend.order_reads.find(order.id()).await.expect("orders can be read");
    let found = found.expect("the order is there");
    assert_eq!((found.buyer, found.state), (buyer, order.state()));
    assert_eq!((found.total, found.placed_at), (order.total(), START));
    let lines: Vec<(&str, u32)> =
        found.lines.iter().map(|line| (line.name.as_str(), line.quantity.get())).collect();
    assert_eq!(lines, [("coffee", 1), ("tea", 2)]);
    assert_eq!(found.lines[1].product, tea.id());
    assert_eq!(found.lines[1].seller, tea.seller());
    assert_eq!(found.lines[1].unit_price, tea.price());
    let missing = OrderId::new(fresh_id());
    assert!(backend.order_reads.find(missing).await.expect("orders can be read").is_none());
}

/// Pages show each of a buyer's orders once, the newest first, and none of others.
pub async fn pages_show_every_order_once(backend: &Backend) {
    let tea = ProductBuilder::new().build();
    given_product(backend, &tea).await;
    let (buyer, other) = (UserId::new(fresh_id()), UserId::new(fresh_id()));
    let mut expected = Vec::new();
    for _ in 0..5 {
        let order = OrderBuilder::new(buyer).line(&tea, 1).build();
        given_order(backend, &order).await;
        expected.insert(0, order.id());
        given_order(backend, &OrderBuilder::new(other).line(&tea, 1).build()).await;
    }
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = backend.order_reads.list_of_buyer(buyer, after, 2).await;
        let page = page.expect("orders can be listed");
        assert!(page.len() <= 2);
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        assert!(page.iter().all(|order| order.line_count == 1 && order.total == tea.price()));
        seen.extend(page.iter().map(|order| order.id));
    }
    assert_eq!(seen, expected);
}
