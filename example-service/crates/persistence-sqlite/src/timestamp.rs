//! Times in columns.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Encode, Sqlite, Type};
use time::OffsetDateTime;

const MICROSECONDS: i64 = 1_000_000;

/// A time as a column holds it: whole microseconds since 1970 in UTC. As numbers they sort
/// and compare, which text with and without fractions does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Timestamp(pub(crate) OffsetDateTime);

impl Timestamp {
    fn to_microseconds(self) -> i64 {
        // Years have at most four digits, so that this is far from too large.
        self.0.unix_timestamp() * MICROSECONDS + i64::from(self.0.microsecond())
    }

    fn from_microseconds(microseconds: i64) -> Result<Self, BoxDynError> {
        let nanoseconds = i128::from(microseconds) * 1_000;
        Ok(Self(OffsetDateTime::from_unix_timestamp_nanos(nanoseconds)?))
    }
}

impl Type<Sqlite> for Timestamp {
    fn type_info() -> SqliteTypeInfo {
        <i64 as Type<Sqlite>>::type_info()
    }

    fn compatible(info: &SqliteTypeInfo) -> bool {
        <i64 as Type<Sqlite>>::compatible(info)
    }
}

impl Encode<'_, Sqlite> for Timestamp {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Sqlite>::encode_by_ref(&self.to_microseconds(), buffer)
    }
}

impl Decode<'_, Sqlite> for Timestamp {
    fn decode(value: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
        Self::from_microseconds(<i64 as Decode<Sqlite>>::decode(value)?)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn times_come_back_to_the_microsecond() {
        for (time, expected) in [
            (datetime!(1970-01-01 0:00 UTC), 0),
            (datetime!(1970-01-01 1:00:00.000001 +1), 1),
            (datetime!(1969-12-31 23:59:59.999999 UTC), -1),
            (datetime!(2026-03-01 12:00:00.000009 UTC), 1_772_366_400_000_009),
            (datetime!(9999-12-31 23:59:59.999999 UTC), 253_402_300_799_999_999),
        ] {
            let microseconds = Timestamp(time).to_microseconds();
            assert_eq!(microseconds, expected, "{time}");
            let back = Timestamp::from_microseconds(microseconds).expect("it is a time");
            assert_eq!(back.0, time);
        }
        assert!(Timestamp::from_microseconds(i64::MAX).is_err());
    }
}
