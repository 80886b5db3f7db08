//! What a reader sees of a mark, in Word and in the PDF.

use super::redline;
use crate::common::docx::{Node, Resolve, body, resolve, seen};
use crate::common::pdf::Read;
use crate::common::sheet;
use ctsd::document::{Document, markdown};
use ctsd::writer::{docx, pdf};

fn read(text: &str) -> Document {
    markdown::read(text).expect("it reads")
}

fn word(document: &Document) -> Node {
    body(&docx::write(document, &sheet(), &docx::Options::default()).expect("it can be written"))
}

fn page(document: &Document) -> (String, String) {
    let read = Read::new(&pdf::write(document, &sheet()).expect("it can be written"));
    read.text(read.pages()[0])
}

#[test]
fn a_gap_that_is_no_text_parts_what_is_struck_from_what_takes_its_place() {
    let (old, new) = (read("The cap is 10, or 1.5% of it."), read("The cap is 9, or 1.75% of it."));
    let marked = redline(&old, &new);
    let body = word(&marked);
    let spaced: Vec<String> = body
        .named("w:r")
        .iter()
        .filter(|run| run.value(&["w:rPr", "w:spacing"]).is_some())
        .map(|run| crate::common::docx::text(run))
        .collect();
    assert_eq!(spaced, ["0", "5"]);
    for (how, clean) in [(Resolve::Accept, &new), (Resolve::Reject, &old)] {
        assert_eq!(seen(&resolve(&body, how)), seen(&word(clean)));
    }
    let (text, artifacts) = page(&marked);
    assert_eq!(text, "The cap is 109, or 1.51.75% of it.", "the tags hold the text alone");
    assert!(artifacts.starts_with("  "), "{artifacts}");
}

#[test]
fn a_value_that_gives_way_to_another_stands_over_it_where_a_line_is_too_short_for_both() {
    let table = |value: &str| read(&format!("| Key | Value |\n|---|---|\n| a | {value} |"));
    let pieces = |old: &str, new: &str| {
        let document = redline(&table(old), &table(new));
        let read = Read::new(&pdf::write(&document, &sheet()).expect("it can be written"));
        // From the head down, without the head of the table.
        read.pieces(read.pages()[0]).into_values().rev().skip(1).collect::<Vec<_>>()
    };
    // The key, what is struck, a gap and what is inserted.
    assert_eq!(pieces("N/A", "Mandatory"), [4]);
    let long = "Mandatory for every Supplier of electricity or gas in Great Britain and in each of its distribution \
                areas from the day on which this takes effect";
    assert_eq!(pieces("N/A", long), [3, 1, 1]);
}

#[test]
fn a_mark_of_punctuation_that_goes_is_bold_and_stands_on_a_tint() {
    let tinted = |old: &str, new: &str| {
        let document = redline(&read(old), &read(new));
        let deleted = sheet().colours.deleted.tint();
        let read = Read::new(&pdf::write(&document, &sheet()).expect("it can be written"));
        read.fills(read.pages()[0], [deleted.red, deleted.green, deleted.blue])
    };
    assert_eq!(tinted("SVTAD for SMETS1.", "SVTAD for SMETS1"), 1);
    assert_eq!(tinted("SVTAD for all of SMETS1.", "SVTAD for SMETS1."), 0);
}

#[test]
fn a_heading_has_its_tab_in_each_text() {
    let cases = [
        ("# 1.2 Register {#section-a}", "# 1.2 The Register {#section-a}"),
        ("# 1.2 Register {#section-a}", "# 1.5 Register {#section-a}"),
        ("# 1.2 Register {#section-a}", "# 1.5 Duties of the Panel {#section-a}"),
        ("# 1 One {#section-1}\n\n# 2 Two {#section-2}", "# 1 One {#section-1}"),
        ("# 1 One {#section-1}\n\n# 2 Two {#section-2}", "# 2 Two {#section-2}"),
        ("# 1 One {#section-1}\n\nText.\n\n# 2 Two {#section-2}", "# 1 One {#section-1}\n\nText."),
        ("12 Words", "# 12 Words"),
    ];
    for (old, new) in cases.into_iter().flat_map(|(old, new)| [(old, new), (new, old)]) {
        let (old, new) = (read(old), read(new));
        let body = word(&redline(&old, &new));
        for (how, clean) in [(Resolve::Accept, &new), (Resolve::Reject, &old)] {
            assert_eq!(seen(&resolve(&body, how)), seen(&word(clean)), "{how:?}");
        }
    }
}

#[test]
fn a_value_that_recedes_does_so_in_the_text_that_has_it() {
    let table = |value: &str| read(&format!("| Key | Value |\n|---|---|\n| a | {value} |"));
    for (old, new) in [("N/A", "Mandatory"), ("Mandatory", "N/A"), ("N/A", "N/A, save on Sundays"), ("N/A", "N/A")] {
        let (old, new) = (table(old), table(new));
        let body = word(&redline(&old, &new));
        for (how, clean) in [(Resolve::Accept, &new), (Resolve::Reject, &old)] {
            assert_eq!(seen(&resolve(&body, how)), seen(&word(clean)), "{how:?}");
        }
    }
}
