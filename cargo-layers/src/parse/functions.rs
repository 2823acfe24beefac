//! Functions: what they take, what they return, and what they are like.

use layers_rules::facts::{self, Modifiers};
use syn::visit::Visit;
use syn::{Block, GenericArgument, Pat, PathArguments, ReceiverKind, ReturnType, Safety};

use super::parts::{Input, Stretch};
use super::reader::{Reader, count};
use super::shapes::{Receiver, Signature};
use super::types::Entries;

impl Reader<'_> {
    /// A signature whose generics are already in scope, and a body.
    pub(super) fn function(&mut self, signature: &syn::Signature, body: Option<&Block>) {
        let mut parameters = Entries::new();
        let mut receiver = Receiver::None;
        for input in &signature.inputs {
            match input {
                syn::FnArg::Receiver(it) => {
                    receiver = match &it.kind {
                        ReceiverKind::Typed(_, written) if is_pin(written) => Receiver::Pinned,
                        _ => Receiver::Plain,
                    };
                    self.under(&it.attrs, |reader| reader.visit_receiver(it));
                }
                syn::FnArg::Typed(it) => {
                    self.with_attributes(&it.attrs, |reader| {
                        let (written, mentions) =
                            reader.in_signature(|reader| reader.written_type(&it.ty));
                        parameters.push(written);
                        reader.input(it, mentions);
                        let subject = reader.typed(written);
                        reader.pattern(&it.pat, subject);
                    });
                }
            }
        }
        self.form_of(signature, count(parameters.len()));
        let returns = match &signature.output {
            ReturnType::Default => 0,
            ReturnType::Type(_, written) => {
                let (shape, mentions) = self.in_signature(|reader| reader.written_type(written));
                let item = self.item;
                if let Some(parts) = self.signature_parts() {
                    parts.results.extend(item.map(|item| (item, mentions)));
                }
                shape
            }
        };
        if let Some(item) = self.item {
            let parameters = self.push_list(&parameters);
            let is_async = signature.asyncness.is_some();
            let signature = Signature { item, returns, parameters, receiver, is_async };
            self.tree.shapes.signatures.push(signature);
        }
        if let Some(body) = body {
            self.body_at(body.brace_token.span.open());
            self.visit_block(body);
        }
    }

    fn input(&mut self, it: &syn::PatType, mentions: Stretch) {
        let Some(item) = self.item else { return };
        let (name, span) = match &*it.pat {
            Pat::Ident(it) => (self.symbol(&it.ident), self.span(it.ident.span())),
            _ => (self.symbol(&"_"), self.span(it.colon_token.span)),
        };
        if let Some(parts) = self.signature_parts() {
            parts.inputs.push(Input { item, name, span, mentions });
        }
    }

    /// Notes what the function that is read is like.
    fn form_of(&mut self, signature: &syn::Signature, parameters: u16) {
        let Some(item) = self.item else { return };
        let form = &mut self.tree.items[item as usize].form;
        form.parameters = parameters;
        form.receiver = receiver(signature.receiver());
        form.modifiers.set(Modifiers::ASYNC, signature.asyncness.is_some());
        form.modifiers.set(Modifiers::CONST, signature.constness.is_some());
        form.modifiers.set(Modifiers::UNSAFE, matches!(signature.safety, Safety::Unsafe(_)));
    }
}

/// How a function takes `self`, a pointer around it and `Pin` seen through where they
/// borrow it.
fn receiver(receiver: Option<&syn::Receiver>) -> facts::Receiver {
    match receiver.map(|receiver| &receiver.kind) {
        None => facts::Receiver::None,
        Some(ReceiverKind::Reference(_, _, mutability)) => borrowed(mutability.is_some()),
        Some(ReceiverKind::Typed(_, written)) => of_type(written),
        Some(_) => facts::Receiver::Owned,
    }
}

fn borrowed(mutably: bool) -> facts::Receiver {
    if mutably { facts::Receiver::Mut } else { facts::Receiver::Ref }
}

fn of_type(written: &syn::Type) -> facts::Receiver {
    match written {
        syn::Type::Reference(it) => borrowed(it.mutability.is_some()),
        syn::Type::Path(it) if is_pin(written) => {
            let last = it.path.segments.last().map(|segment| &segment.arguments);
            let Some(PathArguments::AngleBracketed(arguments)) = last else {
                return facts::Receiver::Owned;
            };
            match arguments.args.first() {
                Some(GenericArgument::Type(pinned)) => of_type(pinned),
                _ => facts::Receiver::Owned,
            }
        }
        _ => facts::Receiver::Owned,
    }
}

fn is_pin(written: &syn::Type) -> bool {
    matches!(written, syn::Type::Path(it)
        if it.path.segments.last().is_some_and(|last| last.ident == "Pin"))
}
