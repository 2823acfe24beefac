//! Where what is looked for begins and ends.

use domain::reports::ReportPeriod;
use domain::shared::Version;
use time::{OffsetDateTime, Time};
use uuid::Uuid;

/// The first and the last moment of a period, both in it.
#[must_use]
pub fn bounds_of(period: ReportPeriod) -> (OffsetDateTime, OffsetDateTime) {
    let from = OffsetDateTime::new_utc(period.from(), Time::MIDNIGHT);
    (from, OffsetDateTime::new_utc(period.to(), Time::MAX))
}

/// Below which id the next page of a list begins, the largest id first: below `after`, or
/// below every id that there can be. With a value instead of none, `id < $1` is all that a
/// statement has to say, and an index serves it.
#[must_use]
pub fn id_before(after: Option<Uuid>) -> Uuid {
    after.unwrap_or(Uuid::max())
}

/// A version as databases count: they know no unsigned numbers.
#[must_use]
pub fn version_number(version: Version) -> i64 {
    i64::try_from(version.get()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn a_period_ends_within_its_last_day() {
        let period = ReportPeriod::try_new(date!(2026 - 03 - 01), date!(2026 - 03 - 31));
        let (from, to) = bounds_of(period.expect("it is a period"));
        assert_eq!(from, datetime!(2026-03-01 0:00 UTC));
        assert!(to >= datetime!(2026-03-31 23:59:59.999999 UTC));
        assert!(to < datetime!(2026-04-01 0:00 UTC));
    }

    #[test]
    fn a_list_begins_with_the_largest_id() {
        let id = Uuid::from_u128(7);
        assert_eq!(id_before(Some(id)), id);
        assert!(id_before(None) > Uuid::from_u128(u128::MAX - 1));
    }
}
