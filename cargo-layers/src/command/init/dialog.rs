//! The questions that `init` asks on a terminal. Whoever leaves a choice with Escape wants
//! nothing to be written.

use dialoguer::theme::ColorfulTheme;
use dialoguer::{Error, Input, MultiSelect, Select};

use crate::command::error::CommandError;
use crate::proposal::{Fitting, Proposal};

/// What to extend.
pub(super) enum Choice {
    Pack(Fitting),
    NoPack,
    /// Nothing is to be written.
    Left,
}

/// Which pack to extend, if any.
pub(super) fn pack(fitting: &[Fitting]) -> Result<Choice, CommandError> {
    if fitting.is_empty() {
        return Ok(Choice::NoPack);
    }
    let mut entries: Vec<&str> = fitting.iter().map(|pack| pack.name).collect();
    entries.push("none: only that inner layers ignore outer ones");
    let chosen = Select::with_theme(&theme())
        .with_prompt("Which pack of rules?")
        .items(&entries)
        .default(0)
        .interact_opt()
        .map_err(unasked)?;
    Ok(match chosen {
        None => Choice::Left,
        Some(index) => fitting.get(index).cloned().map_or(Choice::NoPack, Choice::Pack),
    })
}

/// The layers as they are wanted: what belongs to each, with commas between; nothing for
/// one that is not wanted.
pub(super) fn layers(proposal: &Proposal) -> Result<Vec<(String, Vec<String>)>, CommandError> {
    let mut layers = Vec::new();
    for layer in &proposal.layers {
        let answer: String = Input::with_theme(&theme())
            .with_prompt(format!("{} (crates or modules, with commas between)", layer.name))
            .with_initial_text(layer.members.join(", "))
            .allow_empty(true)
            .interact_text()
            .map_err(unasked)?;
        let members = answer.split(',').map(str::trim).filter(|member| !member.is_empty());
        layers.push((layer.name.clone(), members.map(str::to_owned).collect()));
    }
    Ok(layers)
}

/// The rules that are not wanted; `None` where nothing is.
pub(super) fn unwanted_rules(
    costs: &[(String, usize)],
) -> Result<Option<Vec<String>>, CommandError> {
    let entries: Vec<(String, bool)> = costs
        .iter()
        .map(|(rule, cost)| {
            let findings = if *cost == 1 { "finding" } else { "findings" };
            (format!("{rule} ({cost} {findings} today)"), true)
        })
        .collect();
    let wanted = MultiSelect::with_theme(&theme())
        .with_prompt("Which rules? Space switches one, Enter writes the files")
        .report(false)
        .items_checked(entries)
        .interact_opt()
        .map_err(unasked)?;
    let is_unwanted = |index: &usize, wanted: &[usize]| !wanted.contains(index);
    Ok(wanted.map(|wanted| {
        let unwanted = (0..costs.len()).filter(|index| is_unwanted(index, &wanted));
        unwanted.map(|index| costs[index].0.clone()).collect()
    }))
}

fn theme() -> ColorfulTheme {
    ColorfulTheme::default()
}

fn unasked(error: Error) -> CommandError {
    let Error::IO(error) = error;
    CommandError::NotAsked(error)
}
