//! What a text may hold, wherever in the project it stands.

use crate::diagnostic::{Code, Diagnostic, Location};
use std::sync::Arc;

/// The beginning of a file, for what is wrong with all of it.
pub(crate) fn start_of(file: &str) -> Location {
    Location { file: Arc::from(file), line: 1, column: 1, length: 0 }
}

/// So many control characters are named in one file; a file with more is no text at all.
const MAX_CONTROL_CHARACTERS: usize = 20;

/// Bytes as text: UTF-8 without its byte order mark, every line ended by a newline, no control characters.
pub(crate) fn decode(file: &str, bytes: Vec<u8>) -> Result<String, Vec<Diagnostic>> {
    if looks_like_utf16(&bytes) {
        return Err(vec![
            Diagnostic::error(Code::NotUtf8, format!("{file} is saved as UTF-16"))
                .at(start_of(file))
                .help("save it as UTF-8: in Notepad, choose Save as and then Encoding: UTF-8"),
        ]);
    }
    let text = String::from_utf8(bytes).map_err(|error| vec![not_utf8(file, &error)])?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let diagnostics = [control_characters(file, &text), merge_marks(file, &text)].concat();
    if diagnostics.is_empty() { Ok(text) } else { Err(diagnostics) }
}

/// A byte order mark, or the NUL that every other byte of plain Latin text is.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 1..=255, 0, 1..=255, ..] | [1..=255, 0, 1..=255, 0, ..])
}

fn not_utf8(file: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let (good, rest) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
    let good = String::from_utf8_lossy(good);
    let byte = rest.first().copied().unwrap_or_default();
    Diagnostic::error(Code::NotUtf8, format!("the byte {byte:02X} is no character: the file isn't saved as UTF-8"))
        .at(place_after(file, &good, 1))
        .help("save it as UTF-8: in Notepad, choose Save as and then Encoding: UTF-8")
}

/// Word and PDF can't carry control characters, and nobody can see them; the two separators end lines unseen.
fn control_characters(file: &str, text: &str) -> Vec<Diagnostic> {
    if !text.chars().any(is_forbidden) {
        return Vec::new();
    }
    let lines = text.split('\n').enumerate();
    let found = lines.flat_map(|(line, text)| {
        text.chars().enumerate().filter(|(_, c)| is_forbidden(*c)).map(move |(column, c)| (line + 1, column + 1, c))
    });
    found
        .take(MAX_CONTROL_CHARACTERS)
        .map(|(line, column, character)| {
            control_character(character).at(Location { file: Arc::from(file), line, column, length: 1 })
        })
        .collect()
}

/// A merge by lines that stopped half-way has left both texts in the file, between marks of its own.
fn merge_marks(file: &str, text: &str) -> Vec<Diagnostic> {
    if !text.contains(MERGE_BEGINS) {
        return Vec::new();
    }
    let begins = text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with(MERGE_BEGINS));
    begins
        .map(|(line, text)| {
            let column = text.len() - text.trim_start().len() + 1;
            let message =
                "two texts stand here, between the marks that Git leaves where it can't merge lines".to_owned();
            Diagnostic::error(Code::MergeMark, message)
                .at(Location { file: Arc::from(file), line: line + 1, column, length: MERGE_BEGINS.trim_end().len() })
                .help("keep one of the two, and delete the lines that begin with “<<<<<<<”, “=======” and “>>>>>>>”")
        })
        .collect()
}

/// How the first of the marks of an unfinished merge begins.
const MERGE_BEGINS: &str = "<<<<<<< ";

/// The error for a character that documents can't carry.
pub(crate) fn control_character(character: char) -> Diagnostic {
    Diagnostic::error(
        Code::ControlCharacter,
        format!("the text holds {}, which has no place in a document", name(character)),
    )
    .help("delete it; it is invisible in most editors, so delete the characters around it and type them again")
}

/// Whether the character has no place in a document.
pub(crate) fn is_forbidden(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

fn name(character: char) -> String {
    let number = format!("U+{:04X}", u32::from(character));
    match character {
        '\0' => format!("a NUL character ({number})"),
        '\u{7}' => format!("a bell character ({number})"),
        '\u{8}' => format!("a backspace character ({number})"),
        '\u{b}' => format!("a vertical tab ({number})"),
        '\u{c}' => format!("a form feed ({number})"),
        '\u{1b}' => format!("an escape character ({number})"),
        '\u{2028}' => format!("a line separator ({number})"),
        '\u{2029}' => format!("a paragraph separator ({number})"),
        _ => format!("the control character {number}"),
    }
}

fn place_after(file: &str, text: &str, length: usize) -> Location {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Location { file: Arc::from(file), line, column, length }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> Vec<String> {
        decode("a.yaml", bytes.to_vec()).unwrap_err().iter().map(Diagnostic::to_string).collect()
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_are_no_text() {
        assert_eq!(decode("a.yaml", b"\xef\xbb\xbfa: 1\r\nb: 2\rc: 3\n".to_vec()).unwrap(), "a: 1\nb: 2\nc: 3\n");
    }

    #[test]
    fn what_is_not_utf8_is_named_at_its_place() {
        assert!(refused(b"a: 1\nb: caf\xe9\n")[0].starts_with("a.yaml:2:7: error[not-utf-8]: the byte E9"));
        for utf16 in [&b"\xff\xfea\0:\0"[..], b"\xfe\xff\0a\0:", b"a\0:\0", b"\0a\0:"] {
            assert!(refused(utf16)[0].contains("UTF-16"));
        }
    }

    #[test]
    fn every_control_character_is_named_at_its_place() {
        let all = refused(b"a: \x00\nb: x\x1by\n");
        assert!(all[0].starts_with("a.yaml:1:4: error[control-character]: the text holds a NUL character (U+0000)"));
        assert!(all[1].starts_with("a.yaml:2:5: error[control-character]: the text holds an escape character"));
    }
}
