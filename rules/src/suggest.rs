//! "Did you mean …".

/// The candidate that `word` was most likely meant to be, if any is close enough: the
/// fewest edits, at most one for every three characters.
#[must_use]
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = word.chars().count() / 3;
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// What to say of an unknown `word`: the closest of the known ones, or all of them.
#[must_use]
pub fn help<'a>(word: &str, what: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match closest(word, known.iter().copied()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None if known.is_empty() => format!("there are no {what}"),
        None => format!("the {what} are {}", list(&known)),
    }
}

/// Words in backquotes, with commas between them.
#[must_use]
pub fn list<T: AsRef<str>>(words: &[T]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{}`", word.as_ref())).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_is_suggested_and_anything_else_listed() {
        assert_eq!(closest("infrastucture", ["domain", "infrastructure"]), Some("infrastructure"));
        assert_eq!(closest("x", ["domain"]), None);
        assert_eq!(help("doman", "layers", ["domain", "app"]), "did you mean `domain`?");
        assert_eq!(help("http", "layers", ["domain", "app"]), "the layers are `domain`, `app`");
        assert_eq!(help("http", "layers", []), "there are no layers");
    }
}
