//! Answers that several contexts give.

use axum::Json;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IdResponse {
    /// What it is known by.
    pub(crate) id: Uuid,
}

/// Something was made, or will be, and can be found at an address.
#[derive(Debug)]
pub(crate) struct Created {
    status: StatusCode,
    location: String,
    id: Uuid,
}

impl Created {
    /// It was made, and is in this collection.
    pub(crate) fn within(collection: &str, id: Uuid) -> Self {
        Self { status: StatusCode::CREATED, location: format!("/api/v1/{collection}/{id}"), id }
    }

    /// It will be made, and can be asked for in this collection.
    pub(crate) fn accepted_within(collection: &str, id: Uuid) -> Self {
        Self { status: StatusCode::ACCEPTED, ..Self::within(collection, id) }
    }
}

impl IntoResponse for Created {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(IdResponse { id: self.id })).into_response();
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            response.headers_mut().insert(LOCATION, location);
        }
        response
    }
}
