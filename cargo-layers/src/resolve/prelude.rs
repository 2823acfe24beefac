//! What every module sees without importing it: the standard library's prelude.
//!
//! Source: the modules `std::prelude` of the 2024 edition and its documentation.

use layers_rules::names::{Name, Names};
use rustc_hash::FxHashMap;

use super::{ExternalIx, Externals};
use crate::parse::item_tree::Namespace;

const TYPES: &[&str] = &[
    "std::borrow::ToOwned",
    "std::boxed::Box",
    "std::clone::Clone",
    "std::cmp::Eq",
    "std::cmp::Ord",
    "std::cmp::PartialEq",
    "std::cmp::PartialOrd",
    "std::convert::AsMut",
    "std::convert::AsRef",
    "std::convert::From",
    "std::convert::Into",
    "std::convert::TryFrom",
    "std::convert::TryInto",
    "std::default::Default",
    "std::future::Future",
    "std::future::IntoFuture",
    "std::iter::DoubleEndedIterator",
    "std::iter::ExactSizeIterator",
    "std::iter::Extend",
    "std::iter::FromIterator",
    "std::iter::IntoIterator",
    "std::iter::Iterator",
    "std::marker::Copy",
    "std::marker::Send",
    "std::marker::Sized",
    "std::marker::Sync",
    "std::marker::Unpin",
    "std::ops::AsyncFn",
    "std::ops::AsyncFnMut",
    "std::ops::AsyncFnOnce",
    "std::ops::Drop",
    "std::ops::Fn",
    "std::ops::FnMut",
    "std::ops::FnOnce",
    "std::option::Option",
    "std::result::Result",
    "std::string::String",
    "std::string::ToString",
    "std::vec::Vec",
];

const VALUES: &[&str] = &[
    "std::mem::align_of",
    "std::mem::align_of_val",
    "std::mem::drop",
    "std::mem::size_of",
    "std::mem::size_of_val",
    "std::option::Option::None",
    "std::option::Option::Some",
    "std::result::Result::Err",
    "std::result::Result::Ok",
];

const MACROS: &[&str] = &[
    "std::assert",
    "std::assert_eq",
    "std::assert_ne",
    "std::cfg",
    "std::cfg_select",
    "std::clone::Clone",
    "std::cmp::Eq",
    "std::cmp::Ord",
    "std::cmp::PartialEq",
    "std::cmp::PartialOrd",
    "std::column",
    "std::compile_error",
    "std::concat",
    "std::dbg",
    "std::debug_assert",
    "std::debug_assert_eq",
    "std::debug_assert_ne",
    "std::default::Default",
    "std::env",
    "std::eprint",
    "std::eprintln",
    "std::file",
    "std::fmt::Debug",
    "std::format",
    "std::format_args",
    "std::hash::Hash",
    "std::include",
    "std::include_bytes",
    "std::include_str",
    "std::is_x86_feature_detected",
    "std::line",
    "std::marker::Copy",
    "std::matches",
    "std::module_path",
    "std::option_env",
    "std::panic",
    "std::print",
    "std::println",
    "std::stringify",
    "std::thread_local",
    "std::todo",
    "std::try",
    "std::unimplemented",
    "std::unreachable",
    "std::vec",
    "std::write",
    "std::writeln",
];

/// The prelude, by name and namespace.
#[derive(Debug, Default)]
pub struct Prelude {
    names: FxHashMap<(Name, Namespace), ExternalIx>,
}

impl Prelude {
    pub fn new(names: &mut Names, externals: &mut Externals) -> Self {
        let mut prelude = Self::default();
        for (namespace, paths) in
            [(Namespace::Type, TYPES), (Namespace::Value, VALUES), (Namespace::Macro, MACROS)]
        {
            for path in paths {
                let mut segments = path.split("::").map(|segment| names.intern(segment));
                let first = segments.next().expect("a path has a first segment");
                let mut last = first;
                let mut external = externals.root(first);
                for name in segments {
                    external = externals.child(external, name);
                    last = name;
                }
                prelude.names.insert((last, namespace), external);
            }
        }
        prelude
    }

    pub fn get(&self, name: Name, namespace: Namespace) -> Option<ExternalIx> {
        self.names.get(&(name, namespace)).copied()
    }
}
