//! `schema`: what an editor has to know to complete and check layers.toml.

use layers_rules::policy::raw::schema;

use super::error::CommandError;
use super::exit::Exit;
use super::terminal;

pub(super) fn run() -> Result<Exit, CommandError> {
    terminal::write_output(&terminal::json(&schema()))?;
    Ok(Exit::Clean)
}
