//! Types, patterns and expressions: every path in them, and the locals that hide names.

use layers_rules::facts::DependencyKind;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Block, Expr, ExprForLoop, ExprStruct, ExprWhile, FieldValue, Generics, Item, Local,
    Macro, Pat, Path, QSelf, Stmt, TraitBound, Type,
};

use super::item_tree::{Namespace, PathIndex, ScopeKind};
use super::reader::Reader;
use super::shapes::Expression;

impl Reader<'_> {
    /// Records a path and reads its generic arguments, which are left in `arguments`.
    pub(super) fn path(
        &mut self,
        qself: Option<&QSelf>,
        path: &Path,
        kind: DependencyKind,
        namespace: Namespace,
    ) -> Option<PathIndex> {
        let recorded = match qself {
            // `<T as a::Trait>::Item` names `a::Trait`; `<T>::Item` only `T`.
            Some(qself) => {
                self.visit_type(&qself.ty);
                if qself.position > 0 {
                    self.record(path, qself.position, DependencyKind::Type, Namespace::Type);
                }
                None
            }
            None => self.record(path, path.segments.len(), kind, namespace),
        };
        self.arguments = self.generic_arguments(path);
        recorded
    }

    pub(super) fn with_attributes<T>(
        &mut self,
        attributes: &[Attribute],
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        if attributes.is_empty() {
            return read(self);
        }
        self.under(attributes, |reader| {
            reader.attributes(attributes);
            read(reader)
        })
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.attributes(std::slice::from_ref(attribute));
    }

    fn visit_item(&mut self, item: &'ast Item) {
        self.one_item(item);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.macro_call(call);
    }

    fn visit_trait_bound(&mut self, bound: &'ast TraitBound) {
        self.path(None, &bound.path, DependencyKind::Type, Namespace::Type);
    }

    fn visit_expr_struct(&mut self, literal: &'ast ExprStruct) {
        let qself = literal.qself.as_ref();
        let recorded = self.path(qself, &literal.path, DependencyKind::Type, Namespace::Type);
        let arguments = std::mem::take(&mut self.arguments);
        let written = self.shape_of_path(qself, &literal.path, recorded, arguments);
        for field in &literal.fields {
            self.visit_field_value(field);
        }
        if let Some(rest) = &literal.rest {
            self.visit_expr(rest);
        }
        self.value_shape = self.typed(written);
    }

    fn visit_pat(&mut self, pattern: &'ast Pat) {
        let subject = std::mem::take(&mut self.subject);
        self.pattern_of_any_kind(pattern, subject);
    }

    fn visit_type(&mut self, written: &'ast Type) {
        self.type_shape = self.type_of_any_kind(written);
    }

    fn visit_generics(&mut self, generics: &'ast Generics) {
        self.generic_parameters(generics);
    }

    fn visit_field_value(&mut self, field: &'ast FieldValue) {
        self.with_attributes(&field.attrs, |reader| reader.visit_expr(&field.expr));
    }

    fn visit_block(&mut self, block: &'ast Block) {
        let mark = self.mark();
        let declares = block.stmts.iter().any(|statement| {
            matches!(statement, Stmt::Item(_))
                || matches!(statement, Stmt::Macro(call) if call.semi_token.is_none())
        });
        let mut value = 0;
        if declares {
            let start = self.source.start(block.brace_token.span.open());
            self.in_scope(ScopeKind::Block, start, |reader| value = reader.statements(block));
        } else {
            value = self.statements(block);
        }
        self.reset(mark);
        self.value_shape = value;
    }

    fn visit_local(&mut self, local: &'ast Local) {
        self.with_attributes(&local.attrs, |reader| {
            let mut subject = 0;
            if let Some(init) = &local.init {
                subject = reader.value(&init.expr);
                if let Some((_, diverge)) = &init.diverge {
                    reader.visit_expr(diverge);
                }
            }
            reader.pattern(&local.pat, subject);
        });
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        match statement {
            Stmt::Expr(expression, _) => {
                self.with_attributes(attributes_of(expression), |reader| {
                    reader.visit_expr(expression);
                });
            }
            Stmt::Macro(call) => {
                self.with_attributes(&call.attrs, |reader| reader.macro_call(&call.mac));
            }
            Stmt::Local(_) | Stmt::Item(_) => visit::visit_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        // The length of an array, say: what it names is no part of a signature.
        let outer = std::mem::take(&mut self.in_signature);
        self.value_shape = match expression {
            Expr::Struct(literal) => {
                self.visit_expr_struct(literal);
                self.value_shape
            }
            _ => self.expression(expression),
        };
        self.in_signature = outer;
    }

    fn visit_expr_while(&mut self, repeat: &'ast ExprWhile) {
        let mark = self.mark();
        self.visit_expr(&repeat.cond);
        self.visit_block(&repeat.body);
        self.reset(mark);
    }

    fn visit_expr_for_loop(&mut self, repeat: &'ast ExprForLoop) {
        let iterated = self.value(&repeat.expr);
        let mark = self.mark();
        let element = self.made_of(iterated, Expression::Element);
        self.pattern(&repeat.pat, element);
        self.visit_block(&repeat.body);
        self.reset(mark);
    }
}

/// The attributes of an expression that may carry a `#[cfg]` as a statement.
fn attributes_of(expression: &Expr) -> &[Attribute] {
    match expression {
        Expr::Assign(it) => &it.attrs,
        Expr::Async(it) => &it.attrs,
        Expr::Await(it) => &it.attrs,
        Expr::Binary(it) => &it.attrs,
        Expr::Block(it) => &it.attrs,
        Expr::Call(it) => &it.attrs,
        Expr::ForLoop(it) => &it.attrs,
        Expr::If(it) => &it.attrs,
        Expr::Loop(it) => &it.attrs,
        Expr::Macro(it) => &it.attrs,
        Expr::Match(it) => &it.attrs,
        Expr::MethodCall(it) => &it.attrs,
        Expr::Path(it) => &it.attrs,
        Expr::Return(it) => &it.attrs,
        Expr::Struct(it) => &it.attrs,
        Expr::Try(it) => &it.attrs,
        Expr::Unsafe(it) => &it.attrs,
        Expr::While(it) => &it.attrs,
        _ => &[],
    }
}
