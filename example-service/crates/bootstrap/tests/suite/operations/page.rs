//! The page of measurements.

use std::time::{Duration, Instant};

use crate::client::Shop;

/// How long a measurement may take to be made.
const PATIENCE: Duration = Duration::from_secs(30);

/// The page of measurements at one time.
pub(super) struct Page(String);

impl Page {
    pub(super) async fn of(shop: &Shop) -> Self {
        let page = shop.guest().get("/metrics").await.expect(200);
        Self(page.text)
    }

    /// The page, once it satisfies a condition.
    pub(super) async fn once(shop: &Shop, is_meant: impl Fn(&Self) -> bool) -> Self {
        let begun = Instant::now();
        loop {
            let page = Self::of(shop).await;
            if is_meant(&page) {
                return page;
            }
            assert!(begun.elapsed() < PATIENCE, "nothing was measured:\n{}", page.0);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The value of a series, or zero when there is none.
    pub(super) fn value(&self, series: &str) -> f64 {
        let line = self.0.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
        line.map_or(0.0, |value| value.parse().expect("it is a number"))
    }

    /// A value of the statements of a route: their `sum`, or the `count` of requests.
    pub(super) fn statements(&self, what: &str, method: &str, route: &str) -> f64 {
        let labels = format!(r#"method="{method}",route="{route}""#);
        self.value(&format!("http_server_request_statements_{what}{{{labels}}}"))
    }
}
