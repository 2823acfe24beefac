//! Items with what they are made of.

use super::World;
use crate::facts::{
    DependencyKind, Field, Impl, Import, ItemId, ItemKind, LocalUse, Mention, Mentions, MethodCall,
    Parameter, Reference, Signature, Span, Target, Visibility,
};

impl World {
    /// The id of the item at `path`.
    pub(crate) fn id(&mut self, path: &str) -> ItemId {
        match self.thing(path) {
            Target::Item(item) => item,
            other => panic!("{path} is {other:?}"),
        }
    }

    /// A method in an impl of its own for a type.
    pub(crate) fn method(&mut self, of: &str, name: &str) -> ItemId {
        let self_type = self.thing(of);
        let module = self.facts.target_module(self_type).expect("in the workspace");
        let name_of_type = of.rsplit("::").next().unwrap_or_default();
        let block = self.add_item(module, None, name_of_type, ItemKind::Impl);
        self.facts.impls.push(Impl { item: block, self_type: Some(self_type), of_trait: None });
        self.add_item(module, Some(block), name, ItemKind::Method)
    }

    /// A method that a trait declares.
    pub(crate) fn required(&mut self, of: &str, name: &str) -> ItemId {
        let parent = self.id(of);
        let module = self.facts.items[parent.index()].module;
        self.add_item(module, Some(parent), name, ItemKind::Method)
    }

    fn mention(&mut self, path: &str) -> Mention {
        let is_path = path.contains("::");
        let written = self.facts.names.intern(path.rsplit("::").next().unwrap_or(path));
        let target = is_path.then(|| self.thing(path));
        let span = is_path.then_some(Span { start: 7, end: 9 });
        Mention { reference: Reference { written, target }, span }
    }

    /// Adds what is mentioned in one place: paths, or words of the language.
    fn mentions(&mut self, paths: &[&str]) -> Mentions {
        let start = u32::try_from(self.facts.mentions.len()).expect("few");
        for path in paths {
            let mention = self.mention(path);
            self.facts.mentions.push(mention);
        }
        Mentions { start, end: u32::try_from(self.facts.mentions.len()).expect("few") }
    }

    /// What the signature of an item mentions beside its fields and parameters.
    pub(crate) fn mentioning(&mut self, item: ItemId, paths: &[&str]) {
        let mentions = self.mentions(paths);
        self.signed(item, mentions, None);
    }

    fn signed(&mut self, item: ItemId, mentions: Mentions, returns: Option<Mentions>) {
        let len = self.facts.items.len();
        self.facts.signatures.resize(len, Signature::default());
        self.facts.signatures[item.index()] = Signature { mentions, returns };
    }

    /// The fields of an item, each with what its type mentions.
    pub(crate) fn fields(&mut self, path: &str, fields: &[(&str, Visibility, &[&str])]) {
        let item = self.id(path);
        let mut all = self.mentions(&[]);
        for (name, visibility, paths) in fields {
            let mentions = self.mentions(paths);
            all.end = mentions.end;
            let name = self.facts.names.intern(name);
            let start = 5000 + 10 * u32::try_from(self.facts.fields.len()).expect("few");
            self.facts.fields.push(Field {
                item,
                name,
                visibility: *visibility,
                span: Span { start, end: start + 5 },
                documented: false,
                attributes: Vec::new(),
                mentions,
            });
        }
        self.facts.fields.sort_by_key(|field| field.item);
        self.signed(item, all, None);
    }

    /// The parameters of a function and what it returns, each with what its type mentions.
    pub(crate) fn takes(
        &mut self,
        item: ItemId,
        parameters: &[(&str, &[&str])],
        returns: Option<&[&str]>,
    ) {
        let mut all = self.mentions(&[]);
        for (name, paths) in parameters {
            let mentions = self.mentions(paths);
            let name = self.facts.names.intern(name);
            let span = Span { start: 3, end: 4 };
            self.facts.parameters.push(Parameter { item, name, span, mentions });
        }
        let returns = returns.map(|paths| self.mentions(paths));
        all.end = u32::try_from(self.facts.mentions.len()).expect("few");
        self.facts.parameters.sort_by_key(|parameter| parameter.item);
        self.signed(item, all, returns);
    }

    /// An import of `to` under the name `name`.
    pub(crate) fn imports(&mut self, module: &str, name: &str, to: &str) -> &mut Import {
        let module = self.module(module);
        let mentions = self.mentions(&[to]);
        let (name, written) = (self.facts.names.intern(name), self.facts.names.intern(to));
        let start = 8000 + 10 * u32::try_from(self.facts.imports.len()).expect("few");
        self.facts.imports.push(Import {
            module,
            item: None,
            name,
            written,
            visibility: Visibility::Private,
            file: self.facts.modules[module.index()].file,
            span: Span { start, end: start + 5 },
            mentions,
            attributes: Vec::new(),
            test: false,
            cfg: None,
        });
        self.facts.imports.last_mut().expect("just added")
    }

    /// Gives an item a body, in which it uses things of other modules, things of its own,
    /// and calls methods. Everything must be in one file.
    pub(crate) fn body(&mut self, item: ItemId, far: &[&str], near: &[&str], methods: &[&str]) {
        let start = 10_000 + 1000 * item.number();
        let file = self.facts.items[item.index()].file;
        let module = self.facts.items[item.index()].module;
        self.facts.items[item.index()].body = Some(Span { start, end: start + 1000 });
        let mut next = start;
        let mut span = || {
            next += 10;
            Span { start: next, end: next + 5 }
        };
        for to in far {
            let from = self.facts.module_path(module);
            let id = self.uses(&from, to);
            let dependency = self.dependency(id);
            (dependency.item, dependency.file, dependency.span) = (Some(item), file, span());
        }
        for to in near {
            let written = self.facts.names.intern(to);
            let (to, span) = (self.thing(to), span());
            let (item, kind, test) = (Some(item), DependencyKind::Call, false);
            let local = LocalUse { module, item, to, written, kind, file, span, test };
            self.facts.local_uses.push(local);
        }
        for name in methods {
            let (name, span) = (self.facts.names.intern(name), span());
            self.facts.method_calls.push(MethodCall { module, file, span, name });
        }
        self.facts.dependencies.sort_by_key(|edge| (edge.file, edge.span));
        self.facts.local_uses.sort_by_key(|local| (local.file, local.span));
        self.facts.method_calls.sort_by_key(|call| (call.file, call.span));
    }
}
