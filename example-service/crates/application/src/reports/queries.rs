//! What shows reports.

mod get_report;
mod get_report_file;

pub use get_report::{GetReport, GetReportError, GetReportQuery};
pub use get_report_file::{GetReportFile, GetReportFileError, GetReportFileQuery};
