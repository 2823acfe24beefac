//! Expressions: what is needed to tell what they hand over.

use layers_rules::facts::{DependencyKind, Span};
use syn::visit::{self, Visit};
use syn::{
    Block, Expr, ExprClosure, ExprMatch, ExprMethodCall, ExprPath, Member, ReturnType, Stmt, UnOp,
};

use super::item_tree::Namespace;
use super::reader::{Reader, index};
use super::shapes::{ExprIx, Expression, ListIx, TypeIx};
use super::types::Entries;

impl Reader<'_> {
    /// Reads an expression and gives its shape.
    pub(super) fn value(&mut self, expression: &Expr) -> ExprIx {
        self.visit_expr(expression);
        std::mem::take(&mut self.value_shape)
    }

    pub(super) fn expression(&mut self, expression: &Expr) -> ExprIx {
        match expression {
            // A `let` binds in the rest of its condition and in what the condition guards.
            Expr::Let(condition) => {
                let subject = self.value(&condition.expr);
                self.pattern(&condition.pat, subject);
                0
            }
            Expr::Verbatim(tokens) => {
                self.scan(tokens.clone(), DependencyKind::Call);
                0
            }
            Expr::Path(it) => self.path_value(it),
            Expr::Paren(it) => self.value(&it.expr),
            Expr::Group(it) => self.value(&it.expr),
            Expr::Reference(it) => self.value(&it.expr),
            Expr::Unary(it) => {
                let value = self.value(&it.expr);
                if matches!(it.op, UnOp::Deref(_)) { value } else { 0 }
            }
            Expr::Call(it) => {
                let callee = self.value(&it.func);
                let arguments = self.arguments(&it.args, 0);
                self.made_of(callee, |callee| Expression::Call(callee, arguments))
            }
            Expr::MethodCall(it) => self.method_call(it),
            Expr::Field(it) => {
                let receiver = self.value(&it.base);
                if receiver == 0 {
                    return 0;
                }
                let (name, span) = match &it.member {
                    Member::Named(ident) => (self.symbol(ident), ident.span()),
                    Member::Unnamed(number) => (self.symbol(&number.index), number.span),
                };
                let start = self.name_start(span);
                self.push_value(Expression::Field { receiver, name, start })
            }
            Expr::Try(it) => {
                let inner = self.value(&it.expr);
                self.made_of(inner, Expression::Try)
            }
            Expr::Await(it) => {
                let inner = self.value(&it.base);
                self.made_of(inner, Expression::Await)
            }
            Expr::Cast(it) => {
                self.visit_expr(&it.expr);
                let written = self.written_type(&it.ty);
                self.typed(written)
            }
            Expr::Tuple(it) => {
                let elements = self.arguments(&it.elems, 0);
                self.made_of(elements, Expression::Tuple)
            }
            Expr::Array(it) => {
                let elements: Entries =
                    it.elems.iter().map(|element| self.value(element)).collect();
                let first = elements.first().copied().unwrap_or(0);
                self.made_of(first, Expression::Array)
            }
            Expr::Repeat(it) => {
                let element = self.value(&it.expr);
                self.visit_expr(&it.len);
                self.made_of(element, Expression::Array)
            }
            Expr::Index(it) => {
                let base = self.value(&it.expr);
                self.visit_expr(&it.index);
                if matches!(*it.index, Expr::Range(_)) {
                    return base;
                }
                self.made_of(base, Expression::Index)
            }
            Expr::Block(it) => self.block(&it.block),
            Expr::Unsafe(it) => self.block(&it.block),
            Expr::Async(it) => {
                let body = self.block(&it.block);
                self.made_of(body, Expression::Future)
            }
            Expr::If(it) => {
                let mark = self.mark();
                self.visit_expr(&it.cond);
                let then = self.block(&it.then_branch);
                self.reset(mark);
                let mut branches = Entries::from_slice(&[then]);
                if let Some((_, otherwise)) = &it.else_branch {
                    branches.push(self.value(otherwise));
                }
                self.branches(&branches)
            }
            Expr::Match(it) => self.match_value(it),
            Expr::Closure(it) => self.closure(it),
            _ => {
                visit::visit_expr(self, expression);
                0
            }
        }
    }

    fn path_value(&mut self, it: &ExprPath) -> ExprIx {
        let recorded =
            self.path(it.qself.as_ref(), &it.path, DependencyKind::Call, Namespace::Value);
        self.arguments = 0;
        if let Some(path) = recorded {
            return self.push_value(Expression::Path(path));
        }
        if it.qself.is_some() {
            return 0;
        }
        let segments = &it.path.segments;
        let first = &segments[0].ident;
        match segments.len() {
            1 if first == "self" => self.push_value(Expression::SelfValue),
            1 if first == "Self" => self.push_value(Expression::SelfConstructor),
            1 => {
                let name = self.symbol(first);
                self.local(name).unwrap_or(0)
            }
            2 if first == "Self" => {
                let name = self.symbol(&segments[1].ident);
                self.push_value(Expression::SelfPath(name))
            }
            _ => 0,
        }
    }

    /// The call comes before its arguments, so that closures among them can refer to it.
    fn method_call(&mut self, it: &ExprMethodCall) -> ExprIx {
        let receiver = self.value(&it.receiver);
        if let Some(turbofish) = &it.turbofish {
            self.visit_angle_bracketed_generic_arguments(turbofish);
        }
        if receiver == 0 {
            self.unknown_call(&it.method);
            self.arguments(&it.args, 0);
            return 0;
        }
        let name = self.symbol(&it.method);
        let start = self.name_start(it.method.span());
        let call = self.push_value(Expression::Method { receiver, name, start, arguments: 0 });
        let list = self.arguments(&it.args, call);
        if let Expression::Method { arguments, .. } =
            &mut self.tree.shapes.expressions[call as usize]
        {
            *arguments = list;
        }
        call
    }

    /// Arguments of which none is known are no list at all.
    fn arguments<'ast>(
        &mut self,
        arguments: impl IntoIterator<Item = &'ast Expr>,
        call: ExprIx,
    ) -> ListIx {
        let mut values = Entries::new();
        for argument in arguments {
            self.handed(argument);
            self.closure_of = if matches!(argument, Expr::Closure(_)) { call } else { 0 };
            values.push(self.value(argument));
        }
        if values.iter().all(|value| *value == 0) { 0 } else { self.push_list(&values) }
    }

    fn match_value(&mut self, it: &ExprMatch) -> ExprIx {
        let subject = self.value(&it.expr);
        let mut branches = Entries::new();
        for arm in &it.arms {
            let value = self.with_attributes(&arm.attrs, |reader| {
                let mark = reader.mark();
                reader.pattern(&arm.pat, subject);
                let value = reader.value(&arm.body);
                reader.reset(mark);
                value
            });
            branches.push(value);
        }
        self.branches(&branches)
    }

    fn branches(&mut self, values: &[ExprIx]) -> ExprIx {
        let known: Entries = values.iter().copied().filter(|value| *value != 0).collect();
        match known[..] {
            [] => 0,
            [only] => only,
            _ => {
                let list = self.push_list(&known);
                self.push_value(Expression::Branches(list))
            }
        }
    }

    fn closure(&mut self, it: &ExprClosure) -> ExprIx {
        let call = std::mem::take(&mut self.closure_of);
        let mark = self.mark();
        for (number, input) in it.inputs.iter().enumerate() {
            let number = index(number);
            let subject = self.made_of(call, |call| Expression::ClosureParameter(call, number));
            self.pattern(input, subject);
        }
        let written = match &it.output {
            ReturnType::Default => 0,
            ReturnType::Type(_, written) => self.written_type(written),
        };
        let body = self.value(&it.body);
        self.reset(mark);
        let result = if written == 0 { body } else { self.typed(written) };
        self.made_of(result, Expression::Closure)
    }

    /// Reads a block; gives the shape of what it ends with.
    pub(super) fn block(&mut self, block: &Block) -> ExprIx {
        self.visit_block(block);
        std::mem::take(&mut self.value_shape)
    }

    pub(super) fn statements(&mut self, block: &Block) -> ExprIx {
        let Some((last, others)) = block.stmts.split_last() else { return 0 };
        for statement in others {
            self.visit_stmt(statement);
        }
        self.value_shape = 0;
        self.visit_stmt(last);
        let value = std::mem::take(&mut self.value_shape);
        if matches!(last, Stmt::Expr(_, None)) { value } else { 0 }
    }

    pub(super) fn typed(&mut self, written: TypeIx) -> ExprIx {
        self.made_of(written, Expression::Typed)
    }

    /// An expression made of another; nothing is known of it when nothing is of that.
    pub(super) fn made_of(&mut self, inner: u32, make: impl FnOnce(u32) -> Expression) -> ExprIx {
        if inner == 0 { 0 } else { self.push_value(make(inner)) }
    }

    pub(super) fn push_value(&mut self, expression: Expression) -> ExprIx {
        let here = self.place();
        let shapes = &mut self.tree.shapes;
        let next = index(shapes.expressions.len());
        shapes.expressions.push(expression);
        if shapes.places.last().is_none_or(|(_, place)| *place != here) {
            shapes.places.push((next, here));
        }
        next
    }

    /// Where a name begins, a leading `r#` apart.
    pub(super) fn name_start(&self, span: proc_macro2::Span) -> u32 {
        let start = self.source.start(span);
        let raw = self.source.text(Span { start, end: start + 2 }) == "r#";
        start + if raw { 2 } else { 0 }
    }
}
