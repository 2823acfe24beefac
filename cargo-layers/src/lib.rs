//! An architecture linter for Rust workspaces, as a library: rules written in Rust, run by
//! `cargo test`.
//!
//! ```
//! use cargo_layers::{ItemKind, Workspace, rule};
//!
//! # fn main() -> Result<(), cargo_layers::Error> {
//! let errors_say_what_happened = rule("errors-say-what-happened", |workspace| {
//!     let errors = workspace.items().kind(ItemKind::Enum).named("*Error").public();
//!     errors.must("implement `Error`", |item| {
//!         item.traits().iter().any(|name| name.ends_with("::Error"))
//!     })
//! })
//! .because("who gets an error wants to show it, and to ask for its source");
//!
//! Workspace::load(".")?.check(&[&errors_say_what_happened]).assert_clean();
//! # Ok(())
//! # }
//! ```
//!
//! [`Workspace::load`] reads a workspace once, [`Workspace::check`] judges it by rules that
//! implement [`Rule`], which is what the verbs of `layers.toml` do as well, and
//! [`Workspace::check_policy`] by `layers.toml` itself. [`Workspace::items`] and
//! [`Workspace::dependencies`] answer questions. The page on the Rust API in the book of cargo
//! layers tells the rest.
//!
//! What is re-exported at the root of this crate is meant to be used. The modules are the stages of
//! the tool, in the words of its own architecture; they change with it.

pub mod analysis;
mod api;
pub mod baseline;
#[cfg(feature = "cli")]
pub mod command;
pub mod config;
pub mod configuration;
pub mod disk;
pub mod examples;
pub mod facts;
pub mod parse;
pub mod proposal;
pub mod prove;
#[cfg(feature = "query")]
pub mod query;
pub mod report;
pub mod resolve;
#[cfg(feature = "cli")]
pub mod revision;
pub mod source;
pub mod tree;
pub mod workspace;

pub use api::{Builder, Error, Report, Workspace};
pub use layers_rules::context::Context;
pub use layers_rules::facts::{DependencyKind, ItemKind, Needs};
pub use layers_rules::finding::{Finding, Label, Location, Severity, Step};
pub use layers_rules::rule::{FromFn, Rule, Verdict, Violation, from_fn as rule};
pub use layers_rules::view::{
    Chain, Dependencies, Dependency, Item, Items, OneOf, Parameter, QuestionError, View,
};
pub use report::Format;

/// The examples of the book's page, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/rust-api.md")]
struct RustApiPage;
