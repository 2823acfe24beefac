//! What is sent and answered about orders.

use application::authorization::Actor;
use application::common::KeysetPage;
use application::orders::commands::{PlaceOrder, PlaceOrderLine};
use application::ports::{IdempotencyKey, OrderDetails, OrderLineDetails, OrderSummary};
use domain::catalog::ProductId;
use domain::orders::{Order, OrderId, OrderState};
use domain::shared::{Quantity, QuantityError};
use garde::Validate;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::catalog::schemas::MoneySchema;
use crate::extractors::accepted;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "garde hands over references")]
fn is_quantity<C>(pieces: &u32, _: &C) -> garde::Result {
    accepted(Quantity::try_new(*pieces))
}

/// One product of an order.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceOrderLineRequest {
    #[garde(skip)]
    product_id: Uuid,
    /// How many pieces.
    #[garde(custom(is_quantity))]
    #[schema(example = 2, minimum = 1, maximum = 1_000_000)]
    quantity: u32,
}

/// A new order.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceOrderRequest {
    /// Each is of another product, and all prices are of one currency.
    #[garde(dive, length(min = 1, max = Order::MOST_LINES))]
    #[schema(min_items = 1, max_items = 100)]
    lines: Vec<PlaceOrderLineRequest>,
}

impl PlaceOrderRequest {
    pub(crate) fn into_command(
        self,
        actor: Actor,
        key: Option<IdempotencyKey>,
    ) -> Result<PlaceOrder, QuantityError> {
        let line = |line: PlaceOrderLineRequest| {
            let (product, quantity) = (ProductId::new(line.product_id), line.quantity);
            Ok(PlaceOrderLine { product, quantity: Quantity::try_new(quantity)? })
        };
        let lines: Result<Vec<_>, QuantityError> = self.lines.into_iter().map(line).collect();
        Ok(PlaceOrder { actor, key, lines: lines? })
    }
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OrderStateSchema {
    Placed,
    Paid,
    Shipped,
    Delivered,
    Cancelled,
}

impl From<OrderState> for OrderStateSchema {
    fn from(state: OrderState) -> Self {
        match state {
            OrderState::Placed => Self::Placed,
            OrderState::Paid => Self::Paid,
            OrderState::Shipped => Self::Shipped,
            OrderState::Delivered => Self::Delivered,
            OrderState::Cancelled => Self::Cancelled,
        }
    }
}

/// One product of an order, as it was when the order was placed.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderLineResponse {
    product_id: Uuid,
    /// The user who sells it.
    seller_id: Uuid,
    #[schema(example = "Green tea")]
    name: String,
    unit_price: MoneySchema,
    #[schema(example = 2)]
    quantity: u32,
}

impl From<OrderLineDetails> for OrderLineResponse {
    fn from(line: OrderLineDetails) -> Self {
        Self {
            product_id: line.product.get(),
            seller_id: line.seller.get(),
            name: line.name,
            unit_price: line.unit_price.into(),
            quantity: line.quantity.get(),
        }
    }
}

/// An order.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderResponse {
    id: Uuid,
    buyer_id: Uuid,
    state: OrderStateSchema,
    total: MoneySchema,
    #[serde(with = "time::serde::rfc3339")]
    placed_at: OffsetDateTime,
    lines: Vec<OrderLineResponse>,
}

impl From<OrderDetails> for OrderResponse {
    fn from(order: OrderDetails) -> Self {
        Self {
            id: order.id.get(),
            buyer_id: order.buyer.get(),
            state: order.state.into(),
            total: order.total.into(),
            placed_at: order.placed_at,
            lines: order.lines.into_iter().map(OrderLineResponse::from).collect(),
        }
    }
}

/// An order in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderSummaryResponse {
    id: Uuid,
    state: OrderStateSchema,
    total: MoneySchema,
    /// How many products it is of.
    line_count: u32,
    #[serde(with = "time::serde::rfc3339")]
    placed_at: OffsetDateTime,
}

impl From<OrderSummary> for OrderSummaryResponse {
    fn from(order: OrderSummary) -> Self {
        Self {
            id: order.id.get(),
            state: order.state.into(),
            total: order.total.into(),
            line_count: order.line_count,
            placed_at: order.placed_at,
        }
    }
}

/// A part of the list of the own orders, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrdersResponse {
    items: Vec<OrderSummaryResponse>,
    /// The `cursor` of the next part, if there is one.
    next_cursor: Option<Uuid>,
}

impl From<KeysetPage<OrderSummary, OrderId>> for OrdersResponse {
    fn from(page: KeysetPage<OrderSummary, OrderId>) -> Self {
        let items = page.items.into_iter().map(OrderSummaryResponse::from).collect();
        Self { items, next_cursor: page.next.map(OrderId::get) }
    }
}
