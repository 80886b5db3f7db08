//! Addresses that a package may name: Word calls a file corrupt if one of its relationships has a malformed address.

use std::fmt::Write;

/// The address with every character that can't stand in one encoded; none where nothing is left to lead to.
pub fn encode(address: &str) -> Option<String> {
    let address = address.trim();
    if address.is_empty() {
        return None;
    }
    let scheme = ["https://", "http://", "mailto:"].into_iter().find(|scheme| address.starts_with(scheme));
    let path = scheme.and_then(|scheme| address.strip_prefix(scheme));
    match (scheme, path) {
        (Some(scheme), Some(path)) if is_host(scheme, path) => Some(scheme.to_owned() + &escape(path, ":@")),
        // No scheme that we know: a file beside the document, in which a colon would look like one.
        _ => Some(escape(address, "")),
    }
}

/// Whether what follows the scheme begins with the name of a host, with or without a port.
fn is_host(scheme: &str, path: &str) -> bool {
    if !scheme.ends_with("//") {
        return !path.is_empty();
    }
    let authority = path.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
    let label = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    host.split('.').all(label) && port.parse::<u16>().is_ok()
}

fn escape(text: &str, also: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let c = char::from(*byte);
        let encoded = || matches!(bytes.get(at + 1..at + 3), Some(hex) if hex.iter().all(u8::is_ascii_hexdigit));
        if c.is_ascii_alphanumeric() || "-._~/?#&=+,;!$()'".contains(c) || also.contains(c) || (c == '%' && encoded()) {
            escaped.push(c);
        } else {
            // Writing to a string can't fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn an_address_keeps_what_may_stand_in_it_and_the_rest_is_encoded() {
        let cases = [
            ("https://smartenergycodecompany.co.uk/a?b=c#d", "https://smartenergycodecompany.co.uk/a?b=c#d"),
            ("http://example.com:8080/x y", "http://example.com:8080/x%20y"),
            ("http://a:b/", "http%3A//a%3Ab/"),
            ("mailto:sec@example.com", "mailto:sec@example.com"),
            ("annex 1.docx", "annex%201.docx"),
            ("::<ins>", "%3A%3A%3Cins%3E"),
            ("100%", "100%25"),
            ("a%20b", "a%20b"),
        ];
        for (address, wanted) in cases {
            assert_eq!(encode(address).as_deref(), Some(wanted));
        }
        assert_eq!(encode(" \n"), None);
    }
}
