//! `#[cfg]`, and the attributes that make a function a test.

use std::fmt::Write;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Meta};

use super::item_tree::{Cfg, CfgIndex};
use super::reader::{Reader, index};

impl Reader<'_> {
    /// Reads something under the conditions that its attributes add.
    pub(super) fn under<R>(
        &mut self,
        attributes: &[Attribute],
        read: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let outer = self.cfg;
        for attribute in attributes {
            self.add_condition(attribute);
        }
        let result = read(self);
        self.cfg = outer;
        result
    }

    /// Narrows the current condition by an attribute, if it is one that does.
    pub(super) fn add_condition(&mut self, attribute: &Attribute) {
        if attribute.path().is_ident("cfg") {
            if let Meta::List(list) = &attribute.meta {
                let (predicate, test) = (list.tokens.clone(), implies_test(list.tokens.clone()));
                self.cfg = Some(self.condition(predicate, test));
            }
        } else if is_test_attribute(attribute.path()) {
            self.tree.cfgs.push(Cfg {
                outer: self.cfg,
                predicate: "test".into(),
                test: true,
                by_macro: None,
            });
            self.cfg = Some(index(self.tree.cfgs.len() - 1));
        }
    }

    /// The condition `predicate` inside the current one.
    pub(super) fn condition(&mut self, predicate: TokenStream, test: bool) -> CfgIndex {
        let predicate = in_one_line(predicate).into();
        self.tree.cfgs.push(Cfg { outer: self.cfg, predicate, test, by_macro: None });
        index(self.tree.cfgs.len() - 1)
    }

    /// What holds where `condition` alone of those around it fails.
    pub(super) fn opposite(&mut self, condition: CfgIndex) -> CfgIndex {
        let Cfg { outer, predicate, .. } = &self.tree.cfgs[condition as usize];
        let predicate = format!("not({predicate})").into();
        let opposite = Cfg { outer: *outer, predicate, test: false, by_macro: None };
        self.tree.cfgs.push(opposite);
        index(self.tree.cfgs.len() - 1)
    }

    /// The condition that a macro adds to the items it is given, whatever that is.
    pub(super) fn condition_of_macro(&mut self, path: &syn::Path) -> Option<CfgIndex> {
        let last = &path.segments.last()?.ident;
        let by_macro = Some(self.symbol(last));
        let (outer, predicate) = (self.cfg, Box::default());
        self.tree.cfgs.push(Cfg { outer, predicate, test: false, by_macro });
        Some(index(self.tree.cfgs.len() - 1))
    }
}

/// A predicate as it is mostly written, whatever line breaks and comments are in it.
fn in_one_line(predicate: TokenStream) -> String {
    let parts = split_at_commas(predicate).into_iter().map(|part| {
        let mut text = String::new();
        for token in part {
            match token {
                TokenTree::Group(group) => {
                    let _ = write!(text, "({})", in_one_line(group.stream()));
                }
                TokenTree::Punct(punct) if punct.as_char() == '=' => text.push_str(" = "),
                token => {
                    let _ = write!(text, "{token}");
                }
            }
        }
        text
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// Whether a function with this attribute runs in tests only.
fn is_test_attribute(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| {
        ["test", "bench", "rstest", "test_case", "wasm_bindgen_test", "quickcheck"]
            .iter()
            .any(|name| last.ident == name)
    })
}

/// Whether the cfg predicate can hold in tests only.
pub fn implies_test(predicate: TokenStream) -> bool {
    let mut tokens = predicate.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(name)), None) => name == "test",
        (Some(TokenTree::Ident(name)), Some(TokenTree::Group(group))) => {
            let mut branches = split_at_commas(group.stream()).into_iter();
            if name == "all" {
                branches.any(implies_test)
            } else if name == "any" {
                branches.len() > 0 && branches.all(implies_test)
            } else {
                false
            }
        }
        _ => false,
    }
}

pub fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            parts.push(Vec::new());
        } else {
            parts.last_mut().expect("never empty").push(token);
        }
    }
    parts.into_iter().filter(|part| !part.is_empty()).map(TokenStream::from_iter).collect()
}
