//! The modules that a path on the command line means.

use layers_rules::facts::{CrateId, CrateKind, Facts, ModuleId};
use layers_rules::suggest;

use crate::command::error::CommandError;

/// The modules with the path `written`: several where conditions keep them apart, or where
/// its first segment stands for a library and for a binary.
pub(super) fn modules(facts: &Facts, written: &str) -> Result<Vec<ModuleId>, CommandError> {
    let (first, rest) = written.split_once("::").map_or((written, None), |(a, b)| (a, Some(b)));
    let is_meant = |module: &ModuleId| {
        let path = facts.module_path(*module);
        let below = path.split_once("::").map(|(_, rest)| rest);
        below == rest && names_crate(facts, facts.modules[module.index()].crate_id, first)
    };
    let found: Vec<_> = (0..facts.modules.len()).map(ModuleId::new).filter(is_meant).collect();
    if found.is_empty() { Err(unknown(facts, written)) } else { Ok(found) }
}

/// Whether `first` means this crate: as paths into it are shown, or by the name of the
/// crate or its package, which stands for libraries and binaries.
fn names_crate(facts: &Facts, crate_id: CrateId, first: &str) -> bool {
    let krate = &facts.crates[crate_id.index()];
    let first = first.replace('-', "_");
    let package = facts.names.text(facts.packages[krate.package.index()].name).replace('-', "_");
    let is_code = matches!(krate.kind, CrateKind::Lib | CrateKind::ProcMacro | CrateKind::Bin);
    facts.crate_name(crate_id).replace('-', "_") == first
        || (is_code && (package == first || facts.names.text(krate.name) == first))
}

fn unknown(facts: &Facts, written: &str) -> CommandError {
    let paths: Vec<String> =
        (0..facts.modules.len()).map(|module| facts.module_path(ModuleId::new(module))).collect();
    let closest = suggest::closest(written, paths.iter().map(String::as_str));
    let help = match closest {
        Some(path) => format!("did you mean `{path}`?"),
        None => "`cargo layers show names` without a path shows every module".to_owned(),
    };
    CommandError::UnknownModule { module: written.to_owned(), help }
}
