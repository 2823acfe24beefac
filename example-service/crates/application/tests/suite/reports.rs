//! Reports about what was bought.

use application::authorization::Refusal;
use application::common::UseCase;
use application::orders::commands::{PlaceOrder, PlaceOrderInteractor, PlaceOrderLine};
use application::ports::Job;
use application::reports::commands::{
    BuildOrderReport, BuildOrderReportInteractor, RequestOrderReport, RequestOrderReportError,
    RequestOrderReportInteractor,
};
use application::reports::queries::{
    GetReport, GetReportError, GetReportFile, GetReportFileError, GetReportFileQuery,
    GetReportQuery,
};
use domain::accounts::Role;
use domain::reports::{ReportId, ReportStatus};
use domain::shared::Quantity;
use testkit::builders::{ProductBuilder, fresh_id};
use time::macros::date;

use crate::world::World;

fn build(world: &World) -> BuildOrderReportInteractor {
    let store = &world.store;
    BuildOrderReportInteractor::new(
        store.clone(),
        store.clone(),
        store.clone(),
        world.stamps.clone(),
    )
}

#[tokio::test]
async fn a_report_is_requested_built_and_fetched() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let mallory = world.user("mallory", Role::Admin).await;
    let tea = world.product(&ProductBuilder::new().name("tea, green").build()).await;
    let place =
        PlaceOrderInteractor::new(world.store.clone(), world.cache.clone(), world.stamps.clone());
    let quantity = Quantity::try_new(2).expect("it is a quantity");
    let lines = vec![PlaceOrderLine { product: tea, quantity }];
    let order = place.execute(PlaceOrder { actor: alice, key: None, lines }).await;
    let order = order.expect("it can be placed");

    let request = RequestOrderReportInteractor::new(world.store.clone(), world.stamps.clone());
    let (from, to) = (date!(2026 - 03 - 01), date!(2026 - 03 - 31));
    let report = request.execute(RequestOrderReport { actor: alice, from, to }).await;
    let report = report.expect("it can be requested");
    assert_eq!(world.jobs(), [Job::BuildOrderReport { report }]);

    let get = GetReportQuery::new(world.store.clone());
    let file = GetReportFileQuery::new(world.store.clone(), world.store.clone());
    let shown = get.execute(GetReport { actor: alice, report }).await.expect("it is shown");
    assert_eq!(shown.status, ReportStatus::Requested);
    let outcome = file.execute(GetReportFile { actor: alice, report }).await;
    assert!(matches!(outcome, Err(GetReportFileError::NotReady)), "{outcome:?}");

    for _ in 0..2 {
        let built = build(&world).execute(BuildOrderReport { report }).await;
        built.expect("building twice is building once");
    }
    let shown = get.execute(GetReport { actor: alice, report }).await.expect("it is shown");
    assert_eq!(shown.status, ReportStatus::Ready);
    let csv = file.execute(GetReportFile { actor: alice, report }).await.expect("it is ready");
    let csv = String::from_utf8(csv).expect("it is text");
    let row = format!("{order},2026-03-01T12:00:00Z,placed,\"tea, green\",2,350,EUR");
    assert_eq!(csv.lines().nth(1), Some(row.as_str()));
    assert_eq!(csv.lines().count(), 2);
    let events = world.events().await;
    let expected = ["orders.order_placed", "reports.report_requested", "reports.report_finished"];
    assert_eq!(events, expected);

    let outcome = get.execute(GetReport { actor: mallory, report }).await;
    assert!(matches!(outcome, Err(GetReportError::Refused(Refusal::NotFound))), "{outcome:?}");
    let outcome = file.execute(GetReportFile { actor: mallory, report }).await;
    let expected = matches!(outcome, Err(GetReportFileError::Refused(Refusal::NotFound)));
    assert!(expected, "{outcome:?}");
}

#[tokio::test]
async fn what_is_no_report_is_not_built() {
    let world = World::new();
    let alice = world.user("alice", Role::User).await;
    let request = RequestOrderReportInteractor::new(world.store.clone(), world.stamps.clone());
    let (from, to) = (date!(2026 - 03 - 02), date!(2026 - 03 - 01));
    let outcome = request.execute(RequestOrderReport { actor: alice, from, to }).await;
    assert!(matches!(outcome, Err(RequestOrderReportError::Period(_))), "{outcome:?}");
    assert_eq!(world.jobs(), []);
    let gone = BuildOrderReport { report: ReportId::new(fresh_id()) };
    build(&world).execute(gone).await.expect("a report that is gone is no error");
}
