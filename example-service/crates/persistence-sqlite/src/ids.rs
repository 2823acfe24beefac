//! Many ids at once.

use uuid::Uuid;

/// Ids as a JSON array of hexadecimal text, which statements take apart again with
/// `SELECT unhex(value) FROM json_each(?1)`: `SQLite` has no arrays, and this way one prepared
/// statement serves any number of ids.
pub(crate) fn id_list(ids: impl IntoIterator<Item = Uuid>) -> String {
    let quoted: Vec<String> = ids.into_iter().map(|id| format!("\"{}\"", id.as_simple())).collect();
    format!("[{}]", quoted.join(","))
}

/// Ids with two numbers each, likewise: `value ->> 0` is the id in hexadecimal text, and
/// `value ->> 1` and `value ->> 2` are the numbers.
pub(crate) fn id_and_number_list(rows: impl IntoIterator<Item = (Uuid, i64, i64)>) -> String {
    let row =
        |(id, one, other): (Uuid, i64, i64)| format!("[\"{}\",{one},{other}]", id.as_simple());
    let rows: Vec<String> = rows.into_iter().map(row).collect();
    format!("[{}]", rows.join(","))
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
        let rows = [(Uuid::from_u128(7), 1, i64::MAX), (Uuid::nil(), 2, 0)];
        let expected = r#"[["00000000000000000000000000000007",1,9223372036854775807],["00000000000000000000000000000000",2,0]]"#;
        assert_eq!(id_and_number_list(rows), expected);
    }
}
