//! What a check is compared with: plain parsing, on one thread.

use std::fs;
use std::hint::black_box;

use camino::Utf8Path;

/// Parses every file of `list`. One that syn does not take costs what it costs until
/// then.
pub fn parse(list: &Utf8Path) -> Result<(), String> {
    let list = fs::read_to_string(list).map_err(|error| format!("{list}: {error}"))?;
    let mut refused = 0;
    for path in list.lines() {
        let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        match syn::parse_file(&text) {
            Ok(file) => drop(black_box(file)),
            Err(_) => refused += 1,
        }
    }
    if refused > 0 {
        eprintln!("{refused} files are not taken by syn");
    }
    Ok(())
}
