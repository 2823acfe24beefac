//! Facts that cost something of their own, for the rules that ask for them.

use layers_rules::facts::{Facts, Needs};

use crate::workspace::{Workspace, WorkspaceError, external_graph};

/// Adds to the `facts` of `workspace` what the rules of a policy need besides what is read
/// from source code, which must be there when that is read.
///
/// # Errors
///
/// When something of it is not to be had.
pub fn supply(
    facts: &mut Facts,
    workspace: &Workspace,
    needs: Needs,
) -> Result<(), WorkspaceError> {
    if needs.external_graph {
        for (from, to) in external_graph::load(workspace)? {
            let pair = (facts.names.intern(&from), facts.names.intern(&to));
            facts.external_graph.push(pair);
        }
    }
    let Needs { signatures, bodies, .. } = facts.gathered;
    facts.gathered = Needs { signatures, bodies, ..needs };
    Ok(())
}
