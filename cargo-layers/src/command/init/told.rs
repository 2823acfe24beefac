//! What `init` says of what it did.

use std::fmt::Write;

use super::Draft;
use crate::baseline;
use crate::proposal::{FoundBy, Proposal};

/// The layers, what each rule costs today, the files written, and what comes next.
pub(super) fn text(proposal: &Proposal, draft: &Draft, written: &[String]) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", layers(proposal));
    if written.is_empty() {
        let _ = writeln!(text, "\nlayers.toml would be:\n\n{}", draft.text);
    }
    text.push_str("what its rules would cost today, in findings:\n");
    for (rule, findings) in &draft.costs {
        let _ = writeln!(text, "{findings:>7}  {rule}");
    }
    text.push('\n');
    let recorded: usize = draft.baseline.entries.iter().map(|entry| entry.count).sum();
    let debt = match recorded {
        0 => "none has to be recorded".to_owned(),
        1 => format!("1 finding is recorded in {}", baseline::FILE_NAME),
        more => format!("{more} findings are recorded in {}", baseline::FILE_NAME),
    };
    match written {
        [] => text.push_str("nothing was written\n"),
        files => {
            let _ = writeln!(text, "wrote {}: {debt}", files.join(", "));
        }
    }
    if draft.blockers.is_empty() {
        let passes = if written.is_empty() { "would pass" } else { "passes now" };
        let _ = writeln!(text, "`cargo layers check` {passes}, and fails for what is new");
        text.push_str("next: `cargo layers describe` tells what holds, `cargo layers prove` that it can fail\n");
    } else {
        text.push_str(
            "`cargo layers check` does not pass, since no baseline holds these errors:\n",
        );
        for line in &draft.blockers {
            let _ = writeln!(text, "{line}");
        }
    }
    text
}

/// What was found, and by what.
fn layers(proposal: &Proposal) -> String {
    let how = match proposal.found_by {
        FoundBy::CrateNames => "layers by the names of crates",
        FoundBy::ModuleNames => "layers by the names of modules",
        FoundBy::Dependencies => {
            "names say nothing of layers; these are levels, by what depends on what"
        }
        FoundBy::Given => "layers as given",
        FoundBy::Nothing => return "no layers found: rules for code of any structure\n".to_owned(),
    };
    let width = proposal.layers.iter().map(|layer| layer.name.len()).max().unwrap_or(0);
    let mut text = format!("{how}:\n");
    for layer in &proposal.layers {
        let _ = writeln!(text, "  {:width$}  {}", layer.name, layer.members.join(", "));
    }
    if !proposal.packs.is_empty() {
        let _ = writeln!(text, "rules: {}", proposal.packs.join(", "));
    }
    text
}
