//! What is due again and again.

use std::str::FromStr;
use std::time::Duration;

use apalis_cron::CronScheduler;
use application::ports::Timetable;
use async_trait::async_trait;
use cron::Schedule;
use futures_util::StreamExt;
use thiserror::Error;
use time::OffsetDateTime;
use tokio::time::sleep;

/// How long to wait when the clock has passed a time before it could be waited for.
const MOMENT: Duration = Duration::from_millis(10);

/// A text that is no schedule.
#[derive(Debug, Error)]
#[error("`{text}` is no schedule like `0 0 * * * *`: second, minute, hour, day, month, weekday")]
pub struct ScheduleError {
    /// The text.
    pub text: String,
    /// What is wrong with it.
    pub source: cron::error::Error,
}

/// Times in UTC, as cron writes them, with seconds in front.
#[derive(Clone, Debug)]
pub struct CronTimetable {
    schedule: Schedule,
}

impl CronTimetable {
    /// The times that `text` says, like `0 0 * * * *`: every hour.
    ///
    /// # Errors
    ///
    /// When it says none.
    pub fn try_new(text: &str) -> Result<Self, ScheduleError> {
        let schedule = Schedule::from_str(text);
        let text = text.to_owned();
        Ok(Self { schedule: schedule.map_err(|source| ScheduleError { text, source })? })
    }
}

#[async_trait]
impl Timetable for CronTimetable {
    async fn next_due(&self) -> OffsetDateTime {
        loop {
            // apalis never gets over a time that it was too late for, as after the machine has
            // slept: each time is waited for anew.
            let mut ticks = Box::pin(CronScheduler::new(self.schedule.clone()).into_stream());
            match ticks.next().await {
                Some(Ok(tick)) => {
                    let seconds = i64::try_from(tick.get_timestamp()).unwrap_or(i64::MAX);
                    if let Ok(due) = OffsetDateTime::from_unix_timestamp(seconds) {
                        return due;
                    }
                }
                Some(Err(error)) => tracing::debug!(%error, "a time has passed already"),
                // A schedule may name years, and the last of them may be over.
                None => std::future::pending().await,
            }
            sleep(MOMENT).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn those_who_wait_for_the_same_time_get_the_same() {
        let timetable = CronTimetable::try_new("* * * * * *").expect("it is a schedule");
        let first = timetable.next_due().await;
        let (one, other) = tokio::join!(timetable.next_due(), timetable.next_due());
        assert!(first < one, "{first} {one}");
        assert_eq!(one, other);
        assert_eq!(one.nanosecond(), 0);
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        let refused = CronTimetable::try_new("hourly-ish").expect_err("it is none");
        assert!(refused.to_string().contains("`hourly-ish` is no schedule like `0 0 * * * *`"));
    }
}
