//! Answers each line of the input with one of the output.

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let marketplace = bootstrap::marketplace();
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        writeln!(output, "{}", marketplace.answer(&line?))?;
    }
    Ok(())
}
