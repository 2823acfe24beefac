//! What changes reports.

mod build_order_report;
mod request_order_report;

pub use build_order_report::{BuildOrderReport, BuildOrderReportError, BuildOrderReportInteractor};
pub use request_order_report::{
    RequestOrderReport, RequestOrderReportError, RequestOrderReportInteractor,
};
