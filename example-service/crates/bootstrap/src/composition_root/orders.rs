//! Use cases about orders.

use std::sync::Arc;

use application::orders::commands::{
    CancelOrderInteractor, DeliverOrderInteractor, PayOrderInteractor, PlaceOrderInteractor,
    ShipOrderInteractor,
};
use application::orders::queries::{GetOrderQuery, ListMyOrdersQuery};
use presentation_http::OrderUseCases;

use super::ApplicationScope;

impl ApplicationScope {
    pub(super) fn orders(&self) -> OrderUseCases {
        let (work, views) = (&self.stores.orders, &self.stores.order_views);
        let (cache, stamps) = (&self.cache, &self.stamps);
        OrderUseCases {
            place_order: self.retrying(PlaceOrderInteractor::new(
                work.clone(),
                cache.clone(),
                stamps.clone(),
            )),
            pay_order: self.retrying(PayOrderInteractor::new(work.clone(), stamps.clone())),
            ship_order: self.retrying(ShipOrderInteractor::new(work.clone(), stamps.clone())),
            deliver_order: self.retrying(DeliverOrderInteractor::new(work.clone(), stamps.clone())),
            cancel_order: self.retrying(CancelOrderInteractor::new(
                work.clone(),
                cache.clone(),
                stamps.clone(),
            )),
            get_order: Arc::new(GetOrderQuery::new(views.clone())),
            list_my_orders: Arc::new(ListMyOrdersQuery::new(views.clone())),
        }
    }
}
