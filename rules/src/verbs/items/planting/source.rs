//! Drafts as Rust. It can be read and its paths resolve; it need not compile.

use std::fmt::Write;

use super::draft::{Draft, What};
use crate::facts::{ItemKind, Receiver};
use crate::verbs::items::words::{Flag, VisibilityWord};

/// The source of a draft, with whatever must be around it.
pub(super) fn source(draft: &Draft) -> String {
    let own = match draft.what {
        What::Item(ItemKind::Method) if draft.is(Flag::HasBody) => {
            let around = around(draft);
            format!("struct {around};\nimpl {around} {}", braced(&item(draft, true)))
        }
        What::Item(ItemKind::Method) => {
            format!("pub trait {} {}", around(draft), braced(&item(draft, false)))
        }
        What::Item(ItemKind::Field) => {
            format!("pub struct {} {}", around(draft), braced(&field(draft)))
        }
        What::Item(ItemKind::Variant) => {
            format!("pub enum {} {}", around(draft), braced(&item(draft, false)))
        }
        _ => item(draft, false),
    };
    std::iter::once(own).chain(draft.beside.iter().map(source)).collect::<Vec<_>>().join("\n")
}

/// What a module holds.
pub(super) fn contents(draft: &Draft) -> String {
    draft.contents.iter().map(source).collect::<Vec<_>>().join("\n")
}

/// The words in front of a module, and its name.
pub(super) fn module_head(draft: &Draft) -> String {
    format!("{}{}mod {}", marks(draft), visibility(draft), draft.name)
}

/// The name of what is around a draft that stands in nothing else. It differs from the
/// draft's in the form of its letters.
fn around(draft: &Draft) -> String {
    format!("{}Around", crate::planting::title(&draft.name.to_lowercase()))
}

/// An item by itself. Only what stands in an impl of its own has a written visibility.
fn item(draft: &Draft, is_inherent: bool) -> String {
    let What::Item(kind) = draft.what else { return parameter(draft) };
    let name = &draft.name;
    let (visible, generics) = (visibility(draft), generics(draft));
    let is_unsafe = if draft.is(Flag::Unsafe) { "unsafe " } else { "" };
    let core = match kind {
        ItemKind::Struct if draft.fields.is_empty() => format!("{visible}struct {name}{generics};"),
        ItemKind::Struct => format!("{visible}struct {name}{generics} {}", braced(&fields(draft))),
        ItemKind::Union => format!("{visible}union {name}{generics} {}", braced(&fields(draft))),
        ItemKind::Enum => {
            let variants: Vec<String> =
                draft.contents.iter().map(|variant| item(variant, false)).collect();
            format!("{visible}enum {name}{generics} {}", braced(&variants.join(", ")))
        }
        ItemKind::Variant if draft.fields.is_empty() => name.clone(),
        ItemKind::Variant => format!("{name} {}", braced(&fields(draft))),
        ItemKind::Trait => {
            format!("{visible}{is_unsafe}trait {name}{generics} {}", braced(&members(draft, false)))
        }
        ItemKind::Impl => {
            let of_trait = draft.implements.first().map(|path| format!("{path} for "));
            let of_trait = of_trait.unwrap_or_default();
            let is_inherent = draft.implements.is_empty();
            let members = braced(&members(draft, is_inherent));
            format!("{is_unsafe}impl{generics} {of_trait}{name} {members}")
        }
        ItemKind::Fn => format!("{visible}{}", function(draft)),
        ItemKind::Method if is_inherent => format!("{visible}{}", function(draft)),
        ItemKind::Method => function(draft),
        ItemKind::Const => {
            format!("{visible}const {name}: {} = {};", written_type(draft), value(draft))
        }
        ItemKind::Static => {
            let mutable = if draft.is(Flag::Mutable) { "mut " } else { "" };
            format!("{visible}static {mutable}{name}: {} = {};", written_type(draft), value(draft))
        }
        ItemKind::Type => format!("{visible}type {name}{generics} = {};", written_type(draft)),
        ItemKind::Macro => format!("macro_rules! {name} {{ () => {{}} }}"),
        ItemKind::Module => format!("{visible}mod {name} {{\n{}\n}}", contents(draft)),
        ItemKind::Use => {
            let path = draft.mentions.first().map_or("::std::fmt", String::as_str);
            format!("{visible}use {path} as {name};")
        }
        ItemKind::Field => field(draft),
    };
    let marks = marks(draft);
    let mut text = format!("{marks}{}", lengthened(&core, draft.lines));
    if kind == ItemKind::Impl {
        text = format!("struct {name};\n{text}");
    }
    if matches!(kind, ItemKind::Struct | ItemKind::Enum | ItemKind::Union) {
        for of_trait in &draft.implements {
            let _ = write!(text, "\nimpl {of_trait} for {name} {{}}");
        }
        if !draft.methods.is_empty() {
            let _ = write!(text, "\nimpl {name} {}", braced(&methods(draft, true)));
        }
    }
    if draft.is(Flag::Tested) {
        let checks = name.to_lowercase();
        let _ = write!(text, "\n#[cfg(test)]\nmod {checks}_tests {{ use super::{name}; }}");
    }
    text
}

/// Attributes, documentation among them, which is told in one line.
fn marks(draft: &Draft) -> String {
    let mut marks = String::new();
    if draft.is(Flag::Documented) {
        marks.push_str("#[doc = \"planted\"] ");
    }
    if draft.is(Flag::Test) {
        marks.push_str("#[cfg(test)] ");
    }
    for attribute in &draft.attributes {
        let _ = write!(marks, "#[{attribute}] ");
    }
    if !draft.derives.is_empty() {
        let _ = write!(marks, "#[derive({})] ", draft.derives.join(", "));
    }
    marks
}

fn visibility(draft: &Draft) -> &'static str {
    match draft.visibility {
        VisibilityWord::Public => "pub ",
        VisibilityWord::Crate => "pub(crate) ",
        VisibilityWord::Super | VisibilityWord::In => "pub(super) ",
        VisibilityWord::Private => "",
    }
}

fn generics(draft: &Draft) -> &'static str {
    if draft.is(Flag::Generic) { "<T>" } else { "" }
}

fn function(draft: &Draft) -> String {
    let words = [(Flag::Const, "const "), (Flag::Async, "async "), (Flag::Unsafe, "unsafe ")];
    let words: String =
        words.iter().filter(|(flag, _)| draft.is(*flag)).map(|(_, word)| *word).collect();
    let receiver = match draft.receiver {
        Receiver::None => None,
        Receiver::Ref => Some("&self".to_owned()),
        Receiver::Mut => Some("&mut self".to_owned()),
        Receiver::Owned => Some("self".to_owned()),
    };
    let parameters: Vec<String> =
        receiver.into_iter().chain(draft.parameters.iter().map(parameter)).collect();
    let returns = draft.returns.as_ref().map(|path| format!(" -> {path}")).unwrap_or_default();
    let body = if draft.is(Flag::HasBody) {
        format!(" {}", braced(&deeds(draft)))
    } else {
        ";".to_owned()
    };
    let (name, generics) = (&draft.name, generics(draft));
    format!("{words}fn {name}{generics}({}){returns}{body}", parameters.join(", "))
}

fn deeds(draft: &Draft) -> String {
    let uses = draft.uses.iter().map(|path| format!("let _ = {path};"));
    let calls = draft.calls.iter().map(|method| format!("().{method}();"));
    uses.chain(calls).collect::<Vec<_>>().join(" ")
}

fn value(draft: &Draft) -> String {
    braced(&deeds(draft))
}

fn parameter(draft: &Draft) -> String {
    format!("{}: {}", draft.name, written_type(draft))
}

fn field(draft: &Draft) -> String {
    format!("{}{}{}", marks(draft), visibility(draft), parameter(draft))
}

fn fields(draft: &Draft) -> String {
    draft.fields.iter().map(field).collect::<Vec<_>>().join(", ")
}

fn methods(draft: &Draft, is_inherent: bool) -> String {
    let methods = draft.methods.iter().map(|method| item(method, is_inherent));
    methods.collect::<Vec<_>>().join(" ")
}

/// The methods of a trait or an impl, and what else it has to hold.
fn members(draft: &Draft, is_inherent: bool) -> String {
    let members = draft.methods.iter().chain(&draft.contents);
    members.map(|member| item(member, is_inherent)).collect::<Vec<_>>().join(" ")
}

/// What stands in braces.
fn braced(inside: &str) -> String {
    if inside.is_empty() { "{}".to_owned() } else { format!("{{ {inside} }}") }
}

/// A type that mentions what it has to.
fn written_type(draft: &Draft) -> String {
    match draft.mentions.as_slice() {
        [] => "()".to_owned(),
        [only] => only.clone(),
        several => format!("({})", several.join(", ")),
    }
}

/// The item with as many lines as it has to have: empty ones before its last token.
fn lengthened(core: &str, lines: Option<u32>) -> String {
    let has = u32::try_from(core.matches('\n').count() + 1).unwrap_or(u32::MAX);
    let missing = lines.unwrap_or(has).saturating_sub(has) as usize;
    let end = core.char_indices().next_back().map_or(0, |(at, _)| at);
    format!("{}{}{}", &core[..end], "\n".repeat(missing), &core[end..])
}
