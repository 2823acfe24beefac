//! Lists and sentences as a person writes them.

/// Words in backquotes, all of which are meant: "`a`, `b` and `c`".
#[must_use]
pub fn all_of<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "and")
}

/// Words in backquotes, any of which is meant: "`a`, `b` or `c`".
#[must_use]
pub fn any_of<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "or")
}

fn joined<T: AsRef<str>>(words: &[T], conjunction: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{}`", word.as_ref())).collect();
    series(&quoted, conjunction)
}

/// Phrases with commas between them, and `conjunction` before the last.
#[must_use]
pub fn series(phrases: &[String], conjunction: &str) -> String {
    match phrases {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {conjunction} {last}", first.join(", ")),
    }
}

/// A number of things: "1 module", "3 modules".
#[must_use]
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// A word with its article: "a trait", "an enum".
#[must_use]
pub fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// A text with a capital at its start and a full stop at its end, where it has neither.
#[must_use]
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let capital: String = first.to_uppercase().chain(letters).collect();
    let stop = if text.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    format!("{capital}{stop}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_well_whatever_their_length() {
        assert_eq!(all_of::<&str>(&[]), "");
        assert_eq!(all_of(&["a"]), "`a`");
        assert_eq!(all_of(&["a", "b"]), "`a` and `b`");
        assert_eq!(any_of(&["a", "b", "c"]), "`a`, `b` or `c`");
    }

    #[test]
    fn sentences_begin_and_end_as_they_should() {
        assert_eq!(sentence("it must hold"), "It must hold.");
        assert_eq!(sentence(" `a` may not!\n"), "`a` may not!");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(count(1, "module"), "1 module");
        assert_eq!(count(0, "module"), "0 modules");
        assert_eq!(with_article("union"), "a union");
        assert_eq!(with_article("impl"), "an impl");
    }
}
