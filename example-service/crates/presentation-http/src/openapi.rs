//! The description of the API: what handlers say about themselves, and what is true of all.

use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    Content, Header, HeaderBuilder, OpenApi as Document, PathItem, Ref, RefOr, Response,
    ResponseBuilder,
};

use crate::HttpSettings;
use crate::middleware::cookie_name;
use crate::problem::ProblemBody;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Marketplace",
        description = "Sign up, log in, offer products, order them. Errors are problem details \
            (RFC 9457). Lists answer the newest first, unless they are sorted otherwise.\n\n\
            Programs send the access token as `Authorization: Bearer`. Browsers have it in a \
            cookie too; what they send with it is refused when it comes from a page of another \
            site.",
    ),
    tags(
        (name = "account", description = "The own account"),
        (name = "sessions", description = "The own sessions"),
        (name = "recovery", description = "Lost passwords"),
        (name = "administration", description = "Other users"),
        (name = "catalog", description = "Products"),
        (name = "orders", description = "Orders"),
        (name = "reports", description = "Reports about orders"),
        (name = "operations", description = "For whoever watches over the service"),
    ),
    components(schemas(ProblemBody))
)]
struct Frame;

const BEARER: &str = "bearer";
const COOKIE: &str = "cookie";

/// The description without any route.
pub(crate) fn frame(settings: &HttpSettings) -> Document {
    let mut document = Frame::openapi();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let cookie = ApiKey::Cookie(ApiKeyValue::new(cookie_name(settings.is_secure)));
    let schemes = &mut document.components.get_or_insert_default().security_schemes;
    schemes.insert(BEARER.to_owned(), SecurityScheme::Http(bearer).into());
    schemes.insert(COOKIE.to_owned(), SecurityScheme::ApiKey(cookie).into());
    document
}

/// Says of every operation that it is for who has logged in.
pub(crate) fn require_login(document: &mut Document) {
    for item in document.paths.paths.values_mut() {
        for (_, operation) in operations(item) {
            let one = |name| SecurityRequirement::new(name, Vec::<String>::new());
            operation.security = Some(vec![one(BEARER), one(COOKIE)]);
            add(operation, 401, "There is no access token, or it is not good any more");
        }
    }
}

/// Adds what can go wrong with every operation, and the form of problems.
pub(crate) fn complete(document: &mut Document) {
    for (path, item) in &mut document.paths.paths {
        let is_api = path.starts_with("/api/");
        for (changes_something, operation) in operations(item) {
            if operation.request_body.is_some() {
                add(operation, 400, "The body cannot be read");
                add(operation, 408, "The body came in too slowly");
                add(operation, 413, "The body is too large");
                add(operation, 415, "The body has another form than is understood");
            }
            if operation.request_body.is_some() || operation.parameters.is_some() {
                add(operation, 422, "Some values are not valid");
            }
            if changes_something {
                add(operation, 403, "The page that has sent this is of no allowed origin");
            }
            if is_api {
                add(operation, 429, "There are too many requests");
                add(operation, 500, "Something is broken");
                add(operation, 503, "Something that is needed does not answer, or not in time");
            }
            describe_problems(operation);
            // They come from doc comments, which end with a full stop; headings do not.
            if let Some(summary) = &mut operation.summary {
                summary.truncate(summary.trim_end_matches('.').len());
            }
        }
    }
}

/// The operations of a path, and whether each may change something.
fn operations(item: &mut PathItem) -> impl Iterator<Item = (bool, &mut Operation)> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    let all = [(false, get), (true, put), (true, post), (true, delete), (true, patch)];
    all.into_iter().filter_map(|(changes, operation)| Some((changes, operation.as_mut()?)))
}

fn add(operation: &mut Operation, status: u16, description: &str) {
    let response = || RefOr::T(Response::new(description));
    operation.responses.responses.entry(status.to_string()).or_insert_with(response);
}

fn describe_problems(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if !status.starts_with(['4', '5']) {
            continue;
        }
        let schema = Ref::from_schema_name("Problem");
        let mut described = ResponseBuilder::from(std::mem::take(response))
            .content("application/problem+json", Content::new(Some(schema)));
        for (name, meaning) in headers(status) {
            let header = HeaderBuilder::new().schema(Header::default().schema);
            described = described.header(*name, header.description(Some(*meaning)).build());
        }
        *response = described.build();
    }
}

fn headers(status: &str) -> &'static [(&'static str, &'static str)] {
    const RETRY_AFTER: (&str, &str) = ("Retry-After", "After how many seconds to try again");
    match status {
        "401" => &[("WWW-Authenticate", "How to be let in")],
        "429" => &[
            RETRY_AFTER,
            ("RateLimit-Limit", "How many requests are allowed within the window"),
            ("RateLimit-Remaining", "How many are left"),
            ("RateLimit-Reset", "After how many seconds all of them are there again"),
            ("RateLimit-Policy", "How many requests are allowed, and the window in seconds"),
        ],
        "503" => &[RETRY_AFTER],
        _ => &[],
    }
}
