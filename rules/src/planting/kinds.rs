//! Source that depends on a path, for each kind of dependency.

use crate::facts::{DependencyKind, ItemKind};

/// Source that makes a dependency of this kind on what `path` names, and declares what
/// begins with `name`; `None` where none can be written.
pub(super) fn source(kind: DependencyKind, path: &str, name: &str) -> Option<String> {
    let title = title(name);
    Some(match kind {
        DependencyKind::Use => format!("use {path} as {name};"),
        DependencyKind::Reexport => format!("pub use {path} as {name};"),
        DependencyKind::Type => format!("type {title} = {path};"),
        DependencyKind::Call => format!("fn {name}() {{ let _ = {path}; }}"),
        DependencyKind::Impl => format!("struct {title};\nimpl {path} for {title} {{}}"),
        DependencyKind::Derive => format!("#[derive({path})]\nstruct {title};"),
        DependencyKind::Attribute => format!("#[{path}]\nstruct {title};"),
        DependencyKind::Macro => format!("fn {name}() {{ {path}!(); }}"),
        // What a call hands over is made by types, and not by a path.
        DependencyKind::Value => return None,
    })
}

/// Whether a dependency of this kind can lead to an item of that kind.
pub(super) fn suits(kind: DependencyKind, item: ItemKind) -> bool {
    let is_type = matches!(
        item,
        ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::Type | ItemKind::Trait
    );
    match kind {
        DependencyKind::Use | DependencyKind::Reexport => true,
        DependencyKind::Type => is_type,
        DependencyKind::Call => {
            matches!(item, ItemKind::Fn | ItemKind::Method | ItemKind::Const | ItemKind::Static)
        }
        DependencyKind::Impl => item == ItemKind::Trait,
        DependencyKind::Derive | DependencyKind::Attribute | DependencyKind::Macro => {
            item == ItemKind::Macro
        }
        DependencyKind::Value => false,
    }
}

/// A name in the form that types have: `planted_1` as `Planted1`.
pub(crate) fn title(name: &str) -> String {
    let capital = |word: &str| {
        let mut characters = word.chars();
        let first = characters.next().map(|first| first.to_uppercase().to_string());
        first.unwrap_or_default() + characters.as_str()
    };
    name.split('_').map(capital).collect()
}
