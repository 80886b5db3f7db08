//! What stands in the margin beside a change: whose it is, and how text looked that looks otherwise now.

use super::sample::{body, bullet, document, kept, matrix, paragraph, run, sheet};
use super::written;
use ctsd::document::{Block, Document, Hand, Kind, Mark, Revised, Style};
use ctsd::stylesheet::Stylesheet;
use ctsd::writer::pdf::lay_out;
use ctsd::writer::pdf::placed::Text;
use lopdf::Object;

fn hand(block: usize, row: Option<usize>, author: &str) -> Hand {
    Hand { block, row, cell: None, words: false, author: author.into(), date: None }
}

fn alts(document: &Document) -> Vec<String> {
    let read = written(document);
    let alt = |own: &lopdf::Dictionary| own.get(b"Alt").and_then(Object::as_str).ok().map(<[u8]>::to_vec);
    read.elements()
        .into_iter()
        .filter_map(|(_, own)| alt(own))
        .map(|alt| String::from_utf8_lossy(&alt).into())
        .collect()
}

/// The text and what stands beside it.
fn parts(document: &Document) -> (String, String) {
    let read = written(document);
    read.text(read.pages()[0])
}

fn restyled() -> Document {
    let mut was_bold = kept("b");
    was_bold.style = Revised { now: Style::default(), was: Some(Style { strong: true, ..Style::default() }) };
    document(vec![paragraph(Kind::Body, vec![kept("a "), was_bold, kept(" c")])])
}

#[test]
fn words_that_look_otherwise_have_a_note_of_how_they_looked() {
    let (text, beside) = parts(&restyled());
    assert_eq!(text, "a b c");
    assert!(beside.contains("was bold"), "{beside}");
    assert_eq!(alts(&restyled()), ["was bold: b"]);
}

#[test]
fn the_words_of_a_note_are_the_sheets_and_none_stands_where_it_has_none() {
    let mut sheet = sheet();
    fn notes(sheet: &Stylesheet) -> Vec<Text> {
        lay_out(&restyled(), sheet).unwrap().pages.remove(0).notes
    }
    sheet.marks.was.strong = "früher fett".into();
    let text: String = notes(&sheet).iter().flat_map(|text| &text.words).map(|word| &*word.text).collect();
    assert_eq!(text, "früher fett");
    sheet.marks.was.strong.clear();
    assert!(notes(&sheet).is_empty());
    sheet.marks.was.strong = "was bold".into();
    sheet.page.left = 12.0;
    assert!(notes(&sheet).is_empty(), "a margin without room for words");
}

#[test]
fn a_paragraph_of_another_kind_has_a_note_of_what_it_was() {
    let kinds = [
        (Kind::Body, bullet(2), "was list level 2"),
        (bullet(1), Kind::Body, "was text"),
        (bullet(2), bullet(1), "was list level 1"),
        (Kind::Heading { level: 2, id: None }, Kind::Heading { level: 3, id: None }, "was heading 3"),
    ];
    for (now, was, said) in kinds {
        let mut document = document(vec![paragraph(now.clone(), vec![kept("text")])]);
        if let Block::Paragraph(paragraph) = &mut document.blocks[0] {
            paragraph.kind = Revised { now, was: Some(was) };
        }
        let beside = parts(&document).1.replace(' ', "");
        assert!(beside.contains(&said.replace(' ', "")), "{said}: {beside}");
    }
}

#[test]
fn a_change_says_whose_it_is_and_its_text_stays_as_it_was() {
    let changed = vec![kept("a "), run(Mark::Deleted, "b"), run(Mark::Inserted, "c")];
    let unsaid = document(vec![body("text"), paragraph(Kind::Body, changed)]);
    let said = Document { hands: vec![hand(1, None, "MP120")], ..unsaid.clone() };
    assert_eq!(parts(&said).0, parts(&unsaid).0);
    assert!(parts(&said).1.contains("MP120") && !parts(&unsaid).1.contains("MP120"));
    assert_eq!(alts(&said), ["MP120, deleted: b", "MP120, inserted: c"]);
}

#[test]
fn notes_stand_left_of_the_bar_on_the_page_and_none_on_another() {
    let mut table = matrix("8.1.8", 60);
    let Block::Table(rows) = &mut table else { panic!("a table") };
    rows.rows.iter_mut().for_each(|row| row.mark = Mark::Inserted);
    let hands = (0..rows.rows.len()).map(|row| hand(0, Some(row), &format!("MP{row}, MP1, MP2, Version 6.22")));
    let document = Document { hands: hands.collect(), ..document(vec![table]) };
    let sheet = sheet();
    let left = (sheet.page.left - sheet.marks.bar_gap) * 72.0 / 25.4 - sheet.marks.bar_width;
    let laid = lay_out(&document, &sheet).unwrap();
    let noted = laid.pages.iter().filter(|page| !page.notes.is_empty());
    assert!(noted.count() > 2);
    for page in &laid.pages {
        let lines: Vec<f32> = page.notes.iter().map(|note| note.baseline).collect();
        let apart = |pair: &[f32]| pair[0] == pair[1] || pair[1] - pair[0] >= sheet.marks.note_size;
        assert!(lines.windows(2).all(apart) && lines.iter().all(|&line| line < page.height - 20.0), "{lines:?}");
        for note in &page.notes {
            let width: i32 = note.words.iter().map(|word| word.width).sum();
            assert!(note.x > 20.0 && note.x + width as f32 * note.size / 1000.0 < left + 3.0, "{note:?}");
        }
    }
}
