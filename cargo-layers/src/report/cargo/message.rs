//! The messages, in the order and with the names of Cargo and rustc.

use serde::Serialize;

#[derive(Serialize)]
pub(super) struct CompilerMessage<'a> {
    pub reason: &'static str,
    #[serde(flatten)]
    pub package: &'a Package,
    pub target: &'a Target,
    pub message: Diagnostic<'a>,
}

/// A package as Cargo calls it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Package {
    /// Its id.
    pub package_id: String,
    /// Absolute path of its Cargo.toml.
    pub manifest_path: String,
}

/// A target as Cargo describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// Its kinds: `lib`, `bin`, `test`, …
    pub kind: Vec<String>,
    /// What the compiler makes of it.
    pub crate_types: Vec<String>,
    /// Its name.
    pub name: String,
    /// Absolute path of the file it begins with.
    pub src_path: String,
    /// Its edition.
    pub edition: &'static str,
    /// Whether it is documented.
    pub doc: bool,
    /// Whether its documentation is tested.
    pub doctest: bool,
    /// Whether it has tests.
    pub test: bool,
}

#[derive(Serialize)]
pub(super) struct BuildFinished {
    pub reason: &'static str,
    pub success: bool,
}

#[derive(Serialize)]
pub(super) struct Diagnostic<'a> {
    #[serde(rename = "$message_type")]
    pub message_type: &'static str,
    pub message: String,
    pub code: Option<Code<'a>>,
    pub level: &'static str,
    pub spans: Vec<Span>,
    pub children: Vec<Diagnostic<'a>>,
    pub rendered: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Code<'a> {
    pub code: &'a str,
    pub explanation: Option<&'a str>,
}

/// A stretch of a file. Bytes count from 0 at the start of the file, lines and columns from
/// 1; columns count characters, and ends are past the last.
#[derive(Serialize)]
pub(super) struct Span {
    pub file_name: String,
    pub byte_start: usize,
    pub byte_end: usize,
    pub line_start: u32,
    pub line_end: u32,
    pub column_start: u32,
    pub column_end: u32,
    pub is_primary: bool,
    pub text: Vec<Line>,
    pub label: Option<String>,
    pub suggested_replacement: Option<String>,
    pub suggestion_applicability: Option<String>,
    /// Nothing is expanded, so no span comes out of a macro.
    pub expansion: Option<()>,
}

#[derive(Serialize)]
pub(super) struct Line {
    pub text: String,
    pub highlight_start: u32,
    pub highlight_end: u32,
}
