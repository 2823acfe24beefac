//! Types, patterns and expressions: every path in them, and the locals that hide names.

use layers_rules::facts::DependencyKind;
use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, Block, Expr, ExprClosure, ExprForLoop, ExprIf, ExprPath, ExprStruct, ExprWhile,
    Field, FieldPat, FieldValue, FnArg, GenericArgument, Generics, Item, Local, Macro, Pat,
    PatIdent, PatStruct, PatTupleStruct, Path, PathArguments, QSelf, Stmt, TraitBound, Type,
    TypePath,
};

use super::item_tree::{Namespace, ScopeKind};
use super::reader::Reader;

impl Reader<'_> {
    /// Records a path and reads its generic arguments.
    fn path(
        &mut self,
        qself: Option<&QSelf>,
        path: &Path,
        kind: DependencyKind,
        namespace: Namespace,
    ) {
        match qself {
            // `<T as a::Trait>::Item` names `a::Trait`; `<T>::Item` only `T`.
            Some(qself) => {
                self.visit_type(&qself.ty);
                if qself.position > 0 {
                    self.record(path, qself.position, DependencyKind::Type, Namespace::Type);
                }
            }
            None => {
                self.record(path, path.segments.len(), kind, namespace);
            }
        }
        self.generic_arguments(path);
    }

    pub(super) fn generic_arguments(&mut self, path: &Path) {
        for segment in &path.segments {
            if !matches!(segment.arguments, PathArguments::None) {
                self.visit_path_arguments(&segment.arguments);
            }
        }
    }

    fn with_attributes(&mut self, attributes: &[Attribute], read: impl FnOnce(&mut Self)) {
        if attributes.is_empty() {
            read(self);
            return;
        }
        self.under(attributes, |reader| {
            reader.attributes(attributes);
            read(reader);
        });
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

    fn visit_type_path(&mut self, path: &'ast TypePath) {
        self.path(path.qself.as_ref(), &path.path, DependencyKind::Type, Namespace::Type);
    }

    /// A lone name as an argument may be a type or a constant.
    fn visit_generic_argument(&mut self, argument: &'ast GenericArgument) {
        if let GenericArgument::Type(Type::Path(path)) = argument
            && path.qself.is_none()
            && path.path.get_ident().is_some()
        {
            let recorded = self.record(&path.path, 1, DependencyKind::Type, Namespace::Type);
            if let Some(recorded) = recorded {
                self.tree.paths[recorded as usize].namespace = None;
            }
        } else {
            visit::visit_generic_argument(self, argument);
        }
    }

    fn visit_fn_arg(&mut self, argument: &'ast FnArg) {
        let attributes = match argument {
            FnArg::Receiver(receiver) => &receiver.attrs,
            FnArg::Typed(typed) => &typed.attrs,
        };
        self.under(attributes, |reader| visit::visit_fn_arg(reader, argument));
    }

    fn visit_trait_bound(&mut self, bound: &'ast TraitBound) {
        self.path(None, &bound.path, DependencyKind::Type, Namespace::Type);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        self.path(path.qself.as_ref(), &path.path, DependencyKind::Call, Namespace::Value);
    }

    fn visit_expr_struct(&mut self, literal: &'ast ExprStruct) {
        self.path(literal.qself.as_ref(), &literal.path, DependencyKind::Type, Namespace::Type);
        for field in &literal.fields {
            self.visit_field_value(field);
        }
        if let Some(rest) = &literal.rest {
            self.visit_expr(rest);
        }
    }

    fn visit_pat_struct(&mut self, pattern: &'ast PatStruct) {
        self.path(pattern.qself.as_ref(), &pattern.path, DependencyKind::Type, Namespace::Type);
        for field in &pattern.fields {
            self.visit_field_pat(field);
        }
    }

    fn visit_pat_tuple_struct(&mut self, pattern: &'ast PatTupleStruct) {
        self.path(pattern.qself.as_ref(), &pattern.path, DependencyKind::Type, Namespace::Value);
        for element in &pattern.elems {
            self.visit_pat(element);
        }
    }

    fn visit_pat(&mut self, pattern: &'ast Pat) {
        match pattern {
            Pat::Path(path) => {
                self.path(path.qself.as_ref(), &path.path, DependencyKind::Type, Namespace::Value);
            }
            Pat::Verbatim(tokens) => self.scan(tokens.clone(), DependencyKind::Type),
            _ => visit::visit_pat(self, pattern),
        }
    }

    fn visit_type(&mut self, written: &'ast Type) {
        if let Type::Verbatim(tokens) = written {
            self.scan(tokens.clone(), DependencyKind::Type);
        } else {
            visit::visit_type(self, written);
        }
    }

    /// `name` in a pattern binds a variable, unless it is a constant or a unit variant:
    /// those begin with a capital letter in all code that compiles without warnings.
    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        let name = self.symbol(&pattern.ident);
        let constant = pattern.by_ref.is_none()
            && pattern.mutability.is_none()
            && pattern.subpat.is_none()
            && self.tree.text(name).starts_with(char::is_uppercase);
        if constant {
            let path = Path::from(pattern.ident.clone());
            let outer = std::mem::replace(&mut self.speculative, true);
            self.record(&path, 1, DependencyKind::Type, Namespace::Value);
            self.speculative = outer;
            return;
        }
        self.bind_local(&pattern.ident);
        if let Some((_, inner)) = &pattern.subpat {
            self.visit_pat(inner);
        }
    }

    fn visit_generics(&mut self, generics: &'ast Generics) {
        for parameter in &generics.params {
            match parameter {
                syn::GenericParam::Type(parameter) => self.bind_generic(&parameter.ident),
                syn::GenericParam::Const(parameter) => self.bind_generic(&parameter.ident),
                syn::GenericParam::Lifetime(_) => {}
            }
        }
        visit::visit_generics(self, generics);
    }

    fn visit_field(&mut self, field: &'ast Field) {
        self.with_attributes(&field.attrs, |reader| {
            reader.visibility(&field.vis);
            reader.visit_type(&field.ty);
            if let Some((_, default)) = &field.default {
                reader.visit_expr(default);
            }
        });
    }

    fn visit_field_value(&mut self, field: &'ast FieldValue) {
        self.with_attributes(&field.attrs, |reader| reader.visit_expr(&field.expr));
    }

    fn visit_field_pat(&mut self, field: &'ast FieldPat) {
        self.with_attributes(&field.attrs, |reader| reader.visit_pat(&field.pat));
    }

    fn visit_block(&mut self, block: &'ast Block) {
        let mark = self.mark();
        let declares = block.stmts.iter().any(|statement| {
            matches!(statement, Stmt::Item(_))
                || matches!(statement, Stmt::Macro(call) if call.semi_token.is_none())
        });
        if declares {
            let start = self.span(block.brace_token.span.open()).start;
            self.in_scope(ScopeKind::Block, start, |reader| {
                block.stmts.iter().for_each(|statement| reader.visit_stmt(statement));
            });
        } else {
            block.stmts.iter().for_each(|statement| self.visit_stmt(statement));
        }
        self.reset(mark);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        self.with_attributes(&local.attrs, |reader| {
            if let Some(init) = &local.init {
                reader.visit_expr(&init.expr);
                if let Some((_, diverge)) = &init.diverge {
                    reader.visit_expr(diverge);
                }
            }
            reader.visit_pat(&local.pat);
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
        match expression {
            // A `let` binds in the rest of its condition and in what the condition guards.
            Expr::Let(condition) => {
                self.visit_expr(&condition.expr);
                self.visit_pat(&condition.pat);
            }
            Expr::Verbatim(tokens) => self.scan(tokens.clone(), DependencyKind::Call),
            _ => visit::visit_expr(self, expression),
        }
    }

    fn visit_expr_if(&mut self, branch: &'ast ExprIf) {
        let mark = self.mark();
        self.visit_expr(&branch.cond);
        self.visit_block(&branch.then_branch);
        self.reset(mark);
        if let Some((_, otherwise)) = &branch.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, repeat: &'ast ExprWhile) {
        let mark = self.mark();
        self.visit_expr(&repeat.cond);
        self.visit_block(&repeat.body);
        self.reset(mark);
    }

    fn visit_expr_for_loop(&mut self, repeat: &'ast ExprForLoop) {
        self.visit_expr(&repeat.expr);
        let mark = self.mark();
        self.visit_pat(&repeat.pat);
        self.visit_block(&repeat.body);
        self.reset(mark);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        let mark = self.mark();
        for input in &closure.inputs {
            self.visit_pat(input);
        }
        self.visit_return_type(&closure.output);
        self.visit_expr(&closure.body);
        self.reset(mark);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.with_attributes(&arm.attrs, |reader| {
            let mark = reader.mark();
            reader.visit_pat(&arm.pat);
            reader.visit_expr(&arm.body);
            reader.reset(mark);
        });
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
