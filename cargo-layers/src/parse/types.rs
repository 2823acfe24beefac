//! Written types, bounds and generic parameters: their paths, and their shape.

use layers_rules::facts::DependencyKind;
use smallvec::SmallVec;
use syn::visit::{self, Visit};
use syn::{
    GenericArgument, GenericParam, Generics, Path, PathArguments, QSelf, ReturnType, Type,
    TypeParamBound, WherePredicate,
};

use super::item_tree::{Namespace, PathIndex};
use super::parts::Mentioned;
use super::reader::{Reader, index};
use super::shapes::{ListIx, Parameter, TypeIx, TypeShape};

/// The entries of a list while it is built.
pub(super) type Entries = SmallVec<[u32; 8]>;

impl Reader<'_> {
    /// Reads a type and gives its shape.
    pub(super) fn written_type(&mut self, written: &Type) -> TypeIx {
        self.visit_type(written);
        std::mem::take(&mut self.type_shape)
    }

    /// Reads what a constant, a static, an alias or an associated type declares.
    pub(super) fn declared_type(&mut self, written: &Type) {
        let (shape, _) = self.in_signature(|reader| reader.written_type(written));
        if let Some(item) = self.item
            && shape != 0
        {
            self.tree.shapes.declared.push((item, shape));
        }
    }

    pub(super) fn type_of_any_kind(&mut self, written: &Type) -> TypeIx {
        match written {
            Type::Verbatim(tokens) => {
                self.scan(tokens.clone(), DependencyKind::Type);
                0
            }
            Type::Path(it) => self.type_path(it.qself.as_ref(), &it.path),
            Type::Reference(it) => self.written_type(&it.elem),
            Type::Paren(it) => self.written_type(&it.elem),
            Type::Group(it) => self.written_type(&it.elem),
            Type::Slice(it) => {
                let element = self.written_type(&it.elem);
                self.push_type(TypeShape::Slice(element))
            }
            Type::Array(it) => {
                let element = self.written_type(&it.elem);
                self.visit_expr(&it.len);
                self.push_type(TypeShape::Slice(element))
            }
            Type::Tuple(it) => {
                let elements: Entries =
                    it.elems.iter().map(|element| self.written_type(element)).collect();
                let elements = self.push_list(&elements);
                self.push_type(TypeShape::Tuple(elements))
            }
            Type::ImplTrait(it) => {
                let bounds = self.bounds(&it.bounds);
                self.push_type(TypeShape::Traits(bounds))
            }
            Type::TraitObject(it) => {
                let bounds = self.bounds(&it.bounds);
                self.push_type(TypeShape::Traits(bounds))
            }
            Type::FnPtr(_) => {
                let word = self.symbol(&"fn");
                self.mention(Mentioned::Word(word));
                visit::visit_type(self, written);
                0
            }
            _ => {
                visit::visit_type(self, written);
                0
            }
        }
    }

    fn type_path(&mut self, qself: Option<&QSelf>, path: &Path) -> TypeIx {
        let recorded = self.path(qself, path, DependencyKind::Type, Namespace::Type);
        let arguments = std::mem::take(&mut self.arguments);
        self.shape_of_path(qself, path, recorded, arguments)
    }

    /// The shape of a path that has been recorded as a type.
    pub(super) fn shape_of_path(
        &mut self,
        qself: Option<&QSelf>,
        path: &Path,
        recorded: Option<PathIndex>,
        arguments: ListIx,
    ) -> TypeIx {
        if qself.is_some() {
            return 0;
        }
        if let Some(recorded) = recorded {
            return self.push_type(TypeShape::Path(recorded, arguments));
        }
        let first = &path.segments[0].ident;
        let shape = match path.segments.len() {
            1 if first == "Self" => TypeShape::SelfType,
            2 if first == "Self" => TypeShape::SelfMember(self.symbol(&path.segments[1].ident)),
            1 => {
                let name = self.symbol(first);
                if !self.is_generic(name) {
                    return 0;
                }
                TypeShape::Parameter(name)
            }
            _ => return 0,
        };
        self.push_type(shape)
    }

    /// Reads generic arguments; gives those of the last segment.
    pub(super) fn generic_arguments(&mut self, path: &Path) -> ListIx {
        let mut last = 0;
        for segment in &path.segments {
            last = match &segment.arguments {
                PathArguments::None => 0,
                PathArguments::AngleBracketed(it) => {
                    let mut entries = Entries::new();
                    for argument in &it.args {
                        entries.extend(self.generic_argument(argument));
                    }
                    self.push_list(&entries)
                }
                PathArguments::Parenthesized(it) => {
                    let inputs: Entries =
                        it.inputs.iter().map(|input| self.written_type(&input.ty)).collect();
                    let inputs = self.push_list(&inputs);
                    let mut entries = Entries::new();
                    entries.push(self.push_type(TypeShape::Tuple(inputs)));
                    if let ReturnType::Type(_, output) = &it.output {
                        let output = self.written_type(output);
                        let name = self.symbol(&"Output");
                        entries.push(self.push_type(TypeShape::Member(name, output)));
                    }
                    self.push_list(&entries)
                }
            };
        }
        last
    }

    /// `None` for a lifetime and a constraint: neither is a type's argument.
    fn generic_argument(&mut self, argument: &GenericArgument) -> Option<TypeIx> {
        match argument {
            GenericArgument::Lifetime(_) => None,
            GenericArgument::Type(written) => {
                let shape = self.written_type(written);
                // A lone name as an argument may be a type or a constant.
                if let TypeShape::Path(path, _) = self.tree.shapes.types[shape as usize]
                    && matches!(written, Type::Path(it) if it.path.get_ident().is_some())
                {
                    self.tree.paths[path as usize].namespace = None;
                }
                Some(shape)
            }
            GenericArgument::AssocType(it) => {
                if let Some(arguments) = &it.generics {
                    self.visit_angle_bracketed_generic_arguments(arguments);
                }
                let written = self.written_type(&it.ty);
                let name = self.symbol(&it.ident);
                Some(self.push_type(TypeShape::Member(name, written)))
            }
            GenericArgument::Constraint(it) => {
                self.visit_constraint(it);
                None
            }
            GenericArgument::Const(value) => {
                self.visit_expr(value);
                Some(0)
            }
            _ => {
                visit::visit_generic_argument(self, argument);
                Some(0)
            }
        }
    }

    /// Reads bounds; gives their traits.
    pub(super) fn bounds<'ast>(
        &mut self,
        bounds: impl IntoIterator<Item = &'ast TypeParamBound>,
    ) -> ListIx {
        let mut traits = Entries::new();
        for bound in bounds {
            match bound {
                TypeParamBound::Trait(it) => {
                    let shape = self.type_path(None, &it.path);
                    traits.extend((shape != 0).then_some(shape));
                }
                _ => self.visit_type_param_bound(bound),
            }
        }
        self.push_list(&traits)
    }

    /// Binds the parameters and reads their bounds.
    pub(super) fn generic_parameters(&mut self, generics: &Generics) {
        for parameter in &generics.params {
            match parameter {
                GenericParam::Type(parameter) => self.bind_generic(&parameter.ident),
                GenericParam::Const(parameter) => self.bind_generic(&parameter.ident),
                GenericParam::Lifetime(_) => {}
            }
        }
        for parameter in &generics.params {
            match parameter {
                GenericParam::Type(it) => {
                    self.attributes(&it.attrs);
                    let bounds = self.bounds(&it.bounds);
                    if let Some((_, default)) = &it.default {
                        self.visit_type(default);
                    }
                    self.parameter(&it.ident, bounds, true);
                }
                GenericParam::Const(it) => {
                    self.visit_const_param(it);
                    self.parameter(&it.ident, 0, true);
                }
                GenericParam::Lifetime(it) => self.visit_lifetime_param(it),
            }
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            let WherePredicate::Type(it) = predicate else {
                self.visit_where_predicate(predicate);
                continue;
            };
            self.visit_type(&it.bounded_ty);
            self.type_shape = 0;
            let bounds = self.bounds(&it.bounds);
            if let Type::Path(path) = &it.bounded_ty
                && let Some(name) = path.path.get_ident()
            {
                self.parameter(name, bounds, false);
            }
        }
    }

    fn parameter(&mut self, name: &proc_macro2::Ident, bounds: ListIx, declared: bool) {
        if let Some(item) = self.item {
            let name = self.symbol(name);
            self.tree.shapes.parameters.push(Parameter { item, name, bounds, declared });
        }
    }

    pub(super) fn push_type(&mut self, shape: TypeShape) -> TypeIx {
        self.tree.shapes.types.push(shape);
        index(self.tree.shapes.types.len() - 1)
    }

    pub(super) fn push_list(&mut self, entries: &[u32]) -> ListIx {
        if entries.is_empty() {
            return 0;
        }
        let lists = &mut self.tree.shapes.lists;
        let start = index(lists.len());
        lists.push(index(entries.len()));
        lists.extend_from_slice(entries);
        start
    }
}
