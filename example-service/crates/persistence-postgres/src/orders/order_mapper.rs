//! Orders out of their rows.

use application::ports::{OrderDetails, OrderLineDetails, OrderSummary, RepositoryError};
use domain::accounts::UserId;
use domain::catalog::{ProductId, ProductName};
use domain::orders::{Order, OrderId, OrderLine, OrderSnapshot, OrderState};
use domain::shared::{Money, Quantity};
use persistence_sql::{stored, stored_count, stored_money, stored_version};

use super::order_row::{CountedRow, JoinedRow, OrderLineRow, OrderRow};

/// The order of these rows, if there are any.
pub(super) fn order(rows: Vec<JoinedRow>) -> Result<Option<Order>, RepositoryError> {
    let Some((head, lines)) = split(rows) else { return Ok(None) };
    let lines = lines.iter().map(|row| line(row, &head.currency)).collect::<Result<_, _>>()?;
    Ok(Some(Order::rehydrate(OrderSnapshot {
        id: OrderId::new(head.id),
        buyer: UserId::new(head.buyer_id),
        lines,
        total: total(&head)?,
        state: state(&head)?,
        placed_at: head.placed_at,
        version: stored_version("orders.version", head.version)?,
    })))
}

/// The order of these rows as it is shown, if there are any.
pub(super) fn order_details(rows: Vec<JoinedRow>) -> Result<Option<OrderDetails>, RepositoryError> {
    let Some((head, lines)) = split(rows) else { return Ok(None) };
    let details = |row| line_details(row, &head.currency);
    Ok(Some(OrderDetails {
        id: OrderId::new(head.id),
        buyer: UserId::new(head.buyer_id),
        state: state(&head)?,
        total: total(&head)?,
        placed_at: head.placed_at,
        lines: lines.into_iter().map(details).collect::<Result<_, _>>()?,
    }))
}

pub(super) fn order_summary(row: &CountedRow) -> Result<OrderSummary, RepositoryError> {
    Ok(OrderSummary {
        id: OrderId::new(row.order.id),
        state: state(&row.order)?,
        total: total(&row.order)?,
        line_count: stored_count("count of order_lines", row.line_count)?,
        placed_at: row.order.placed_at,
    })
}

/// What every row repeats, and the lines.
fn split(rows: Vec<JoinedRow>) -> Option<(OrderRow, Vec<OrderLineRow>)> {
    let mut head = None;
    let lines = rows.into_iter().map(|row| {
        head.get_or_insert(row.order);
        row.line
    });
    let lines = lines.collect();
    head.map(|head| (head, lines))
}

fn total(row: &OrderRow) -> Result<Money, RepositoryError> {
    stored_money("orders.total", row.total, &row.currency)
}

fn state(row: &OrderRow) -> Result<OrderState, RepositoryError> {
    stored("orders.state", row.state.as_str(), str::parse::<OrderState>)
}

fn unit_price(row: &OrderLineRow, currency: &str) -> Result<Money, RepositoryError> {
    stored_money("order_lines.unit_price", row.unit_price, currency)
}

fn quantity(row: &OrderLineRow) -> Result<Quantity, RepositoryError> {
    let pieces = stored_count("order_lines.quantity", row.quantity)?;
    stored("order_lines.quantity", &pieces, |&pieces| Quantity::try_new(pieces))
}

fn line(row: &OrderLineRow, currency: &str) -> Result<OrderLine, RepositoryError> {
    Ok(OrderLine::rehydrate(
        ProductId::new(row.product_id),
        UserId::new(row.seller_id),
        stored("order_lines.name", row.name.as_str(), ProductName::try_new)?,
        unit_price(row, currency)?,
        quantity(row)?,
    ))
}

fn line_details(row: OrderLineRow, currency: &str) -> Result<OrderLineDetails, RepositoryError> {
    Ok(OrderLineDetails {
        product: ProductId::new(row.product_id),
        seller: UserId::new(row.seller_id),
        unit_price: unit_price(&row, currency)?,
        quantity: quantity(&row)?,
        name: row.name,
    })
}
