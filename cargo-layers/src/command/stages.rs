//! The stages of a run: how long each takes, and which one is under way.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal;

/// Work that is done sooner than this shows no progress.
const PATIENCE: Duration = Duration::from_millis(300);

/// Time between two pictures of the progress line.
const TICK: Duration = Duration::from_millis(100);

/// The stages of one run, in order. A line on the terminal names the one under way when
/// the run takes long; it is gone when this value is.
pub(super) struct Stages {
    started: Instant,
    done: Vec<(&'static str, Duration)>,
    current: Option<(&'static str, Instant)>,
    line: Option<ProgressLine>,
}

impl Stages {
    pub(super) fn new() -> Self {
        Self {
            started: Instant::now(),
            done: Vec::new(),
            current: None,
            line: terminal::is_watched().then(ProgressLine::new),
        }
    }

    /// Ends the stage under way, if any, and begins the next one.
    pub(super) fn begin(&mut self, stage: &'static str) {
        self.end();
        self.current = Some((stage, Instant::now()));
        if let Some(line) = &self.line {
            line.show(stage);
        }
    }

    fn end(&mut self) {
        if let Some((stage, started)) = self.current.take() {
            self.done.push((stage, started.elapsed()));
        }
    }

    /// Time since the run began.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Ends the last stage, takes the progress line away, and gives the time of each stage
    /// as lines of text.
    pub(super) fn finish(mut self) -> String {
        self.end();
        let lines = self
            .done
            .iter()
            .map(|(stage, time)| format!("{:>9.1} ms  {stage}\n", time.as_secs_f64() * 1000.0));
        lines.collect()
    }
}

/// A line on standard error, drawn by a thread of its own so that the work need not
/// know of it.
struct ProgressLine {
    stages: Option<Sender<&'static str>>,
    thread: Option<JoinHandle<()>>,
}

impl ProgressLine {
    fn new() -> Self {
        let (stages, received) = mpsc::channel();
        let thread = thread::spawn(move || draw(&received));
        Self { stages: Some(stages), thread: Some(thread) }
    }

    fn show(&self, stage: &'static str) {
        if let Some(stages) = &self.stages {
            // The thread only ends once this value is dropped.
            let _ = stages.send(stage);
        }
    }
}

/// Draws the stages as they come in, from the end of our patience until no more can come.
fn draw(stages: &Receiver<&'static str>) {
    let mut bar: Option<ProgressBar> = None;
    let mut current = "";
    let mut picture = Instant::now() + PATIENCE;
    loop {
        match stages.recv_timeout(picture.saturating_duration_since(Instant::now())) {
            Ok(stage) => {
                current = stage;
                if let Some(bar) = &bar {
                    bar.set_message(stage);
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                bar.get_or_insert_with(|| spinner(current)).tick();
                picture = Instant::now() + TICK;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

fn spinner(stage: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(stage);
    match ProgressStyle::with_template("{spinner} {msg} …") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.stages = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
