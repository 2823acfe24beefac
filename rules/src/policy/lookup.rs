//! What path patterns and names stand for that are not written in the policy itself.

use super::{LayerId, Operand, Policy, Problem, Term, TermKind};
use crate::finding::Location;
use crate::pattern::{Pattern, PatternError};
use crate::suggest;

impl Policy {
    /// What these path patterns and `@names` stand for, as if they were part of a rule of this
    /// policy.
    ///
    /// # Errors
    ///
    /// The first that is no pattern, or no layer and no set.
    pub fn operand(&self, texts: &[&str]) -> Result<Operand, Problem> {
        let mut operand = Operand::default();
        for text in texts {
            operand.words.push(text.strip_prefix('@').unwrap_or(text).to_owned());
            operand.terms.extend(self.terms(text)?);
        }
        Ok(operand)
    }

    fn terms(&self, text: &str) -> Result<Vec<Term>, Problem> {
        let term =
            |kind| Term { kind, text: text.to_owned(), location: Location::default(), set: None };
        let path = |pattern| term(TermKind::Path(pattern));
        let Some(name) = text.strip_prefix('@') else {
            let pattern = Pattern::parse(text).map_err(|error| malformed(text, &error))?;
            if pattern.has_captures() {
                return Err(Problem {
                    message: format!(
                        "`{text}` captures a segment, with which nothing is compared here"
                    ),
                    labels: Vec::new(),
                    help: Some("write `*` where the segment may differ".to_owned()),
                });
            }
            return Ok(vec![path(pattern)]);
        };
        let (name, rest) = match name.split_once("::") {
            Some((name, rest)) => (name, Some(rest)),
            None => (name, None),
        };
        let join = |patterns: Vec<Pattern>, rest: &str| -> Result<Vec<Pattern>, Problem> {
            let joined = patterns.iter().map(|pattern| pattern.join(rest));
            joined.collect::<Result<_, _>>().map_err(|error| malformed(text, &error))
        };
        if let Some(layer) = self.layer_called(name) {
            let within = match rest {
                Some(rest) => Some(join(self.patterns_of(layer), rest)?),
                None => None,
            };
            return Ok(vec![term(TermKind::Layer { layer, within })]);
        }
        let Some(set) = self.sets.iter().find(|set| set.name == name) else {
            let layers = self.layers.iter().map(|layer| layer.name.as_str());
            let known = layers.chain(self.sets.iter().map(|set| set.name.as_str()));
            return Err(Problem {
                message: format!("no layer and no set is called `{name}`"),
                labels: Vec::new(),
                help: Some(suggest::help(name, "layers and sets", known)),
            });
        };
        let of_set = |term: Term| Term { set: Some(name.to_owned()), ..term };
        match rest {
            None => Ok(set.operand.terms.iter().cloned().map(of_set).collect()),
            Some(rest) => {
                let patterns = set.operand.terms.iter().flat_map(|term| match &term.kind {
                    TermKind::Path(pattern) => vec![pattern.clone()],
                    TermKind::Layer { within: Some(within), .. } => within.clone(),
                    TermKind::Layer { layer, within: None } => self.patterns_of(*layer),
                });
                Ok(join(patterns.collect(), rest)?.into_iter().map(path).map(of_set).collect())
            }
        }
    }

    fn layer_called(&self, name: &str) -> Option<LayerId> {
        let index = self.layers.iter().position(|layer| layer.name == name)?;
        u16::try_from(index).ok().map(LayerId)
    }

    /// The patterns that the members of a layer are written out as.
    fn patterns_of(&self, layer: LayerId) -> Vec<Pattern> {
        let members = self.layer(layer).members.iter();
        let pattern = |term: &Term| match &term.kind {
            TermKind::Path(pattern) => Some(pattern.clone()),
            TermKind::Layer { .. } => None,
        };
        members.filter_map(pattern).collect()
    }
}

fn malformed(text: &str, error: &PatternError) -> Problem {
    Problem {
        message: format!("`{text}` is no path pattern: {error}"),
        labels: Vec::new(),
        help: None,
    }
}
