//! Patterns: their paths, and the variables that they bind.

use layers_rules::facts::DependencyKind;
use syn::visit::{self, Visit};
use syn::{Member, Pat, PatIdent, PatStruct, PatTupleStruct, Path};

use super::item_tree::Namespace;
use super::reader::{Reader, index};
use super::shapes::{ExprIx, Expression};

impl Reader<'_> {
    /// Reads a pattern that takes `subject` apart.
    pub(super) fn pattern(&mut self, pattern: &Pat, subject: ExprIx) {
        self.subject = subject;
        self.visit_pat(pattern);
        self.subject = 0;
    }

    pub(super) fn pattern_of_any_kind(&mut self, pattern: &Pat, subject: ExprIx) {
        match pattern {
            Pat::Path(path) => {
                self.path(path.qself.as_ref(), &path.path, DependencyKind::Type, Namespace::Value);
            }
            Pat::Verbatim(tokens) => self.scan(tokens.clone(), DependencyKind::Type),
            Pat::Ident(it) => self.identifier(it, subject),
            Pat::Reference(it) => self.pattern(&it.pat, subject),
            Pat::Paren(it) => self.pattern(&it.pat, subject),
            Pat::Type(it) => {
                let written = self.written_type(&it.ty);
                let typed = self.typed(written);
                self.pattern(&it.pat, typed);
            }
            Pat::Tuple(it) => {
                let mut seen_rest = false;
                for (number, element) in it.elems.iter().enumerate() {
                    seen_rest |= matches!(element, Pat::Rest(_));
                    let subject = if seen_rest { 0 } else { subject };
                    let number = index(number);
                    let part =
                        self.made_of(subject, |tuple| Expression::TupleElement(tuple, number));
                    self.pattern(element, part);
                }
            }
            Pat::Slice(it) => {
                let element = self.made_of(subject, Expression::Element);
                for pattern in &it.elems {
                    self.pattern(pattern, element);
                }
            }
            Pat::Or(it) => it.cases.iter().for_each(|case| self.pattern(case, subject)),
            Pat::TupleStruct(it) => self.tuple_pattern(it, subject),
            Pat::Struct(it) => self.struct_pattern(it, subject),
            _ => visit::visit_pat(self, pattern),
        }
    }

    fn tuple_pattern(&mut self, it: &PatTupleStruct, subject: ExprIx) {
        let path = self.path(it.qself.as_ref(), &it.path, DependencyKind::Type, Namespace::Value);
        let mut seen_rest = false;
        for (number, element) in it.elems.iter().enumerate() {
            seen_rest |= matches!(element, Pat::Rest(_));
            let part = match path {
                Some(path) if !seen_rest => {
                    self.push_value(Expression::PatternField(subject, path, index(number)))
                }
                _ => 0,
            };
            self.pattern(element, part);
        }
    }

    fn struct_pattern(&mut self, it: &PatStruct, subject: ExprIx) {
        let path = self.path(it.qself.as_ref(), &it.path, DependencyKind::Type, Namespace::Type);
        for field in &it.fields {
            let name = match &field.member {
                Member::Named(ident) => self.symbol(ident),
                Member::Unnamed(number) => self.symbol(&number.index),
            };
            self.with_attributes(&field.attrs, |reader| {
                let part = match path {
                    Some(path) => reader.push_value(Expression::PatternName(subject, path, name)),
                    None => 0,
                };
                reader.pattern(&field.pat, part);
            });
        }
    }

    /// `name` in a pattern binds a variable, unless it is a constant or a unit variant:
    /// those begin with a capital letter in all code that compiles without warnings.
    fn identifier(&mut self, pattern: &PatIdent, subject: ExprIx) {
        let name = self.symbol(&pattern.ident);
        let constant = pattern.by_ref.is_none()
            && pattern.mutability.is_none()
            && pattern.subpat.is_none()
            && self.text(name).starts_with(char::is_uppercase);
        if constant {
            let path = Path::from(pattern.ident.clone());
            let outer = std::mem::replace(&mut self.speculative, true);
            self.record(&path, 1, DependencyKind::Type, Namespace::Value);
            self.speculative = outer;
            return;
        }
        match &pattern.subpat {
            None => self.bind_local(&pattern.ident, subject),
            // `rest @ ..` is a slice of what is matched, not one element of it.
            Some((_, inner)) if matches!(**inner, Pat::Rest(_)) => {
                self.bind_local(&pattern.ident, 0);
            }
            Some((_, inner)) => {
                self.bind_local(&pattern.ident, subject);
                self.pattern(inner, subject);
            }
        }
    }
}
