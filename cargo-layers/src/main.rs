//! The subcommand `cargo layers`.

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_layers::command::main(std::env::args_os()).into()
}
