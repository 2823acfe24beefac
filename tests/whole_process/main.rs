//! The benchmark of the whole process: a cold `cargo-layers layers check`, measured
//! beside plain `syn::parse_file` of the same files on one thread, in the same run.
//! `tests/bench` builds everything and starts this.

mod baseline;
mod budget;
mod measure;
mod subject;
mod table;

use std::process::{Command, ExitCode};

use camino::{Utf8Path, Utf8PathBuf};
use clap::Parser;

use measure::Usage;
use subject::Subject;
use table::Row;

#[derive(Parser)]
#[command(about = "Compares `cargo-layers layers check` with plain parsing of the same files")]
enum Arguments {
    /// Measures and prints a table.
    Run {
        /// The `cargo-layers` to measure.
        #[arg(long)]
        binary: Utf8PathBuf,
        /// Sizes of the generated workspaces, in units of 100,000 lines.
        #[arg(long, value_delimiter = ',', default_values_t = [1, 2, 4, 8])]
        sizes: Vec<usize>,
        /// How often each program runs; the quickest run counts.
        #[arg(long, default_value_t = 3)]
        runs: usize,
        /// Real workspaces to measure as well.
        workspaces: Vec<Utf8PathBuf>,
    },
    /// Parses the files of a list on one thread.
    #[command(hide = true)]
    Parse {
        /// Paths, one a line.
        list: Utf8PathBuf,
    },
    /// Runs a program and prints what it used.
    #[command(hide = true)]
    Measure {
        /// Folder to run it in.
        folder: Utf8PathBuf,
        /// The program and its arguments.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse() {
        Arguments::Run { binary, sizes, runs, workspaces } => {
            run(&binary, &sizes, runs, &workspaces)
        }
        Arguments::Parse { list } => baseline::parse(&list),
        Arguments::Measure { folder, command } => measure::run(&folder, &command),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(
    binary: &Utf8Path,
    sizes: &[usize],
    runs: usize,
    workspaces: &[Utf8PathBuf],
) -> Result<(), String> {
    let binary = binary.canonicalize_utf8().map_err(|error| format!("{binary}: {error}"))?;
    let mut rows = Vec::new();
    for size in sizes {
        rows.push(row(&Subject::generated(*size)?, &binary, runs)?);
    }
    for workspace in workspaces {
        rows.push(row(&Subject::real(workspace)?, &binary, runs)?);
    }
    print!("{}", table::render(&rows));
    let broken = budget::broken(&rows);
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\nerror: ")) }
}

fn row(subject: &Subject, binary: &Utf8Path, runs: usize) -> Result<Row, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let this = this.to_str().ok_or("this program's path is not UTF-8")?;
    let check = [binary.as_str(), "layers", "check", "--format", "json", "--config"];
    let check: Vec<_> = check.into_iter().chain([subject.policy.as_str()]).collect();
    let parse = [this, "parse", subject.list.as_str()];
    let quickest = |command: &[&str]| -> Result<Usage, String> {
        let mut best: Option<Usage> = None;
        for _ in 0..runs.max(1) {
            let output = Command::new(this)
                .args(["measure", subject.root.as_str(), "--"])
                .args(command)
                .output()
                .map_err(|error| error.to_string())?;
            if !output.status.success() {
                return Err(String::from_utf8_lossy(&output.stderr).into_owned());
            }
            let usage = Usage::read(&String::from_utf8_lossy(&output.stdout))?;
            best = Some(best.map_or(usage, |best| best.least(usage)));
        }
        best.ok_or_else(|| "nothing was run".to_owned())
    };
    Ok(Row {
        name: subject.name.clone(),
        generated: subject.generated,
        files: subject.files,
        lines: subject.lines,
        parse: quickest(&parse)?,
        check: quickest(&check)?,
        cargo: quickest(&["cargo", "metadata", "--no-deps", "--format-version", "1"])?,
    })
}
