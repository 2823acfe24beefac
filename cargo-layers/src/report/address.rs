//! Paths as parts of addresses.

use std::fmt::Write;

/// A path with forward slashes as a relative reference of RFC 3986. A colon in its first
/// segment would make that a scheme, and a bracket would end a link in Markdown, so these are
/// written in per cent as well.
pub(super) fn relative(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            _ => {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_nothing_but_what_they_may() {
        assert_eq!(relative("a b/größe:50%(c).rs"), "a%20b/gr%C3%B6%C3%9Fe%3A50%25%28c%29.rs");
        assert_eq!(relative("crates/x-y_z/src/lib.rs"), "crates/x-y_z/src/lib.rs");
    }
}
