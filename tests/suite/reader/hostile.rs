//! Files that were made to do harm, or aren't Word documents: each refused in words, at once, and in little memory.

use super::package::{Package, WORD, p, plain, zipped};
use ctsd::reader::docx::read;
use std::time::{Duration, Instant};

/// Why a file is refused.
fn refused(file: &[u8]) -> String {
    let begun = Instant::now();
    let why = read(file).expect_err("no Word document that can be read").to_string();
    // Ten times what is promised of the program as it ships, which this isn't.
    assert!(begun.elapsed() < Duration::from_secs(10), "{why}: {:?}", begun.elapsed());
    why
}

#[test]
fn what_is_no_word_document_is_told_by_what_it_is() {
    for (bytes, told) in [
        (&b""[..], "empty"),
        (b"Amend Section 5.4", "isn't a Word document"),
        (b"{\\rtf1 a}", "Rich Text Format"),
        (b"%PDF-1.7", "PDF"),
        (&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], "password"),
        (b"PK\x03\x04 and no more", "list of parts"),
    ] {
        let why = refused(bytes);
        assert!(why.contains(told), "{why}");
    }
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let outer =
        |target: &str| format!("<Relationships><Relationship Type=\"{office}\" Target=\"{target}\"/></Relationships>");
    for (target, told) in [
        ("xl/workbook.xml", "workbook"),
        ("ppt/presentation.xml", "presentation"),
        ("../../../etc/passwd", "etc/passwd, isn't there"),
        ("word/none.xml", "isn't there"),
    ] {
        let why = refused(&zipped([("_rels/.rels", outer(target).as_bytes())]));
        assert!(why.contains(told), "{why}");
    }
    assert!(refused(&zipped([])).contains("isn't there"));
    // Packages of LibreOffice and of others.
    for kind in ["text", "spreadsheet"] {
        let kind_of_file = format!("application/vnd.oasis.opendocument.{kind}");
        let why = refused(&zipped([("mimetype", kind_of_file.as_bytes()), ("content.xml", b"<a/>")]));
        assert!(why.contains(&format!("an OpenDocument {kind}: open it in Word or LibreOffice, and save it")), "{why}");
    }
}

#[test]
fn entities_are_refused() {
    let bomb = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>";
    let document = |prolog: &str, text: &str| {
        format!("{prolog}<w:document xmlns:w=\"{WORD}\"><w:body>{}</w:body></w:document>", plain(text))
    };
    let why = refused(&Package::default().file_with(document(bomb, "&b;").as_bytes()));
    assert!(why.contains("DOCTYPE"), "{why}");
    let why = refused(&Package::default().file_with(document("", "&b;").as_bytes()));
    assert!(why.contains("&b;"), "{why}");
    let why = refused(&Package::default().file_with(document("", "&#7;").as_bytes()));
    assert!(why.contains("U+0007"), "{why}");
}

#[test]
fn broken_xml_is_refused_with_the_name_of_the_part() {
    for main in [
        &b"<w:document"[..],
        b"",
        b"\xff\xfe\x00",
        b"<a/>",
        b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p></w:body>",
        b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p>",
        b"\x80\x81",
    ] {
        let why = refused(&Package::default().file_with(main));
        assert!(why.contains("word/document.xml"), "{why}");
    }
}

#[test]
fn a_bomb_is_refused() {
    let start = format!("<w:document xmlns:w=\"{WORD}\"><w:body>");
    // Far more than a document can need, in a few kilobytes.
    let mut large = start.clone().into_bytes();
    large.resize(80 << 20, b' ');
    assert!(refused(&Package::default().file_with(&large)).contains("64 MB"));
    // A text that never ends.
    let mut long = format!("{start}<w:p><w:r><w:t>").into_bytes();
    long.resize(12 << 20, b'a');
    long.extend(b"</w:t></w:r></w:p></w:body></w:document>");
    assert!(refused(&Package::default().file_with(&long)).contains("8 MB"));
    // Deeper than any reader goes.
    let deep = format!("{start}{}", "<w:sdt><w:sdtContent>".repeat(100_000));
    assert!(refused(&Package::default().file_with(deep.as_bytes())).contains("in each other"));
}

/// It takes long where nothing is optimised.
#[test]
#[cfg_attr(debug_assertions, ignore)]
fn more_elements_than_a_document_can_need_are_refused() {
    // What holds nothing takes no room, and time all the same.
    let file = Package::new(&p(&"<w:r/>".repeat(3_100_000))).file();
    assert!(refused(&file).contains("3000000 elements"));
}

#[test]
fn a_size_that_isn_t_true_is_told() {
    let file = Package::new(&plain(&"words ".repeat(4000))).file();
    let size =
        u32::try_from(Package::new(&plain(&"words ".repeat(4000))).main().len()).expect("a small file").to_le_bytes();
    let places: Vec<usize> = (0..file.len() - 4).filter(|at| file[*at..*at + 4] == size).collect();
    assert!(!places.is_empty(), "the size stands in the list of parts");
    for claimed in [7_u32, 2_000_000_000] {
        let mut file = file.clone();
        for at in &places {
            file[*at..*at + 4].copy_from_slice(&claimed.to_le_bytes());
        }
        let why = refused(&file);
        assert!(why.contains("size") || why.contains("64 MB"), "{why}");
    }
}

#[test]
fn a_file_that_breaks_off_anywhere_is_refused_and_one_with_a_changed_byte_never_panics() {
    let file = Package::new(&plain("Amend Section 5.4 as follows:")).file();
    for end in 0..file.len() {
        refused(&file[..end]);
    }
    for at in 0..file.len() {
        for bit in [1, 0x40, 0x80] {
            let mut file = file.clone();
            file[at] ^= bit;
            let _ = read(&file);
        }
    }
}

/// It takes long where nothing is optimised.
#[test]
#[cfg_attr(debug_assertions, ignore)]
fn more_pieces_than_a_document_can_need_are_refused() {
    for piece in ["<w:p/>", "<w:p><w:bookmarkStart w:name=\"a\"/></w:p>", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>"] {
        let why = refused(&Package::new(&piece.repeat(270_000)).file());
        assert!(why.contains("250000"), "{why}");
    }
}
