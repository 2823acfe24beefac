//! Layers as they are given on the command line.

/// A layer with one of its patterns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GivenLayer {
    name: String,
    pattern: String,
}

impl GivenLayer {
    /// Reads `NAME=PATTERN`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        match text.split_once('=').map(|(name, pattern)| (name.trim(), pattern.trim())) {
            Some((name, pattern)) if !name.is_empty() && !pattern.is_empty() => {
                Ok(Self { name: name.to_owned(), pattern: pattern.to_owned() })
            }
            _ => Err("a layer is written NAME=PATTERN, as in `domain=shop-domain`".to_owned()),
        }
    }
}

/// The layers with all of their patterns, in the order in which they are named first.
pub(super) fn by_name(layers: &[GivenLayer]) -> Vec<(String, Vec<String>)> {
    let mut named: Vec<(String, Vec<String>)> = Vec::new();
    for layer in layers {
        let pattern = layer.pattern.clone();
        match named.iter_mut().find(|(name, _)| *name == layer.name) {
            Some((_, patterns)) => patterns.push(pattern),
            None => named.push((layer.name.clone(), vec![pattern])),
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_a_layer_are_gathered() {
        let parse = |text: &str| GivenLayer::parse(text);
        let layers = ["a=x", "b = shop::b", "a=y"].map(|text| parse(text).expect("a layer"));
        let list = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let expected = [("a".to_owned(), list(&["x", "y"])), ("b".to_owned(), list(&["shop::b"]))];
        assert_eq!(by_name(&layers), expected);
        for wrong in ["a", "=x", "a=", " = "] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
