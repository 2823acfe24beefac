//! Where reports and their files are kept, and what stands in them.

use application::ports::RepositoryError;
use domain::accounts::UserId;
use domain::reports::{Report, ReportId, ReportPeriod, ReportStatus};
use time::macros::{date, datetime};

use super::Backend;
use super::steps::{assert_conflict, given_order, given_product};
use crate::builders::{OrderBuilder, ProductBuilder, START, fresh_id};

fn march() -> ReportPeriod {
    ReportPeriod::try_new(date!(2026 - 03 - 01), date!(2026 - 03 - 31)).expect("it is a period")
}

async fn load(backend: &Backend, id: ReportId) -> Option<Report> {
    let mut work = backend.reports.begin().await.expect("a unit of work can begin");
    work.reports().find(id).await.expect("reports can be read")
}

async fn update(backend: &Backend, report: &Report) -> Result<(), RepositoryError> {
    let mut work = backend.reports.begin().await?;
    work.reports().update(report).await?;
    work.commit().await
}

/// A report comes back as it went in, is shown, and gets ready once.
pub async fn a_report_is_kept(backend: &Backend) {
    let requester = UserId::new(fresh_id());
    let report = Report::request(ReportId::new(fresh_id()), requester, march(), START).0;
    let mut work = backend.reports.begin().await.expect("a unit of work can begin");
    work.reports().add(&report).await.expect("a report can be added");
    work.commit().await.expect("a report can be kept");
    let mut first = load(backend, report.id()).await.expect("the report is there");
    assert_eq!((first.requester(), first.period()), (requester, march()));
    assert_eq!((first.status(), first.requested_at()), (ReportStatus::Requested, START));
    let mut second = first.clone();
    first.finish().expect("it was not ready");
    second.finish().expect("it was not ready");
    update(backend, &first).await.expect("a fresh report can be updated");
    assert_conflict(&update(backend, &second).await);
    let shown = backend.report_reads.find(report.id()).await.expect("reports can be read");
    let shown = shown.expect("the report is there");
    assert_eq!((shown.requester, shown.period), (requester, march()));
    assert_eq!((shown.status, shown.requested_at), (ReportStatus::Ready, START));
}

/// A report is about whole days, and about one buyer.
pub async fn rows_are_of_a_buyer_and_a_period(backend: &Backend) {
    let (tea, coffee) =
        (ProductBuilder::new().build(), ProductBuilder::new().name("coffee").build());
    given_product(backend, &tea).await;
    given_product(backend, &coffee).await;
    let buyer = UserId::new(fresh_id());
    let at = |time| OrderBuilder::new(buyer).placed_at(time);
    let last = at(datetime!(2026-03-31 23:59:59.999999 UTC)).line(&coffee, 3).line(&tea, 1);
    let last = last.build();
    let first = at(datetime!(2026-03-01 0:00 UTC)).line(&tea, 2).build();
    let early = at(datetime!(2026-02-28 23:59:59.999999 UTC)).line(&tea, 1).build();
    let late = at(datetime!(2026-04-01 0:00 UTC)).line(&tea, 1).build();
    let others = OrderBuilder::new(UserId::new(fresh_id())).line(&tea, 1).build();
    for order in [&last, &first, &early, &late, &others] {
        given_order(backend, order).await;
    }
    let rows = backend.report_reads.order_rows(buyer, march()).await.expect("rows can be read");
    let rows: Vec<_> =
        rows.iter().map(|row| (row.order, row.product.as_str(), row.quantity)).collect();
    let expected = [(first.id(), "tea", 2), (last.id(), "coffee", 3), (last.id(), "tea", 1)];
    assert_eq!(rows, expected);
}

/// A file is kept as it is, and replaced by the next.
pub async fn files_are_kept_as_they_are(backend: &Backend) {
    let requester = UserId::new(fresh_id());
    let report = Report::request(ReportId::new(fresh_id()), requester, march(), START).0;
    let mut work = backend.reports.begin().await.expect("a unit of work can begin");
    work.reports().add(&report).await.expect("a report can be added");
    work.commit().await.expect("a report can be kept");
    let read = async || backend.report_files.read(report.id()).await.expect("it can be read");
    assert_eq!(read().await, None);
    for content in [&b"first"[..], b"\0\xff\r\n", b""] {
        let written = backend.report_files.write(report.id(), content.to_vec()).await;
        written.expect("a file can be written");
        assert_eq!(read().await.as_deref(), Some(content));
    }
}
