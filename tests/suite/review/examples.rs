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
}
