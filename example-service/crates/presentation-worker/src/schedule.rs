//! Doing what is due.

use std::error::Error;

use application::common::UseCase;
use application::jobs::commands::DispatchPurges;
use application::ports::{StopSignal, Timetable};

/// Has everything cleaned up whenever it is due, until `stop` is over. What fails is left for
/// the next time.
pub(crate) async fn purge_when_due(
    use_case: &dyn UseCase<DispatchPurges>,
    timetable: &dyn Timetable,
    mut stop: StopSignal,
) {
    loop {
        let due = tokio::select! {
            biased;
            () = &mut stop => return,
            due = timetable.next_due() => due,
        };
        if let Err(error) = use_case.execute(DispatchPurges { due }).await {
            let cause = error.source().map(ToString::to_string);
            tracing::warn!(%error, cause, %due, "nothing is cleaned up");
        }
    }
}
