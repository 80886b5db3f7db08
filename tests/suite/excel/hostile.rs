//! Workbooks that are damaged, or made to do harm.

use super::back::import;
use super::{desk, files_of, importing, vocabulary, workbook};
use crate::common::{config, docx::parts};
use crate::found::laws;
use ctsd::adopt::workbook::Naming;
use ctsd::reader::xlsx;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;

fn packed(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn plain() -> BTreeMap<String, Vec<u8>> {
    let mut files = vocabulary();
    let row = (1, true, "Read Inventory".to_owned(), false, [1_usize; 10]);
    files.extend(files_of("1.0", &[(vec![row], Vec::new())]));
    parts(&workbook(&desk(&files), "1.0"))
}

const SHEET: &str = "xl/worksheets/sheet2.xml";

/// The workbook with another text in its sheet.
fn with(from: &str, to: &str) -> Vec<u8> {
    let mut parts = plain();
    let text = String::from_utf8(parts[SHEET].clone()).unwrap();
    assert!(text.contains(from), "{text}");
    parts.insert(SHEET.to_owned(), text.replacen(from, to, 1).into_bytes());
    packed(&parts)
}

fn is_refused_soon(file: &[u8], says: &str) {
    let begin = Instant::now();
    let told = match xlsx::read(file) {
        Err(failure) => failure.to_string(),
        Ok(book) => panic!("it is read: {} sheets", book.sheets.len()),
    };
    // A second in a build that is made for speed.
    assert!(begin.elapsed() < Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 }), "{says}");
    assert!(told.contains(says), "{told}");
}

#[test]
fn what_a_sheet_says_of_its_size_is_not_believed() {
    let file = with("<dimension ref=\"A1:P6\"/>", "<dimension ref=\"A1:XFD1048576\"/>");
    assert_eq!(xlsx::read(&file).unwrap(), xlsx::read(&packed(&plain())).unwrap());
}

#[test]
fn cells_far_away_and_cells_that_are_one_take_no_room() {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>far</t></is></c></row></sheetData>";
    let file = with("</sheetData>", far);
    assert!(import(&vocabulary(), &file, &importing("1.0", None), &Naming::default()).is_ok());
    let file = with(
        "</sheetData>",
        "</sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"E3:XFD1048576\"/></mergeCells>",
    );
    assert!(import(&vocabulary(), &file, &importing("1.0", None), &Naming::default()).is_ok());
    let file = with("r=\"A1\"", "r=\"A1048577\"");
    assert!(xlsx::read(&file).is_ok(), "what says no place stands where it stands");
}

#[test]
fn bombs_are_refused() {
    let mut parts = plain();
    let text = String::from_utf8(parts[SHEET].clone()).unwrap();
    let (head, rest) = text.split_at(text.find("</sheetData>").unwrap());
    let row = "<row><c t=\"b\"><v>1</v></c></row>";
    // Half a million cells, in a file of some kilobytes.
    parts.insert(SHEET.to_owned(), format!("{head}{}{rest}", row.repeat(500_000)).into_bytes());
    is_refused_soon(&packed(&parts), "its cells hold more than 12 MB");
    parts.insert(SHEET.to_owned(), vec![b' '; 80 << 20]);
    is_refused_soon(&packed(&parts), "more than 64 MB unpacked");
    // One long text that every cell refers to.
    let shared = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(1 << 20));
    parts.insert("xl/sharedStrings.xml".to_owned(), shared.into_bytes());
    let row = "<row><c t=\"s\"><v>0</v></c></row>";
    parts.insert(
        SHEET.to_owned(),
        format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(1000)).into_bytes(),
    );
    parts.insert("xl/worksheets/sheet1.xml".to_owned(), b"<worksheet/>".to_vec());
    is_refused_soon(&packed(&parts), "its cells hold more than 12 MB");
}

#[test]
fn other_files_are_refused_by_name() {
    for (bytes, says) in [
        (&b""[..], "it is empty"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"\xd0\xcf\x11\xe0rest", "save it without a password as an Excel Workbook (.xlsx)"),
        (b"a,b,c", "it isn't a workbook of Excel (.xlsx)"),
        (b"PK\x03\x04 and no more", "its list of parts can't be read"),
    ] {
        is_refused_soon(bytes, says);
    }
    let word = BTreeMap::from([(
        "_rels/.rels".to_owned(),
        br#"<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#.to_vec(),
    )]);
    is_refused_soon(&packed(&word), "it is a Word document, not a workbook of Excel");
    let mut parts = plain();
    parts.remove("xl/workbook.xml");
    is_refused_soon(&packed(&parts), "isn't there");
    let doctype = "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>";
    let mut parts = plain();
    parts.insert(SHEET.to_owned(), doctype.as_bytes().to_vec());
    is_refused_soon(&packed(&parts), "DOCTYPE");
}

#[test]
fn a_formula_without_what_it_comes_to_is_named() {
    let mut parts = plain();
    let text = String::from_utf8(parts[SHEET].clone()).unwrap();
    let at = text.find("<c r=\"E3\"").unwrap();
    let end = at + text[at..].find("</c>").unwrap() + 4;
    let file = format!("{}<c r=\"E3\"><f>A1</f></c>{}", &text[..at], &text[end..]);
    parts.insert(SHEET.to_owned(), file.into_bytes());
    let told = import(&vocabulary(), &packed(&parts), &importing("2.0", None), &Naming::default()).unwrap_err();
    assert!(told.to_string().contains("E3 holds a formula, and not what it comes to"), "{told}");
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn a_damaged_workbook_is_read_or_refused(
        part in any::<prop::sample::Index>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), 0..6_u8, any::<u8>()), 1..6),
    ) {
        let mut parts = plain();
        let name = parts.keys().nth(part.index(parts.len())).unwrap().clone();
        let bytes = parts.get_mut(&name).unwrap();
        for (at, kind, byte) in damage {
            let at = at.index(bytes.len().max(1));
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 if at < bytes.len() => drop(bytes.remove(at)),
                3 if at < bytes.len() => bytes[at] = b'0' + byte % 10,
                4 => {
                    let piece: Vec<u8> = bytes[at..].iter().take(usize::from(byte)).copied().collect();
                    bytes.splice(at..at, piece);
                }
                _ => bytes.insert(at.min(bytes.len()), b"<>&\"/0"[usize::from(byte) % 6]),
            }
        }
        laws::workbook(&packed(&parts));
    }

    #[test]
    fn damaged_bytes_are_read_or_refused(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut file = packed(&plain());
        let at = at.index(file.len());
        if cut { file.truncate(at) } else { file[at] = byte }
        drop(xlsx::read(&file));
    }
}
