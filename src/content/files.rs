//! Files of the project as text: what is there, and whether it is text that documents can carry.

use crate::diagnostic::{Diagnostic, Location};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

/// How large a file may be, in megabytes, and what to do with a larger one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub megabytes: u64,
    pub help: &'static str,
}

/// The largest text that is read. A hundred tables of eight hundred rows would fit.
const TEXT: Limit = Limit { megabytes: 8, help: "split it: each section and each table has a file of its own" };

/// So many control characters are named in one file; a file with more is no text at all.
const MAX_CONTROL_CHARACTERS: usize = 20;

/// Where the files are.
#[derive(Clone, Copy, Debug)]
pub enum Root<'r> {
    /// Below this folder.
    Disk(&'r Path),
    /// By path relative to the root, with `/` between its parts.
    Memory(&'r BTreeMap<String, Vec<u8>>),
}

/// Whether a file or folder is there, be it a link that leads nowhere.
pub(super) fn exists(root: Root<'_>, path: &str) -> bool {
    match root {
        Root::Disk(root) => root.join(path).symlink_metadata().is_ok(),
        Root::Memory(files) => files.contains_key(path) || !list_memory(files, path).is_empty(),
    }
}

/// What stands in a folder, sorted by name, without what begins with a point.
pub(super) fn list(root: Root<'_>, folder: &str) -> Result<Vec<Entry>, Diagnostic> {
    match root {
        Root::Disk(root) => list_disk(root, folder),
        Root::Memory(files) => Ok(list_memory(files, folder)),
    }
}

fn list_memory(files: &BTreeMap<String, Vec<u8>>, folder: &str) -> Vec<Entry> {
    let within = |path: &'_ str| path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
    let names: BTreeSet<(String, bool)> = files
        .keys()
        .filter_map(|path| within(path))
        .map(|path| path.split_once('/').map_or((path.clone(), false), |(name, _)| (name.to_owned(), true)))
        .collect();
    names.into_iter().map(|(name, is_folder)| Entry { path: format!("{folder}/{name}"), name, is_folder }).collect()
}

fn list_disk(root: &Path, folder: &str) -> Result<Vec<Entry>, Diagnostic> {
    let unreadable = |error: &std::io::Error| cannot_read(folder, error).at(start_of(folder));
    let mut entries = Vec::new();
    for entry in fs::read_dir(root.join(folder)).map_err(|error| unreadable(&error))? {
        let entry = entry.map_err(|error| unreadable(&error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            // Links are followed, so that a folder shared by link is read like any other.
            let is_folder = match entry.file_type() {
                Ok(kind) if !kind.is_symlink() => kind.is_dir(),
                _ => fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir()),
            };
            entries.push(Entry { path: format!("{folder}/{name}"), name, is_folder });
        }
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// A file or folder in a folder.
#[derive(Debug)]
pub(super) struct Entry {
    pub name: String,
    /// Relative to the root, with `/` between its parts.
    pub path: String,
    pub is_folder: bool,
}

impl Entry {
    /// Whether its name says that it holds YAML.
    pub fn is_yaml(&self) -> bool {
        Path::new(&self.name)
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml"))
    }
}

impl Entry {
    /// The name that it had before an editor added `.txt`, if that is the name of YAML.
    pub fn as_yaml(&self) -> Option<&str> {
        let (name, ending) = self.name.rsplit_once('.')?;
        let is_yaml = name.to_lowercase().ends_with(".yaml") || name.to_lowercase().ends_with(".yml");
        (!self.is_folder && ending.eq_ignore_ascii_case("txt") && is_yaml).then_some(name)
    }

    /// Whether a system or a program put it there for itself, and nobody else need know.
    pub fn is_by_system(&self) -> bool {
        let name = self.name.to_lowercase();
        !self.is_folder && (["thumbs.db", "desktop.ini"].contains(&name.as_str()) || name.starts_with("~$"))
    }
}

/// The text of a file, or everything that is wrong with it.
pub(super) fn read(root: Root<'_>, file: &str) -> Result<String, Vec<Diagnostic>> {
    let bytes = read_bytes(root, file, TEXT).map_err(|diagnostic| vec![diagnostic.at(start_of(file))])?;
    decode(file, bytes)
}

/// The bytes of a file, or what keeps them from being read, without its place.
pub(super) fn read_bytes(root: Root<'_>, file: &str, limit: Limit) -> Result<Vec<u8>, Diagnostic> {
    match root {
        Root::Disk(root) => read_disk(&root.join(file), file, limit),
        Root::Memory(files) => files.get(file).cloned().ok_or_else(|| cannot_read(file, &ErrorKind::NotFound.into())),
    }
}

fn read_disk(path: &Path, file: &str, limit: Limit) -> Result<Vec<u8>, Diagnostic> {
    let metadata = fs::metadata(path).map_err(|error| cannot_read(file, &error))?;
    if metadata.is_dir() {
        return Err(Diagnostic::error("not-a-file", format!("{file} is a folder; a file belongs there"))
            .help("move what is in it elsewhere and delete the folder, or rename it"));
    }
    if !metadata.is_file() {
        return Err(Diagnostic::error("not-a-file", format!("{file} is no ordinary file"))
            .help("put a file in its place: a device or a pipe can't be read as content"));
    }
    let most = limit.megabytes << 20;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(most)).unwrap_or(0) + 1);
    let file_opened = fs::File::open(path).map_err(|error| cannot_read(file, &error))?;
    file_opened.take(most + 1).read_to_end(&mut bytes).map_err(|error| cannot_read(file, &error))?;
    if bytes.len() as u64 > most {
        return Err(Diagnostic::error("file-too-large", format!("{file} is larger than {} MB", limit.megabytes))
            .help(limit.help));
    }
    Ok(bytes)
}

fn cannot_read(file: &str, error: &std::io::Error) -> Diagnostic {
    let (message, help) = match error.kind() {
        ErrorKind::NotFound => (format!("{file} isn't there"), "create it, or correct its name"),
        ErrorKind::PermissionDenied => {
            (format!("{file} can't be read: you have no permission"), "ask its owner for permission to read it")
        }
        ErrorKind::NotADirectory => (format!("{file} is a file; a folder belongs there"), "rename the file"),
        _ => (
            format!("{file} can't be read: {}", plain(error)),
            "check that it isn't a link in a circle, open elsewhere, or on a drive that is gone",
        ),
    };
    Diagnostic::error("unreadable-file", message).help(help)
}

/// What the system said, without its error number.
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// Bytes as text: UTF-8 without its byte order mark, every line ended by a newline, no control characters.
pub(super) fn decode(file: &str, bytes: Vec<u8>) -> Result<String, Vec<Diagnostic>> {
    if looks_like_utf16(&bytes) {
        return Err(vec![
            Diagnostic::error("not-utf-8", format!("{file} is saved as UTF-16"))
                .at(start_of(file))
                .help("save it as UTF-8: in Notepad, choose Save as and then Encoding: UTF-8"),
        ]);
    }
    let text = String::from_utf8(bytes).map_err(|error| vec![not_utf8(file, &error)])?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let diagnostics = control_characters(file, &text);
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
    Diagnostic::error("not-utf-8", format!("the byte {byte:02X} is no character: the file isn't saved as UTF-8"))
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

/// The error for a character that documents can't carry.
pub(super) fn control_character(character: char) -> Diagnostic {
    Diagnostic::error(
        "control-character",
        format!("the text holds {}, which has no place in a document", name(character)),
    )
    .help("delete it; it is invisible in most editors, so delete the characters around it and type them again")
}

/// Whether the character has no place in a document.
pub(super) fn is_forbidden(character: char) -> bool {
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

/// The beginning of a file, for what is wrong with all of it.
pub(super) fn start_of(file: &str) -> Location {
    Location { file: Arc::from(file), line: 1, column: 1, length: 0 }
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
