//! Use cases about reports.

use std::sync::Arc;

use application::reports::commands::RequestOrderReportInteractor;
use application::reports::queries::{GetReportFileQuery, GetReportQuery};
use presentation_http::ReportUseCases;

use super::ApplicationScope;

impl ApplicationScope {
    pub(super) fn reports(&self) -> ReportUseCases {
        let (work, views) = (&self.stores.reports, &self.stores.report_views);
        ReportUseCases {
            request_order_report: self
                .retrying(RequestOrderReportInteractor::new(work.clone(), self.stamps.clone())),
            get_report: Arc::new(GetReportQuery::new(views.clone())),
            get_report_file: Arc::new(GetReportFileQuery::new(
                views.clone(),
                self.stores.report_files.clone(),
            )),
        }
    }
}
