//! The real worker, as a process.

use crate::process::{Ended, Server, Setting};
use crate::storage::Storage;

/// What the log says once a worker works.
const WORKING: &str = "the worker is ready";

/// A worker that runs. It is killed when this is dropped.
pub(crate) struct Worker(Server);

impl Worker {
    /// Starts a worker over a database, and waits until it works.
    pub(crate) fn start(storage: &Storage, settings: &[Setting<'_>]) -> Self {
        let worker = Server::begin_program(env!("CARGO_BIN_EXE_worker"), storage, settings);
        Self(worker.wait_for(|output| output.contains(WORKING).then(String::new)))
    }

    /// Everything that it has written so far.
    pub(crate) fn output(&self) -> String {
        self.0.output()
    }

    /// Sends a signal: `TERM`, `INT`.
    pub(crate) fn signal(&self, name: &str) {
        self.0.signal(name);
    }

    /// Whether it has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.0.has_ended()
    }

    /// Waits until it has ended.
    pub(crate) fn ended(self) -> Ended {
        self.0.ended()
    }

    /// Tells it to stop, and asserts that it does so in peace.
    pub(crate) fn stop(self) -> String {
        self.0.stop()
    }

    /// Ends it at once, as when its machine fails, and gives what it has written.
    pub(crate) fn kill(self) -> String {
        self.0.kill()
    }
}
