//! Content that nobody would write on purpose: bytes that are no text, files that are no files, sizes that are no sizes.

use crate::common::{copy, good};
use ctsd::compose;
use ctsd::content;
use ctsd::files::Root;
use ctsd::pipeline::{Desk, Format, Options};
use std::fs;
use std::path::Path;

const SECTION: &str = "content/1.0/sections/1.yaml";

/// The good content of the table of bad content, with one file written over.
fn project(bytes: &[u8]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    copy(&good(), root.path());
    fs::write(root.path().join(SECTION), bytes).unwrap();
    root
}

fn said(root: &Path) -> Vec<String> {
    let diagnostics = compose::load(root).err().unwrap_or_default();
    diagnostics.iter().map(|diagnostic| diagnostic.to_string().lines().next().unwrap_or_default().to_owned()).collect()
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn text_that_is_not_utf8_is_told_with_the_place() {
    let utf16_message = format!("{SECTION}:1:1: error[not-utf-8]: {SECTION} is saved as UTF-16");
    for (bytes, message) in [
        (utf16("\u{feff}section: 1\n", u16::to_le_bytes), utf16_message.as_str()),
        (utf16("\u{feff}section: 1\n", u16::to_be_bytes), &utf16_message),
        (utf16("section: 1\n", u16::to_le_bytes), &utf16_message),
        (
            b"section: \"1\"\nheading: \x93Purpose\x94\n".to_vec(),
            "content/1.0/sections/1.yaml:2:10: error[not-utf-8]: the byte 93 is no character: the file isn't saved as UTF-8",
        ),
    ] {
        assert_eq!(said(project(&bytes).path()), [message]);
    }
}

#[test]
fn windows_files_with_a_byte_order_mark_read_like_any_other() {
    let root = project("\u{feff}section: \"1\"\r\nheading: Purpose\r\nbody: |\r\n  One.\r\n\r\n  Two.\r\n".as_bytes());
    let project = compose::load(root.path()).unwrap();
    let section = project.version("1.0").unwrap().sections().next().unwrap();
    assert_eq!(section.body.text, "One.\n\nTwo.");
    assert_eq!(section.body.locate(6, 3).unwrap().to_string(), format!("{SECTION}:6:3"));
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused_unread() {
    let root = project(b"");
    fs::File::options().write(true).open(root.path().join(SECTION)).unwrap().set_len(100 << 20).unwrap();
    assert_eq!(said(root.path()), [format!("{SECTION}:1:1: error[file-too-large]: {SECTION} is larger than 8 MB")]);
}

#[test]
fn a_file_with_a_million_mistakes_is_told_in_a_few() {
    let fields: String = (0..100_000).map(|n| format!("f{n}: x\n")).collect();
    let said = said(project(fields.as_bytes()).path());
    assert!((100..300).contains(&said.len()), "{}", said.len());
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_devices_are_told() {
    let root = project(b"");
    let path = root.path().join(SECTION);
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("1.yaml", &path).unwrap();
    let [message] = said(root.path()).try_into().unwrap();
    assert!(
        message.starts_with(&format!("{SECTION}:1:1: error[unreadable-file]: {SECTION} can't be read: ")),
        "{message}"
    );
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
    assert_eq!(said(root.path()), [format!("{SECTION}:1:1: error[not-a-file]: {SECTION} is no ordinary file")]);
    std::os::unix::fs::symlink("..", root.path().join("content/1.0/sections/loop")).unwrap();
    assert_eq!(said(root.path()).len(), 2, "a folder that leads back up isn't followed");
}

#[test]
fn a_root_without_content_is_told_once() {
    let root = tempfile::tempdir().unwrap();
    let [message] = said(root.path()).try_into().unwrap();
    assert!(message.starts_with("error[no-content]: there is no folder “content” in "), "{message}");
}

#[test]
fn the_style_sheet_is_read_with_the_same_care() {
    let shipped = include_str!("../../../templates/style.yaml");
    let sheet =
        content::stylesheet(&Root::folder(env!("CARGO_MANIFEST_DIR")), "templates/style.yaml", shipped).unwrap();
    assert_eq!((sheet.headings.len(), sheet.body.line, sheet.title.line), (6, 1.35, 1.2));
    let bad = shipped
        .replace("text: \"#000000\"", "text: black")
        .replace("word_font", "word_fonts")
        .replace("left: 25", "left: 250")
        .replace("title: { size: 26", "title: { size: big");
    let said: Vec<String> =
        content::stylesheet(&Root::folder(env!("CARGO_MANIFEST_DIR")), "templates/style.yaml", &bad)
            .unwrap_err()
            .iter()
            .map(|diagnostic| diagnostic.to_string().replace("templates/style.yaml:", ""))
            .collect();
    assert_eq!(
        said,
        [
            "3:9: error[bad-length]: the margins leave no room on the page\n  help: make the page larger or its margins smaller; lengths are in millimetres",
            "4:1: error[unknown-field]: the style sheet has no field “word_fonts”\n  help: did you mean “word_font”?",
            "6:9: error[bad-colour]: “black” is no colour\n  help: write “#” and six hexadecimal digits, in quotation marks, such as \"#1f3864\"",
            "15:16: error[wrong-type]: “size” is “big”, not a number\n  help: write a number, such as 10.5",
        ]
    );
}

#[test]
fn a_character_that_no_document_can_show_is_told_where_it_stands() {
    let root = project("section: \"1\"\nheading: Purpose\nbody: |\n  One.\n\n  x ✓ y\n".as_bytes());
    let desk = Desk::open(root.path()).unwrap();
    let version = desk.project.version("1.0").unwrap();
    let options = Options { formats: vec![Format::Pdf], ..Options::default() };
    let failure = desk.build(version, &options).unwrap_err();
    let said: Vec<String> = failure.diagnostics().iter().map(ToString::to_string).collect();
    assert!(
        said[0].starts_with(&format!("{SECTION}:6:5: error[document]: Section 1: the typeface has no glyph")),
        "{said:?}"
    );
}
