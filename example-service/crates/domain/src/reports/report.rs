//! Reports.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use time::OffsetDateTime;

use super::events::{ReportFinished, ReportRequested};
use super::{ReportId, ReportPeriod};
use crate::accounts::UserId;
use crate::shared::Version;

/// How far a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportStatus {
    /// It was asked for.
    Requested,
    /// Its file can be fetched.
    Ready,
}

impl ReportStatus {
    /// Every status.
    pub const ALL: [Self; 2] = [Self::Requested, Self::Ready];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Ready => "ready",
        }
    }
}

impl FromStr for ReportStatus {
    type Err = ReportStatusError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|status| status.name() == name).ok_or(ReportStatusError)
    }
}

impl fmt::Display for ReportStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The name is of no status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a report is requested or ready")]
pub struct ReportStatusError;

/// A report that someone has asked for. Two are the same when their ids are.
#[derive(Clone, Debug)]
pub struct Report {
    id: ReportId,
    requester: UserId,
    period: ReportPeriod,
    status: ReportStatus,
    requested_at: OffsetDateTime,
    version: Version,
}

/// A report as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct ReportSnapshot {
    /// What it is known by.
    pub id: ReportId,
    /// Who asked for it.
    pub requester: UserId,
    /// What time it is about.
    pub period: ReportPeriod,
    /// How far it is.
    pub status: ReportStatus,
    /// When it was asked for.
    pub requested_at: OffsetDateTime,
    /// How often it was stored.
    pub version: Version,
}

impl Report {
    /// A report that `requester` asks for.
    #[must_use]
    pub fn request(
        id: ReportId,
        requester: UserId,
        period: ReportPeriod,
        now: OffsetDateTime,
    ) -> (Self, ReportRequested) {
        let (status, version) = (ReportStatus::Requested, Version::FIRST);
        let report = Self { id, requester, period, status, requested_at: now, version };
        (report, ReportRequested { report: id, requester })
    }

    /// A report that was stored.
    #[must_use]
    pub fn rehydrate(snapshot: ReportSnapshot) -> Self {
        let ReportSnapshot { id, requester, period, status, requested_at, version } = snapshot;
        Self { id, requester, period, status, requested_at, version }
    }

    /// What is to be stored.
    #[must_use]
    pub fn snapshot(&self) -> ReportSnapshot {
        ReportSnapshot {
            id: self.id,
            requester: self.requester,
            period: self.period,
            status: self.status,
            requested_at: self.requested_at,
            version: self.version,
        }
    }

    /// What it is known by.
    #[must_use]
    pub fn id(&self) -> ReportId {
        self.id
    }

    /// Who asked for it.
    #[must_use]
    pub fn requester(&self) -> UserId {
        self.requester
    }

    /// What time it is about.
    #[must_use]
    pub fn period(&self) -> ReportPeriod {
        self.period
    }

    /// How far it is.
    #[must_use]
    pub fn status(&self) -> ReportStatus {
        self.status
    }

    /// When it was asked for.
    #[must_use]
    pub fn requested_at(&self) -> OffsetDateTime {
        self.requested_at
    }

    /// The version that was loaded.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Notes that its file can be fetched.
    ///
    /// # Errors
    ///
    /// When that was so before.
    pub fn finish(&mut self) -> Result<ReportFinished, ReportError> {
        if self.status == ReportStatus::Ready {
            return Err(ReportError::Ready);
        }
        self.status = ReportStatus::Ready;
        Ok(ReportFinished { report: self.id })
    }
}

impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Report {}

/// Why a report stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReportError {
    /// It is ready already.
    #[error("the report is ready already")]
    Ready,
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_report_gets_ready_once() {
        let period = ReportPeriod::try_new(date!(2026 - 01 - 01), date!(2026 - 01 - 31));
        let period = period.expect("it is a period");
        let (id, requester) = (ReportId::new(Uuid::nil()), UserId::new(Uuid::nil()));
        let mut report = Report::request(id, requester, period, datetime!(2026-02-01 0:00 UTC)).0;
        assert_eq!(report.status(), ReportStatus::Requested);
        assert_eq!(report.finish().map(|finished| finished.report), Ok(id));
        assert_eq!(report.finish().err(), Some(ReportError::Ready));
    }

    #[test]
    fn names_are_read_back() {
        for status in ReportStatus::ALL {
            assert_eq!(status.to_string().parse(), Ok(status));
        }
        assert_eq!("late".parse::<ReportStatus>(), Err(ReportStatusError));
    }
}
