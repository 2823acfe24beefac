//! Captures must have something to be compared with.

use std::collections::BTreeSet;

use super::operand::Resolver;
use super::{Layer, Operand, Term, TermKind};
use crate::pattern::{Capture, Pattern};
use crate::suggest;

impl Term {
    /// The patterns it stands for, a layer without a rest apart.
    pub(crate) fn patterns(&self) -> &[Pattern] {
        match &self.kind {
            TermKind::Path(pattern) => std::slice::from_ref(pattern),
            TermKind::Layer { within, .. } => within.as_deref().unwrap_or_default(),
        }
    }

    /// The captures that its text holds, which are not those of a name in it.
    pub(super) fn own_captures(&self) -> impl Iterator<Item = &Capture> {
        let captures = self.patterns().iter().flat_map(Pattern::captures);
        captures.filter(|capture| self.text.contains(&format!("<{}>", capture.spelled())))
    }

    /// The names under which it captures something, those of a layer it names included.
    fn captured_names<'t>(&'t self, layers: &'t [Layer]) -> BTreeSet<&'t str> {
        let of_layer = match self.kind {
            TermKind::Path(_) => None,
            TermKind::Layer { layer, .. } => layers.get(usize::from(layer.0)),
        };
        let of_layer = of_layer.into_iter().flat_map(Layer::captured_names);
        let own = self.patterns().iter().flat_map(Pattern::captures);
        own.map(|capture| capture.name.as_str()).chain(of_layer).collect()
    }
}

impl Layer {
    /// The names under which its members capture something.
    pub(crate) fn captured_names(&self) -> impl Iterator<Item = &str> {
        let patterns = self.members.iter().flat_map(Term::patterns);
        patterns.flat_map(Pattern::captures).map(|capture| capture.name.as_str())
    }
}

impl Operand {
    fn captured_names<'t>(&'t self, layers: &'t [Layer]) -> BTreeSet<&'t str> {
        self.terms.iter().flat_map(|term| term.captured_names(layers)).collect()
    }

    /// The names that only its own text gives, and only to say what a segment is not.
    fn only_denied_names(&self) -> BTreeSet<&str> {
        let captures = || self.terms.iter().flat_map(Term::patterns).flat_map(Pattern::captures);
        let plain: BTreeSet<&str> =
            captures().filter(|it| !it.is_other).map(|it| it.name.as_str()).collect();
        captures().map(|it| it.name.as_str()).filter(|name| !plain.contains(name)).collect()
    }
}

/// Whether two operands capture something by the same name.
pub(super) fn share_names(left: &Operand, right: &Operand, layers: &[Layer]) -> bool {
    !left.captured_names(layers).is_disjoint(&right.captured_names(layers))
}

/// Complains of captures in either operand, called `keys`, that are compared with nothing while
/// the other one captures something else: one of them is most likely misspelt. Where the other
/// one captures nothing, a capture stands for any value.
pub(super) fn check_pair(
    resolver: &mut Resolver<'_>,
    operands: [&Operand; 2],
    keys: [&str; 2],
    layers: &[Layer],
) {
    for (here, there) in [(0, 1), (1, 0)] {
        let captured = operands[there].captured_names(layers);
        let denied = operands[there].only_denied_names();
        for term in &operands[here].terms {
            check_term(resolver, term, &captured, &denied, keys[there]);
        }
    }
}

fn check_term(
    resolver: &mut Resolver<'_>,
    term: &Term,
    captured: &BTreeSet<&str>,
    denied: &BTreeSet<&str>,
    there: &str,
) {
    let own: Vec<&Capture> = term.own_captures().collect();
    for (index, capture) in own.iter().enumerate() {
        let name = capture.name.as_str();
        let is_in_pattern = own.iter().enumerate().any(|(other, it)| {
            other != index && it.name == name && (!it.is_other || !capture.is_other)
        });
        let is_compared = captured.contains(name) && !(capture.is_other && denied.contains(name));
        let is_any = captured.is_empty() && !capture.is_other;
        if is_in_pattern || is_compared || is_any {
            continue;
        }
        let near = suggest::closest(name, captured.iter().copied());
        let (message, help) = if capture.is_other {
            (
                format!("`<!{name}>` is another than `<{name}>`, which `{there}` does not capture"),
                format!("capture `<{name}>` in `{there}`"),
            )
        } else {
            (
                format!("`<{name}>` in `{}` is compared with nothing", term.text),
                format!(
                    "capture `<{name}>` in `{there}` too, or write `*` where the segment may differ"
                ),
            )
        };
        let help = near.map_or(help, |near| format!("did you mean `<{near}>`?"));
        resolver.complain(message, term.location.clone(), "a capture", Some(help));
    }
}

/// Complains of `<!name>` in a list that gives each value a part of its own.
pub(super) fn check_slices(resolver: &mut Resolver<'_>, terms: &[Term]) {
    for term in terms {
        if let Some(capture) = term.own_captures().find(|capture| capture.is_other) {
            let name = capture.name.clone();
            let message = format!(
                "`<!{name}>` says what a segment is not, and here nothing is compared with it"
            );
            let help = format!("write `<{name}>`");
            resolver.complain(message, term.location.clone(), "a capture", Some(help));
        }
    }
}
