//! Addresses that a package may name: Word calls a file corrupt if one of its relationships has a malformed address.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What can't stand in an address after its scheme, besides what isn't ASCII.
const IN_ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'*')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What can't stand in the path to a file beside the document; a colon there would look like the end of a scheme.
const IN_PATH: &AsciiSet = &IN_ADDRESS.add(b':').add(b'@');

/// The address with every character that can't stand in one encoded; none where nothing is left to lead to.
pub fn encode(address: &str) -> Option<String> {
    let address = address.trim();
    if address.is_empty() {
        return None;
    }
    let scheme = ["https://", "http://", "mailto:"].into_iter().find(|scheme| address.starts_with(scheme));
    let path = scheme.and_then(|scheme| address.strip_prefix(scheme));
    match (scheme, path) {
        (Some(scheme), Some(path)) if is_host(scheme, path) => Some(scheme.to_owned() + &escape(path, IN_ADDRESS)),
        // No scheme that we know: a file beside the document, in which a colon would look like one.
        _ => Some(escape(address, IN_PATH)),
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

fn escape(text: &str, encoded: &'static AsciiSet) -> String {
    let mut parts = text.split('%');
    let mut escaped = utf8_percent_encode(parts.next().unwrap_or_default(), encoded).to_string();
    for part in parts {
        // What is encoded already stays as it is.
        let is_code = matches!(part.as_bytes(), [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
        escaped.push_str(if is_code { "%" } else { "%25" });
        escaped.extend(utf8_percent_encode(part, encoded));
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

    #[test]
    fn of_ascii_only_what_an_address_has_a_use_for_stands() {
        let stands = |c: &char| encode(&format!("https://a/{c}b")).unwrap().ends_with(&format!("/{c}b"));
        let kept: String = ('\0'..='\u{7f}').filter(|c| !c.is_ascii_alphanumeric()).filter(stands).collect();
        assert_eq!(kept, "!#$&'()+,-./:;=?@_~");
        assert_eq!(encode("https://a/é%zz%"), Some("https://a/%C3%A9%25zz%25".to_owned()));
    }
}
