//! What is done about orders.

use application::orders::commands::{CancelOrder, DeliverOrder, PayOrder, ShipOrder};
use application::orders::queries::{GetOrder, ListMyOrders};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::orders::OrderId;

use super::schemas::{OrderResponse, OrdersResponse, PlaceOrderRequest};
use crate::extractors::{
    CurrentActor, KeysetParams, OptionalIdempotencyKey, PathId, ValidJson, ValidQuery, page_limit,
};
use crate::responses::{Created, IdResponse};
use crate::{HttpState, Problem};

/// Place an order; the pieces are reserved.
#[utoipa::path(post, path = "/orders", tag = "orders",
    params(("Idempotency-Key" = Option<String>, Header,
        description = "1 to 255 visible characters. The same request with the same key is carried \
            out once, and answered the same each time", min_length = 1, max_length = 255)),
    request_body = PlaceOrderRequest,
    responses(
        (status = 201, description = "The order is placed", body = IdResponse),
        (status = 409, description = "There are not enough pieces in stock")))]
pub(crate) async fn place_order(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    OptionalIdempotencyKey(key): OptionalIdempotencyKey,
    ValidJson(request): ValidJson<PlaceOrderRequest>,
) -> Result<Created, Problem> {
    let command = request.into_command(actor, key);
    let command = command.map_err(|error| Problem::invalid_field("lines", &error))?;
    let id = state.use_cases.orders.place_order.execute(command).await?;
    Ok(Created::within("orders", id.get()))
}

/// List the own orders.
#[utoipa::path(get, path = "/orders", tag = "orders",
    params(KeysetParams),
    responses((status = 200, description = "A part of the orders", body = OrdersResponse)))]
pub(crate) async fn list_my_orders(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    ValidQuery(params): ValidQuery<KeysetParams>,
) -> Result<Json<OrdersResponse>, Problem> {
    let (after, limit) = (params.cursor.map(OrderId::new), page_limit(params.limit)?);
    let query = ListMyOrders { actor, after, limit };
    let page = state.use_cases.orders.list_my_orders.execute(query).await?;
    Ok(Json(page.into()))
}

/// Read an order: as its buyer, as a seller of one of its lines, or as an admin.
#[utoipa::path(get, path = "/orders/{id}", tag = "orders",
    params(("id" = Uuid, Path, description = "The order")),
    responses(
        (status = 200, description = "The order", body = OrderResponse),
        (status = 404, description = "There is no such order, or it is not for you to know")))]
pub(crate) async fn get_order(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<Json<OrderResponse>, Problem> {
    let query = GetOrder { actor, order: OrderId::new(id) };
    let order = state.use_cases.orders.get_order.execute(query).await?;
    Ok(Json(order.into()))
}

/// Pay an order of yours.
#[utoipa::path(post, path = "/orders/{id}/pay", tag = "orders",
    params(("id" = Uuid, Path, description = "The order")),
    responses(
        (status = 204, description = "The order is paid"),
        (status = 403, description = "You are not its buyer"),
        (status = 404, description = "There is no such order, or it is not for you to know"),
        (status = 409, description = "The order is in another state")))]
pub(crate) async fn pay_order(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let command = PayOrder { actor, order: OrderId::new(id) };
    state.use_cases.orders.pay_order.execute(command).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Cancel an order of yours that is not paid; its pieces go back.
#[utoipa::path(post, path = "/orders/{id}/cancel", tag = "orders",
    params(("id" = Uuid, Path, description = "The order")),
    responses(
        (status = 204, description = "The order is cancelled"),
        (status = 403, description = "You are not its buyer"),
        (status = 404, description = "There is no such order, or it is not for you to know"),
        (status = 409, description = "The order is in another state")))]
pub(crate) async fn cancel_order(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let command = CancelOrder { actor, order: OrderId::new(id) };
    state.use_cases.orders.cancel_order.execute(command).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ship a paid order, as the seller of all its lines or as an admin.
#[utoipa::path(post, path = "/orders/{id}/ship", tag = "orders",
    params(("id" = Uuid, Path, description = "The order")),
    responses(
        (status = 204, description = "The order is shipped"),
        (status = 403, description = "You do not sell all of it"),
        (status = 404, description = "There is no such order, or it is not for you to know"),
        (status = 409, description = "The order is in another state")))]
pub(crate) async fn ship_order(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let command = ShipOrder { actor, order: OrderId::new(id) };
    state.use_cases.orders.ship_order.execute(command).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deliver a shipped order, as the seller of all its lines or as an admin.
#[utoipa::path(post, path = "/orders/{id}/deliver", tag = "orders",
    params(("id" = Uuid, Path, description = "The order")),
    responses(
        (status = 204, description = "The order is delivered"),
        (status = 403, description = "You do not sell all of it"),
        (status = 404, description = "There is no such order, or it is not for you to know"),
        (status = 409, description = "The order is in another state")))]
pub(crate) async fn deliver_order(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let command = DeliverOrder { actor, order: OrderId::new(id) };
    state.use_cases.orders.deliver_order.execute(command).await?;
    Ok(StatusCode::NO_CONTENT)
}
