//! What goes wrong with orders.

use application::orders::commands::{
    CancelOrderError, DeliverOrderError, PayOrderError, PlaceOrderError, ShipOrderError,
};
use application::orders::queries::{GetOrderError, ListMyOrdersError};
use domain::orders::OrderError;

use crate::{Problem, ProblemType};

impl From<OrderError> for Problem {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::WrongState { .. } => Self::new(ProblemType::WrongState, error.to_string()),
            OrderError::Empty
            | OrderError::TooManyLines
            | OrderError::ProductTwice { .. }
            | OrderError::Total(_) => Self::invalid_field("lines", &error),
        }
    }
}

impl From<PlaceOrderError> for Problem {
    fn from(error: PlaceOrderError) -> Self {
        match error {
            PlaceOrderError::NoSuchProduct { .. } => Self::invalid_field("lines", &error),
            PlaceOrderError::OutOfStock { .. } => {
                Self::new(ProblemType::OutOfStock, error.to_string())
            }
            PlaceOrderError::Invalid(error) => error.into(),
            PlaceOrderError::KeyReused => Self::invalid_field("Idempotency-Key", &error),
            PlaceOrderError::Repository(error) => error.into(),
        }
    }
}

impl From<PayOrderError> for Problem {
    fn from(error: PayOrderError) -> Self {
        match error {
            PayOrderError::Refused(refusal) => refusal.into(),
            PayOrderError::WrongState(error) => error.into(),
            PayOrderError::Repository(error) => error.into(),
        }
    }
}

impl From<ShipOrderError> for Problem {
    fn from(error: ShipOrderError) -> Self {
        match error {
            ShipOrderError::Refused(refusal) => refusal.into(),
            ShipOrderError::WrongState(error) => error.into(),
            ShipOrderError::Repository(error) => error.into(),
        }
    }
}

impl From<DeliverOrderError> for Problem {
    fn from(error: DeliverOrderError) -> Self {
        match error {
            DeliverOrderError::Refused(refusal) => refusal.into(),
            DeliverOrderError::WrongState(error) => error.into(),
            DeliverOrderError::Repository(error) => error.into(),
        }
    }
}

impl From<CancelOrderError> for Problem {
    fn from(error: CancelOrderError) -> Self {
        match error {
            CancelOrderError::Refused(refusal) => refusal.into(),
            CancelOrderError::WrongState(error) => error.into(),
            CancelOrderError::Repository(error) => error.into(),
        }
    }
}

impl From<GetOrderError> for Problem {
    fn from(error: GetOrderError) -> Self {
        match error {
            GetOrderError::Refused(refusal) => refusal.into(),
            GetOrderError::Repository(error) => error.into(),
        }
    }
}

impl From<ListMyOrdersError> for Problem {
    fn from(ListMyOrdersError::Repository(error): ListMyOrdersError) -> Self {
        error.into()
    }
}
