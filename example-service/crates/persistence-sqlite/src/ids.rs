//! Many ids at once.

use uuid::Uuid;

/// Ids as a JSON array of hexadecimal text, which statements take apart again with
/// `SELECT unhex(value) FROM json_each(?1)`: `SQLite` has no arrays, and this way one prepared
/// statement serves any number of ids.
pub(crate) fn id_list(ids: impl IntoIterator<Item = Uuid>) -> String {
    let quoted: Vec<String> = ids.into_iter().map(|id| format!("\"{}\"", id.as_simple())).collect();
    format!("[{}]", quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_json() {
        assert_eq!(id_list([]), "[]");
        let ids = [Uuid::from_u128(7), Uuid::max()];
        let expected = r#"["00000000000000000000000000000007","ffffffffffffffffffffffffffffffff"]"#;
        assert_eq!(id_list(ids), expected);
    }
}
