//! What a program used, its own children included.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use camino::Utf8Path;
use nix::sys::resource::{UsageWho, getrusage};

/// What one run used.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Processor time, user and system together.
    pub cpu: Duration,
    /// Time on the clock.
    pub wall: Duration,
    /// Peak memory of the largest process, in bytes.
    pub memory: u64,
}

impl Usage {
    /// The least of each.
    pub fn least(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.min(other.cpu),
            wall: self.wall.min(other.wall),
            memory: self.memory.min(other.memory),
        }
    }

    /// Reads what [`run`] prints.
    pub fn read(text: &str) -> Result<Self, String> {
        let numbers: Result<Vec<u64>, _> = text.split_whitespace().map(str::parse).collect();
        match numbers.as_deref() {
            Ok(&[cpu, wall, memory]) => Ok(Self {
                cpu: Duration::from_micros(cpu),
                wall: Duration::from_micros(wall),
                memory,
            }),
            _ => Err(format!("no measurement: {text}")),
        }
    }
}

/// Runs `command` in `folder` and prints processor and clock time in microseconds and
/// memory in bytes. This process runs nothing else, so what its children used is what
/// the command used.
pub fn run(folder: &Utf8Path, command: &[String]) -> Result<(), String> {
    let (program, arguments) = command.split_first().ok_or("nothing to run")?;
    let start = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .status()
        .map_err(|error| format!("{program}: {error}"))?;
    let wall = start.elapsed();
    // 1 says that there are findings, which a real workspace may have.
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(format!("{program} {}: {status}", arguments.join(" ")));
    }
    let used = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
    let cpu = [used.user_time(), used.system_time()].map(|time| {
        u128::from(time.tv_sec().unsigned_abs()) * 1_000_000
            + u128::from(time.tv_usec().unsigned_abs())
    });
    let memory = used.max_rss().unsigned_abs() * MEMORY_UNIT;
    println!("{} {} {memory}", cpu[0] + cpu[1], wall.as_micros());
    Ok(())
}

/// Bytes in the unit in which the system counts memory.
const MEMORY_UNIT: u64 = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
