//! Characters that have no place in a document, however they are written.

use super::fault::Fault;
use std::ops::Range;

/// Whether neither Word, whose files are XML, nor PDF can carry it.
pub fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Each that stands in the text itself.
pub(super) fn plain(text: &str) -> Vec<Fault> {
    let forbidden = text.char_indices().filter(|(_, character)| is_forbidden(*character));
    forbidden.map(|(at, character)| fault(at..at + character.len_utf8(), character)).collect()
}

/// The first that `read` has and what was `written` has not: it stands there by its number, such as `&#7;`.
pub(super) fn by_number(read: &str, written: &str, at: Range<usize>) -> Option<Fault> {
    let character = read.chars().find(|character| is_forbidden(*character) && !written.contains(*character))?;
    Some(fault(at, character))
}

/// The first that JSON has by its number, such as `\u0007`.
pub(super) fn in_json(json: &str, at: Range<usize>) -> Option<Fault> {
    let mut rest = json;
    while let Some((_, escaped)) = rest.split_once('\\') {
        let character = match escaped.chars().next()? {
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'u' => escaped.get(1..5).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32),
            _ => None,
        };
        if let Some(character) = character.filter(|character| is_forbidden(*character)) {
            return Some(fault(at, character));
        }
        rest = escaped.get(1..).unwrap_or_default();
    }
    None
}

fn fault(at: Range<usize>, character: char) -> Fault {
    let message = match character {
        '\0' => "a NUL character stands in the text".to_owned(),
        _ => format!("the control character U+{:04X} stands in the text", u32::from(character)),
    };
    Fault { at, message, help: "Delete it: documents can't carry it.".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn control_characters_are_refused_however_they_are_written() {
        for text in [
            "a\u{7}b",
            "a&#7;b",
            "a &#x1b; b",
            "| a |\n|---|\n| &#7; |",
            "[a](b&#7;)",
            "<!-- ctsd:document {\"title\": \"a\\u0007b\"} -->\n\na",
            "<!-- ctsd:document {\"title\": \"\\\\\\bb\"} -->\n\na",
            "## a {#section-%07}",
        ] {
            let faults = read(text).unwrap_err();
            assert_eq!(faults.len(), 1, "{text:?}: {faults:?}");
            assert!(faults[0].message.contains("control character"), "{text:?}: {faults:?}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_text() {
        for text in ["a&#9;b", "a\tb", "a\\&#7;b", "<!-- ctsd:document {\"title\": \"C:\\\\bin\\\\u0007\"} -->\n\na"] {
            assert!(read(text).is_ok(), "{text:?}: {:?}", read(text));
        }
    }
}
