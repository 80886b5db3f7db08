//! The PDF writer from outside: documents in, files out, and the files read back.

mod beside;
mod hurtful;
mod sample;

use crate::common::pdf::Read;
use ctsd::document::{Kind, Mark, Revised, TextRole};
use ctsd::writer::pdf::{Options, write, write_with};
use lopdf::Object;
use sample::{body, document, heading, kept, paragraph, redline, role, run, sheet};
use std::path::PathBuf;

/// Where a test leaves its file for those who want to look.
fn keep(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("the folder for test output is writable");
    path
}

fn written(document: &ctsd::document::Document) -> Read {
    Read::new(&write(document, &sheet()).expect("it can be written"))
}

#[test]
fn a_redline_is_small_and_always_the_same() {
    let document = redline();
    let bytes = write(&document, &sheet()).expect("it can be written");
    keep("redline.pdf", &bytes);
    assert!(bytes.len() < 80_000, "{} bytes", bytes.len());
    assert_eq!(bytes, write(&document, &sheet()).expect("it can be written"));
}

#[test]
fn wide_tables_lie_with_what_leads_to_them_and_their_notes() {
    let read = written(&redline());
    let lies = |page: usize| read.sizes()[page].0 > read.sizes()[page].1;
    let pages = read.pages();
    let first = (0..pages.len()).find(|&page| lies(page)).expect("a landscape page");
    assert!(read.text(pages[first]).0.starts_with("Amend Table 8.1.8 as follows:Table 8.1.8: "));
    let last = (0..pages.len()).rev().find(|&page| lies(page)).expect("a landscape page");
    let (text, artifacts) = read.text(pages[last]);
    assert!(text.ends_with("the counts speak of the whole table."), "{text}");
    assert!(artifacts.contains("Service Reference Variant"), "header rows are said again, as artifacts: {artifacts}");
    assert!(read.text(pages[last + 1]).0.starts_with("Amend Section 9 as follows:"));
}

#[test]
fn the_text_is_all_there_once_and_in_order() {
    let text = written(&redline()).all_text();
    let sought = [
        "1 Introduction1.1 Purpose",
        "• Define",
        "o Entry",
        "SMETS1.; and",
        "An office\u{a0}file is emphatic in",
        "2. second, going2. second, come3. third",
    ];
    let mut from = 0;
    for sought in sought {
        let found = text.get(from..).and_then(|rest| rest.find(sought));
        from += found.unwrap_or_else(|| panic!("“{sought}” is missing after {from} in {text}"));
    }
    assert_eq!(text.matches("Service Reference Variant").count(), 1);
}

#[test]
fn contents_lead_to_the_pages_that_they_name() {
    let read = written(&redline());
    let (contents, _) = read.text(read.pages()[1]);
    let listed = [
        ("5.4 Completing Additive UEPT for Release 2.0 or November 19 Release", "5.4 Completing"),
        ("Table 8.1.8: Electricity Distributor (ED)", "Table 8.1.8: Electricity"),
        ("9 Last things", "9 Last things"),
    ];
    for (title, text) in listed {
        let found = read.pages().iter().skip(2).position(|&page| read.text(page).0.contains(text));
        let page = found.expect("the part stands on a page") + 3;
        assert!(contents.contains(&format!("{title} {page}")), "{title} on {page}: {contents}");
    }
}

#[test]
fn pages_are_numbered_in_their_feet() {
    let read = written(&redline());
    let pages = read.pages();
    for (index, &page) in pages.iter().enumerate() {
        let foot = format!("MP089 legal text Page {} of {}", index + 1, pages.len());
        assert!(read.text(page).1.contains(&foot));
    }
}

#[test]
fn headings_leave_no_level_out() {
    let blocks = [3, 6, 4, 1, 5].map(|level| heading(level, &level.to_string(), "Heading"));
    let tags = written(&document(blocks.to_vec())).tags();
    assert_eq!(tags, ["Document", "H1", "H2", "H2", "H1", "H2"]);
}

#[test]
fn insertions_and_deletions_are_announced() {
    let runs = vec![kept("a "), run(Mark::Deleted, "b"), run(Mark::Inserted, "c")];
    let read = written(&document(vec![paragraph(Kind::Body, runs)]));
    assert_eq!(read.tags(), ["Document", "P", "Del", "Ins"]);
    let alt = |index: usize| read.elements()[index].1.get(b"Alt").and_then(Object::as_str).expect("an Alt").to_vec();
    assert_eq!((alt(2), alt(3)), (b"deleted: b".to_vec(), b"inserted: c".to_vec()));
    assert_eq!(read.all_text(), "a bc");
}

#[test]
fn a_table_has_head_body_and_foot_and_spans() {
    let read = written(&document(vec![role(TextRole::Caption, "Table 8.1.8"), sample::matrix("8.1.8", 3)]));
    let tags = read.tags();
    assert_eq!(tags[..5], ["Document", "Table", "Caption", "THead", "TR"].map(str::to_owned));
    let count = |tag: &str| tags.iter().filter(|own| *own == tag).count();
    assert_eq!((count("TH"), count("TR"), count("TBody"), count("TFoot")), (15 + 4, 1 + 3 + 4, 1, 1));
    let spans = read.elements().into_iter().filter_map(|(_, element)| element.get(b"A").and_then(Object::as_dict).ok());
    assert_eq!(spans.filter(|own| own.has(b"ColSpan")).count(), 4 + 1);
}

#[test]
fn a_date_is_stated_only_if_it_is_given() {
    let document = document(vec![body("text")]);
    let has_date = |bytes: &[u8]| {
        let read = Read::new(bytes);
        let info = read.file.trailer.get(b"Info").and_then(Object::as_reference).expect("information");
        read.file.get_dictionary(info).expect("information").has(b"CreationDate")
    };
    let options = Options { date: Some("2019-11-29".into()) };
    assert!(!has_date(&write(&document, &sheet()).expect("it can be written")));
    assert!(has_date(&write_with(&document, &sheet(), &options).expect("it can be written")));
}

#[test]
fn a_changed_level_or_mark_shows_without_words() {
    let mut changed = document(vec![body("text")]);
    let plain = write(&changed, &sheet()).expect("it can be written");
    if let Some(ctsd::document::Block::Paragraph(paragraph)) = changed.blocks.first_mut() {
        paragraph.kind = Revised { now: Kind::Body, was: Some(sample::bullet(1)) };
    }
    let rectangles = |bytes: &[u8]| {
        let read = Read::new(bytes);
        let content = read.file.get_and_decode_page_content(read.pages()[0]).expect("content");
        content.operations.iter().filter(|operation| operation.operator == "re").count()
    };
    let marked = write(&changed, &sheet()).expect("it can be written");
    assert_eq!(rectangles(&marked), rectangles(&plain) + 1, "a bar");
    if let Some(ctsd::document::Block::Paragraph(paragraph)) = changed.blocks.first_mut() {
        paragraph.mark = Mark::Deleted;
    }
    assert_eq!(written(&changed).all_text(), "text¶");
}

#[test]
fn a_note_stays_with_the_last_rows_of_its_table() {
    for rows in 10..40 {
        let note = role(TextRole::Note, "This table is an extract.");
        let read =
            written(&document(vec![role(TextRole::Caption, "Table 8.1.8"), sample::matrix("8.1.8", rows), note]));
        let text = |page| read.text(page).0;
        let pages = read.pages().into_iter().filter(|&page| text(page).contains("This table is an extract."));
        let with_note: Vec<_> = pages.collect();
        assert!(text(with_note[0]).contains("Total Tests"), "of {rows} rows: {}", text(with_note[0]));
    }
}
