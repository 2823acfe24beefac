//! Searches.

/// The pattern for `LIKE` with which a text matches when it contains `search`, every
/// character taken for itself. It escapes by `\`, so that statements say `ESCAPE '\'`.
#[must_use]
pub fn contains_pattern(search: &str) -> String {
    let mut pattern = String::with_capacity(search.len() + 2);
    pattern.push('%');
    for character in search.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_themselves() {
        assert_eq!(contains_pattern("tea"), "%tea%");
        assert_eq!(contains_pattern("100 % _\\"), "%100 \\% \\_\\\\%");
        assert_eq!(contains_pattern(""), "%%");
    }
}
