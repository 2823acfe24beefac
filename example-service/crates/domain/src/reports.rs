//! Reports about what was bought.

pub mod events;

mod report;
mod report_id;
mod report_period;

pub use report::{Report, ReportError, ReportSnapshot, ReportStatus, ReportStatusError};
pub use report_id::ReportId;
pub use report_period::{ReportPeriod, ReportPeriodError};
