//! What time a report is about.

use thiserror::Error;
use time::{Date, Duration};

/// The days that a report is about, the first and the last included, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportPeriod {
    from: Date,
    to: Date,
}

impl ReportPeriod {
    /// The most days of a report.
    pub const MOST_DAYS: i64 = 366;

    /// The days from `from` to `to`.
    ///
    /// # Errors
    ///
    /// When `to` is before `from`, or that is too many days.
    pub fn try_new(from: Date, to: Date) -> Result<Self, ReportPeriodError> {
        if to < from {
            return Err(ReportPeriodError::Backwards);
        }
        if to - from >= Duration::days(Self::MOST_DAYS) {
            return Err(ReportPeriodError::TooLong);
        }
        Ok(Self { from, to })
    }

    /// The first day.
    #[must_use]
    pub const fn from(&self) -> Date {
        self.from
    }

    /// The last day.
    #[must_use]
    pub const fn to(&self) -> Date {
        self.to
    }
}

/// Why a report cannot be about this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReportPeriodError {
    /// It ends before it begins.
    #[error("a report's last day is not before its first")]
    Backwards,
    /// It is too long.
    #[error("a report is about at most {most} days", most = ReportPeriod::MOST_DAYS)]
    TooLong,
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_period_is_a_year_at_most() {
        let judged = |from, to| ReportPeriod::try_new(from, to).map(|_| ());
        assert_eq!(judged(date!(2026 - 01 - 01), date!(2026 - 01 - 01)), Ok(()));
        let backwards = judged(date!(2026 - 01 - 02), date!(2026 - 01 - 01));
        assert_eq!(backwards, Err(ReportPeriodError::Backwards));
        assert_eq!(judged(date!(2026 - 01 - 01), date!(2027 - 01 - 01)), Ok(()));
        let long = judged(date!(2026 - 01 - 01), date!(2027 - 01 - 02));
        assert_eq!(long, Err(ReportPeriodError::TooLong));
    }
}
