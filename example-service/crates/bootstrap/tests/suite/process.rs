//! The real programs, as processes.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::storage::Storage;

/// How long a process may take for anything, on a machine that does much else.
const PATIENCE: Duration = Duration::from_mins(2);

/// What the log says once the server can be reached.
const LISTENING: &str = "listening at http://";

/// A variable of the environment and its value.
pub(crate) type Setting<'a> = (&'a str, &'a str);

/// Settings for most tests: any free port, quick hashes, no limit that stands in the way, few
/// connections for each of many servers, and patience for machines that are busy.
pub(crate) const QUICK: [Setting<'static>; 10] = [
    ("APP_HTTP__BIND", "127.0.0.1:0"),
    ("APP_HTTP__REQUEST_TIMEOUT", "1m"),
    ("APP_HTTP__BODY_TIMEOUT", "1m"),
    ("APP_DATABASE__POOL_SIZE", "1"),
    ("APP_DATABASE__ACQUIRE_TIMEOUT", "1m"),
    ("APP_PASSWORD__PATIENCE", "1m"),
    ("APP_PASSWORD__MEMORY_KIB", "64"),
    ("APP_PASSWORD__PASSES", "1"),
    ("APP_RATE_LIMIT__REQUESTS", "1000000"),
    ("APP_RATE_LIMIT__LOGIN_REQUESTS", "1000000"),
];

/// The quick settings, and these, which override them.
fn over_quick<'a>(settings: &[Setting<'a>]) -> Vec<Setting<'a>> {
    QUICK.iter().chain(settings).copied().collect()
}

/// A program of this crate, in an environment with these settings and nothing else.
fn program(path: &str, folder: &Path, settings: &[Setting<'_>]) -> Command {
    let mut command = Command::new(path);
    command.env_clear().envs(settings.iter().copied()).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// How a process has ended, and everything that it has written.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) output: String,
    pub(crate) errors: String,
}

/// Runs a server that is expected to end by itself, with these settings over the quick ones.
pub(crate) fn run_server(folder: &Path, settings: &[Setting<'_>]) -> Ended {
    run(program(env!("CARGO_BIN_EXE_server"), folder, &over_quick(settings)))
}

/// Asks a server with these settings whether it lives.
pub(crate) fn run_healthcheck(folder: &Path, settings: &[Setting<'_>]) -> Ended {
    run(program(env!("CARGO_BIN_EXE_healthcheck"), folder, settings))
}

/// Runs the program that migrates, with these settings over the quick ones.
pub(crate) fn run_migrate(folder: &Path, arguments: &[&str], settings: &[Setting<'_>]) -> Ended {
    let mut command = program(env!("CARGO_BIN_EXE_migrate"), folder, &over_quick(settings));
    command.args(arguments);
    run(command)
}

fn run(mut command: Command) -> Ended {
    let ended = command.output().expect("the program can be started");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the output is text");
    Ended { status: ended.status, output: text(ended.stdout), errors: text(ended.stderr) }
}

/// A server that runs. It is killed when this is dropped.
pub(crate) struct Server {
    child: Child,
    readers: Vec<JoinHandle<()>>,
    output: Arc<Mutex<String>>,
    address: String,
}

impl Server {
    /// Starts a server over a database, and waits until it can be reached.
    pub(crate) fn start(storage: &Storage, settings: &[Setting<'_>]) -> Self {
        Self::begin(storage, settings).wait()
    }

    /// Starts a server with these settings alone, and waits until it can be reached.
    pub(crate) fn start_with(folder: &Path, settings: &[Setting<'_>]) -> Self {
        Self::spawn(program(env!("CARGO_BIN_EXE_server"), folder, settings)).wait()
    }

    /// Starts a server over a database.
    pub(crate) fn begin(storage: &Storage, settings: &[Setting<'_>]) -> Self {
        Self::begin_program(env!("CARGO_BIN_EXE_server"), storage, settings)
    }

    /// Starts a program that goes on like a server.
    pub(crate) fn begin_program(path: &str, storage: &Storage, settings: &[Setting<'_>]) -> Self {
        let url = storage.url();
        let mut all = vec![("APP_DATABASE__URL", url.as_str())];
        all.extend(settings);
        Self::spawn(program(path, storage.folder(), &over_quick(&all)))
    }

    fn spawn(mut command: Command) -> Self {
        let mut child = command.spawn().expect("the server can be started");
        let output = Arc::new(Mutex::new(String::new()));
        let stdout = child.stdout.take().expect("its output is read");
        let stderr = child.stderr.take().expect("its errors are read");
        let readers = vec![note(stdout, &output), note(stderr, &output)];
        Self { child, readers, output, address: String::new() }
    }

    /// Waits until it can be reached.
    pub(crate) fn wait(self) -> Self {
        self.wait_for(address_in)
    }

    /// Waits until its output tells its address, or that it has none.
    pub(crate) fn wait_for(mut self, address: impl Fn(&str) -> Option<String>) -> Self {
        let begun = Instant::now();
        loop {
            if let Some(address) = address(&self.output()) {
                self.address = address;
                return self;
            }
            let ended = self.child.try_wait().expect("it can be asked");
            let is_late = begun.elapsed() > PATIENCE;
            if ended.is_some() {
                // What it said last may be on its way still.
                self.readers.drain(..).for_each(|reader| drop(reader.join()));
            }
            assert!(ended.is_none() && !is_late, "no server: {ended:?}\n{}", self.output());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Where it can be reached: `127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Everything that it has written so far.
    pub(crate) fn output(&self) -> String {
        self.output.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sends a signal: `TERM`, `INT`.
    pub(crate) fn signal(&self, name: &str) {
        let process = self.child.id().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &process]).status();
        assert!(sent.expect("a signal can be sent").success());
    }

    /// Whether it has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("it can be asked").is_some()
    }

    /// Ends it at once, as when its machine fails, and gives what it has written.
    pub(crate) fn kill(self) -> String {
        self.signal("KILL");
        let ended = self.ended();
        assert_eq!(ended.status.code(), None, "{}", ended.output);
        ended.output
    }

    /// Waits until it has ended.
    pub(crate) fn ended(mut self) -> Ended {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it can be asked") {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end:\n{}", self.output());
            thread::sleep(Duration::from_millis(20));
        };
        for reader in self.readers.drain(..) {
            reader.join().expect("no reader panics");
        }
        Ended { status, output: self.output(), errors: String::new() }
    }

    /// Tells it to stop, and asserts that it does so in peace.
    pub(crate) fn stop(self) -> String {
        self.signal("TERM");
        let ended = self.ended();
        assert_eq!(ended.status.code(), Some(0), "{}", ended.output);
        ended.output
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("what {} had written:\n{}", self.address, self.output());
        }
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn note(from: impl Read + Send + 'static, output: &Arc<Mutex<String>>) -> JoinHandle<()> {
    let output = output.clone();
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
            output.push_str(&line);
            output.push('\n');
        }
    })
}

fn address_in(output: &str) -> Option<String> {
    // The last line may not have come in as a whole yet.
    let whole = &output[..output.rfind('\n')?];
    let (_, rest) = whole.split_once(LISTENING)?;
    let is_address = |letter: char| letter.is_ascii_digit() || ".:".contains(letter);
    Some(rest.split(|letter| !is_address(letter)).next().unwrap_or_default().to_owned())
}
