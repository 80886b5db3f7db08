//! The smallest copies that once came out wrong, or were refused though a modification says what they have.

use super::laws::{accepted_and_rejected, files};
use super::told::project;
use super::typed::{Count, is_taken_in};
use super::{applied, desk, reviewer, sent, with};
use crate::common::docx;
use crate::common::reviewer::Deed;
use crate::instructions::by_hand::base;
use ctsd::pipeline::applying::Only;

/// The base of the laws, and what a modification of it says of sections.
fn drafted(own: &[&str]) -> super::Files {
    let head = ("m1/version.yaml".to_owned(), "id: M1\nname: M1\nbase: \"1.0\"\n".to_owned());
    let own = own.iter().enumerate().map(|(at, text)| (format!("m1/sections/{at}.yaml"), (*text).to_owned()));
    files(base().into_iter().chain([head]).chain(own).collect())
}

/// So many changes left, and the next rejected.
fn rejecting(left: usize) -> Vec<Deed> {
    let mut deeds = vec![Deed::Leave; left];
    deeds.push(Deed::Reject);
    deeds
}

/// Section 3.1 comes to be 3.1.1.1: if that is rejected, what stands in it, and isn't shown, has the new number of Section 3.
#[test]
fn numbers_that_clash_where_a_change_document_doesnt_show_it_are_told() {
    let files = drafted(&["section: \"3\"\nrenumber: \"3.1.1\"\nmove: { after: \"1\" }\n"]);
    let desk = desk(&files);
    let copy = reviewer::typed(&sent(&desk, "M1", false), "Anna", &rejecting(11));
    let why = applied(&desk, &[&copy], &Only::All).unwrap_err();
    let told = "copy 0: with what the copy doesn't show two sections have the number 3.1.1: settle that in it";
    assert_eq!(why, told);
}

/// Behind the last section that stands in another nothing closes up.
#[test]
fn a_deletion_that_is_rejected_takes_with_it_that_numbers_close_up() {
    let files = drafted(&["section: \"1.2.2\"\ndelete: true\nclose_up: true\n", "section: \"1\"\nheading: Range\n"]);
    let redline = sent(&desk(&files), "M1", true);
    let copies = [vec![Deed::Accept, Deed::Reject], vec![Deed::Reject, Deed::Accept], vec![Deed::Reject]];
    for deeds in copies {
        let copy = reviewer::copy(&redline, "Anna", &deeds, false);
        applied(&desk(&files), &[&copy], &Only::All).unwrap();
        is_taken_in(&files, "M1", true, &deeds, &Count::default()).unwrap();
    }
}

/// Section 2 comes to be 2.1.1, and Section 2.1 stays what it is: behind it, and before what stands within it.
#[test]
fn a_section_that_keeps_its_number_stays_where_it_stands() {
    let files = drafted(&["section: \"2\"\nrenumber: \"2.1.1\"\n"]);
    let mut kept = 0;
    for left in 0..8 {
        let copy = reviewer::copy(&sent(&desk(&files), "M1", true), "Anna", &rejecting(left), false);
        let Ok(made) = applied(&desk(&files), &[&copy], &Only::All) else { continue };
        let made = desk(&with(&files, &made.revised));
        let numbers: Vec<&str> = made.version("M1").unwrap().sections().map(|it| it.number.as_str()).collect();
        kept += usize::from(numbers.windows(3).any(|three| three == ["2.1.1", "2.1", "2.1.1.2"]));
    }
    assert!(kept > 0);
}

/// A table whose columns show neither what a row refers to nor whose it is.
#[test]
fn what_no_column_shows_is_as_it_was() {
    let mut files = project();
    let appendix = files.get_mut("content/appendix.yaml").unwrap();
    let is_shown = |line: &&str| !["reference", "role"].iter().any(|it| line.contains(&format!("field: {it},")));
    *appendix = appendix.lines().filter(is_shown).fold(String::new(), |all, line| all + line + "\n");
    accepted_and_rejected(&files, "M1", true, &Count::default()).unwrap();
}

/// Somebody types behind the last paragraph of a section that goes, and accepts that it goes.
#[test]
fn words_that_run_on_into_a_heading_are_told() {
    let files = drafted(&["section: \"2.1\"\ndelete: true\n"]);
    let desk = desk(&files);
    let redline = sent(&desk, "M1", true);
    let main = docx::main_part(&redline);
    let at = main.rfind(">Heading of 2.2<").unwrap();
    let start = main[..at].rfind("<w:p>").unwrap();
    let struck = main[..start].rfind("</w:p>").unwrap();
    let typed = "<w:r><w:t xml:space=\"preserve\"> seen</w:t></w:r>";
    let main = format!("{}{typed}{}", &main[..struck], &main[struck..]);
    let copy = reviewer::with_part(&redline, "word/document.xml", &main);
    let why = applied(&desk, &[&copy], &Only::All).unwrap_err();
    let told = "copy 0: as the copy stands the heading of Section 2.2 runs on from other words, “ seen2.2";
    assert!(why.starts_with(told), "{why}");
    // The heading has lost its number by then, and has the tab that stood behind it.
    let (head, rest) = main.split_at(main.find(" seen<").unwrap());
    let lost = format!("{head}{}", rest.replacen(">2.2<", "><", 1).replacen(">Heading of 2.2<", ">Other words<", 1));
    let why = applied(&desk, &[&reviewer::with_part(&redline, "word/document.xml", &lost)], &Only::All).unwrap_err();
    assert!(why.starts_with("copy 0: as the copy stands the heading of Section 2.2 runs on from other words"), "{why}");
}
/// Section 1 comes to be 2, with 2.1 and 2.2 in it, and of the old Section 2 one stays that stood in it.
#[test]
fn what_collides_with_what_a_change_document_doesnt_show_is_told() {
    let inserted = "insert: \"1\"\nid: new\nheading: New\nbody: |\n  What is new.\n";
    let files = drafted(&[inserted, "section: \"2\"\ndelete: true\n"]);
    let desk = desk(&files);
    let redline = sent(&desk, "M1", false);
    let told = (0..30).filter_map(|left| {
        let deeds = [vec![Deed::Leave; left], vec![Deed::Reject; 3], vec![Deed::Leave; 40]].concat();
        let copy = reviewer::copy(&redline, "Anna", &deeds, false);
        let applied = applied(&desk, &[&copy], &Only::All);
        assert!(applied.as_ref().is_ok_and(|it| it.conflicts.is_empty()) || applied.is_err(), "{applied:?}");
        applied.err()
    });
    let told: Vec<String> = told.collect();
    let why = "copy 0: Section 2.2 of the copy collides with what it doesn't show: “2.2 Heading of 2.2” and “2.2 Heading \
               of 1.2”. Settle that in it";
    assert!(told.iter().any(|it| it.starts_with(why)), "{told:#?}");
}

/// Where a section that is moved stays too, what stands in the two is told apart by their numbers.
#[test]
fn what_has_a_place_of_its_own_goes_with_no_other() {
    let files = drafted(&[
        "insert: \"1.2.3\"\nid: new\nheading: New\nbody: |\n  What is new.\n",
        "insert: \"3\"\nid: newer\nheading: Newer\nbody: |\n  What is newer.\n",
        "section: \"3.1\"\nmove: { after: \"1.2\" }\n",
    ]);
    let redline = sent(&desk(&files), "M1", true);
    let deeds = [Deed::Insert, Deed::Reject, Deed::Leave, Deed::Accept];
    let copy = reviewer::copy(&redline, "Anna", &deeds, true);
    applied(&desk(&files), &[&copy], &Only::All).unwrap();
}

/// A table that goes is struck out before the one that comes, and stays after all.
#[test]
fn a_table_stands_by_its_number() {
    let mut files = drafted(&[]);
    let row = "  - { reference: \"1\", variant: \"1\", name: Some, critical: false }\n";
    let table = format!("insert_table: \"2.2\"\nid: new\nrole: ED\nrows:\n{row}");
    files.insert("content/m1/tables/2.2.yaml".to_owned(), table);
    files.insert("content/m1/tables/2.2.1.yaml".to_owned(), "table: \"2.2.1\"\ndelete: true\n".to_owned());
    let redline = sent(&desk(&files), "M1", true);
    let copy = reviewer::copy(&redline, "Anna", &[Deed::Leave, Deed::Accept, Deed::Reject], false);
    let made = applied(&desk(&files), &[&copy], &Only::All).unwrap();
    assert_eq!(made.revised.removed, ["content/m1/tables/2.2.1.yaml"]);
    let told: Vec<&str> = made.remarks.iter().map(|it| it.what.as_str()).collect();
    let told_of = |at: usize, it: &str| assert_eq!(told[at], it);
    told_of(
        0,
        "Table 2.2.1 stands after Section 2.2 in the copy, where its number doesn't put it: it stands after Table 2.2",
    );
    told_of(
        1,
        "Table 2.2 stands after Table 2.2.1 in the copy, where its number doesn't put it: it stands after Section 2.2",
    );
}

/// Section 2 comes to be 5.1.1, and that is rejected of it, but not of those that stand in it.
#[test]
fn a_number_that_is_rejected_goes_from_the_modification() {
    let files = drafted(&["section: \"2\"\nrenumber: \"5.1.1\"\n"]);
    for left in 0..14 {
        is_taken_in(&files, "M1", false, &rejecting(left), &Count::default()).unwrap();
    }
}

/// A section that isn't new any more goes, and not what has a number as if it stood in it.
#[test]
fn what_is_gone_already_takes_nothing_with_it() {
    let mut files = drafted(&[
        "insert: \"2\"\nid: new\nheading: New\nbody: |\n  What is new.\n",
        "section: \"2.3\"\nheading: Other\n",
        "section: \"3.1\"\nrenumber: \"3.1\"\nmove: { after: \"1.1\" }\n",
    ]);
    files.retain(|path, _| !["1", "2", "2.1"].iter().any(|it| *path == format!("content/1.0/sections/{it}.yaml")));
    files.get_mut("content/1.0/version.yaml").unwrap().push_str("extract: Parts of it.\n");
    for left in 0..8 {
        let deeds = [vec![Deed::Leave; left], vec![Deed::Reject; 3]].concat();
        is_taken_in(&files, "M1", false, &deeds, &Count::default()).unwrap();
    }
}

/// Somebody types into the instruction over a table that goes, which has the look of its caption then.
#[test]
fn what_is_typed_into_an_instruction_is_no_text() {
    let mut files = drafted(&["section: \"3.1\"\nheading: Other\n"]);
    files.insert("content/m1/tables/3.2.yaml".to_owned(), "table: \"3.2\"\ndelete: true\n".to_owned());
    let redline = sent(&desk(&files), "M1", false);
    let main = docx::main_part(&redline);
    for typed in ["Delete Table 3.2. Seen", "Seen: Delete Table 3.2."] {
        let copy = main.replacen("Delete Table 3.2.", typed, 1);
        let copy = reviewer::with_part(&redline, "word/document.xml", &copy);
        let made = applied(&desk(&files), &[&copy], &Only::All).unwrap();
        assert!(made.revised.written.is_empty() && made.revised.removed.is_empty(), "{:?}", made.revised);
    }
    for deeds in [[Deed::Type, Deed::Leave], [Deed::Type, Deed::Accept]] {
        let moved = ["section: \"1\"\nmove: { before: \"2.1\" }\n", "section: \"2.2\"\nmove: { before: \"1\" }\n"];
        let mut files = drafted(&moved);
        files.insert("content/m1/tables/3.2.yaml".to_owned(), "table: \"3.2\"\ndelete: true\n".to_owned());
        is_taken_in(&files, "M1", false, &deeds, &Count::default()).unwrap();
    }
}

/// Of all sections the text goes: they come again, since no statement empties one, and what had the number 1 and stood first
/// has to be named where another is called by what it was.
#[test]
fn what_comes_again_is_named_by_its_number() {
    let deleted = "section: \"1\"\ndelete: true\nclose_up: true\n";
    let inserted = "insert: \"2\"\nid: new\nheading: New\nbody: |\n  What is new.\n";
    let mut files = drafted(&[deleted, inserted]);
    files.insert("content/m2/version.yaml".to_owned(), "id: M2\nname: M2\nbase: M1\n".to_owned());
    let moved = "section: \"1.1\"\nmove: { before: \"1\" }\n";
    files.insert("content/m2/sections/1.1.yaml".to_owned(), moved.to_owned());
    is_taken_in(&files, "M2", true, &[Deed::Drop], &Count::default()).unwrap();
}

/// A section that has its number already doesn't move to where that belongs.
#[test]
fn a_number_that_is_there_already_moves_nothing() {
    let inserted = "insert: \"1.3\"\nid: new\nheading: New\nbody: |\n  What is new.\n";
    let files = drafted(&[inserted, "section: \"2\"\nrenumber: \"2.1\"\nmove: { after: \"1.1\" }\n"]);
    for left in 0..8 {
        let deeds = [vec![Deed::Leave; left], vec![Deed::Reject]].concat();
        is_taken_in(&files, "M1", false, &deeds, &Count::default()).unwrap();
    }
}

/// Section 4 closes up to 3, in which 3.2 stands then; 4 is to stay, and 3.2 too.
#[test]
fn a_section_keeps_its_number_though_that_in_which_it_stands_gets_another() {
    let files = drafted(&[
        "section: \"1\"\nrenumber: \"3.2\"\nmove: { after: \"1.2.2\" }\n",
        "section: \"1.2.2\"\nrenumber: \"1.3\"\n",
        "section: \"3\"\ndelete: true\nclose_up: true\n",
    ]);
    for left in 0..8 {
        let deeds = [vec![Deed::Leave; left], vec![Deed::Reject], vec![Deed::Leave; 8]].concat();
        is_taken_in(&files, "M1", false, &deeds, &Count::default()).unwrap();
    }
}

/// Section 3.1 comes to be 2.4 and stands after 1.1; if only its number is rejected, it stands there, whatever is shown.
#[test]
fn a_section_of_which_a_number_is_rejected_stays_where_it_stands() {
    let files = drafted(&[
        "insert: \"1.3\"\nid: new\nheading: New\nbody: |\n  What is new.\n",
        "insert: \"3\"\nid: newer\nheading: Newer\nbody: |\n  What is newer.\n",
        "section: \"3.1\"\nrenumber: \"2.4\"\nmove: { after: \"1.1\" }\n",
    ]);
    let redline = sent(&desk(&files), "M1", false);
    let mut seen = 0;
    for left in 0..8 {
        let deeds = [vec![Deed::Leave; left], vec![Deed::Reject], vec![Deed::Leave; 12]].concat();
        is_taken_in(&files, "M1", false, &deeds, &Count::default()).unwrap();
        let copy = reviewer::copy(&redline, "Anna", &deeds, false);
        let revised = applied(&desk(&files), &[&copy], &Only::All).unwrap().revised;
        for file in revised.written.iter().filter(|it| it.text.contains("section: \"3.1\"")) {
            assert!(file.text.contains("move: { after: \"1.1\" }"), "{}", file.text);
            seen += 1;
        }
    }
    assert!(seen > 0);
}

/// A section moves past a table, which therefore moves: of that its caption is shown, and no row.
#[test]
fn the_caption_of_a_table_that_only_moves_is_no_text() {
    let mut files = drafted(&["section: \"3\"\nrenumber: \"2\"\nmove: { after: \"1.2\" }\n"]);
    files.retain(|path, _| !["1", "2", "2.1"].iter().any(|it| *path == format!("content/1.0/sections/{it}.yaml")));
    files.get_mut("content/1.0/version.yaml").unwrap().push_str("extract: Parts of it.\n");
    for left in 0..6 {
        is_taken_in(&files, "M1", false, &rejecting(left), &Count::default()).unwrap();
    }
}
