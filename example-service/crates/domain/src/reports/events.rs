//! What has happened to reports.

use uuid::Uuid;

use super::ReportId;
use crate::accounts::UserId;
use crate::shared::DomainEvent;

/// Someone has asked for a report.
#[derive(Clone, Copy, Debug)]
pub struct ReportRequested {
    /// The report.
    pub report: ReportId,
    /// Who has asked for it.
    pub requester: UserId,
}

impl DomainEvent for ReportRequested {
    fn name(&self) -> &'static str {
        "reports.report_requested"
    }

    fn subject(&self) -> Uuid {
        self.report.get()
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("requester", self.requester.to_string())]
    }
}

/// The file of a report can be fetched.
#[derive(Clone, Copy, Debug)]
pub struct ReportFinished {
    /// The report.
    pub report: ReportId,
}

impl DomainEvent for ReportFinished {
    fn name(&self) -> &'static str {
        "reports.report_finished"
    }

    fn subject(&self) -> Uuid {
        self.report.get()
    }
}
