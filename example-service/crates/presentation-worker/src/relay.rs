//! Handing on what is there, again and again.

use std::error::Error;
use std::time::Duration;

use application::common::{Operation, UseCase};
use application::ports::StopSignal;
use tokio::time;

use crate::settings::WorkerSettings;

/// Has something handed on until `stop` is over: at once while there is more than fits, else
/// after a while. What fails is tried again then.
pub(crate) async fn relay<O>(
    use_case: &dyn UseCase<O>,
    operation: impl Fn(u32) -> O,
    settings: WorkerSettings,
    mut stop: StopSignal,
) where
    O: Operation<Output = u32, Error: Error>,
{
    loop {
        let pause = match use_case.execute(operation(settings.relay_limit)).await {
            Ok(count) if count >= settings.relay_limit => Duration::ZERO,
            Ok(_) => settings.relay_interval,
            Err(error) => {
                let cause = error.source().map(ToString::to_string);
                tracing::warn!(%error, cause, "not everything was handed on");
                settings.relay_interval
            }
        };
        tokio::select! {
            biased;
            () = &mut stop => return,
            () = time::sleep(pause) => {}
        }
    }
}
