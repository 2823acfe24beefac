//! The attributes of events as JSON.

use application::ports::RepositoryError;

/// Attributes as JSON: an array of pairs, since their order is part of them.
///
/// # Errors
///
/// When they cannot be written, which text always can.
pub fn attributes_to_json(attributes: &[(String, String)]) -> Result<String, RepositoryError> {
    serde_json::to_string(attributes).map_err(RepositoryError::unavailable)
}

/// The attributes that this JSON stands for.
///
/// # Errors
///
/// When it is no array of pairs of text.
pub fn attributes_from_json(json: &str) -> Result<Vec<(String, String)>, RepositoryError> {
    serde_json::from_str(json).map_err(RepositoryError::unavailable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_back_in_their_order() {
        let attributes = vec![
            ("z".to_owned(), "\"β\"\n".to_owned()),
            ("a".to_owned(), String::new()),
            ("z".to_owned(), "again".to_owned()),
        ];
        let json = attributes_to_json(&attributes).expect("text can be written");
        assert_eq!(attributes_from_json(&json).expect("it can be read"), attributes);
    }

    #[test]
    fn other_json_is_refused() {
        for json in ["", "{}", "[1]", r#"[["name"]]"#] {
            assert!(attributes_from_json(json).is_err(), "{json}");
        }
    }
}
