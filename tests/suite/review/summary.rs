//! The table for the meeting.

use super::told::project;
use super::{applied, desk, reviewer, sent, with};
use crate::common::docx::{faults, part, text};
use crate::common::reviewer::Deed;
use ctsd::pipeline::applying::Only;
use ctsd::pipeline::reviewing::Reviewed;
use ctsd::pipeline::{Desk, Options};
use std::path::Path;

fn summary(desk: &Desk, copies: &[(&str, &[u8])], name: &str) -> Vec<u8> {
    let review = |(name, copy): &(&str, &[u8])| -> (String, Reviewed) {
        ((*name).to_owned(), desk.review_bytes(copy).unwrap_or_else(|failure| panic!("{failure}")))
    };
    let copies: Vec<_> = copies.iter().map(review).collect();
    let file =
        desk.summary(&copies, Path::new(name), &Options::default()).unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(file.name, Path::new(name).file_name().unwrap().to_str().unwrap());
    file.bytes
}

/// The cells of the lines of the tables.
fn lines(markdown: &[u8]) -> Vec<Vec<String>> {
    let lines = std::str::from_utf8(markdown).unwrap().lines().filter(|line| line.starts_with("| "));
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
    lines.map(cells).filter(|cells: &Vec<String>| cells[0] != "Where").collect()
}

#[test]
fn what_reviewers_did_and_what_has_become_of_it_stands_in_a_table() {
    let files = project();
    let desk = desk(&files);
    let redline = sent(&desk, "M1", true);
    let anna = reviewer::copy(&redline, "Anna", &[Deed::Insert, Deed::Accept, Deed::Reject], false);
    let bob = reviewer::copy(&redline, "Bob", &[Deed::Leave, Deed::Accept, Deed::Reject], false);
    let copies = [("copies/anna.docx", anna.as_slice()), ("bob.docx", bob.as_slice())];
    let of = |desk: &Desk| lines(&summary(desk, &copies, "meeting.md"));
    let before = of(&desk);
    let has = |lines: &[Vec<String>], what: &str, who: &str, since: &str| {
        let is_it = |line: &Vec<String>| line[1].contains(what) && line[2] == who && line[3] == since;
        assert!(lines.iter().any(is_it), "{what}, {who}, {since}: {lines:#?}");
    };
    has(&before, "**Edited**", "Anna", "Open: not taken up");
    has(&before, "**Accepted**", "anna.docx; bob.docx", "It stands as proposed");
    has(&before, "**Rejected**", "anna.docx; bob.docx", "Open: it is still proposed");
    assert!(before.iter().all(|line| line.len() == 4 && line.iter().all(|cell| !cell.is_empty())), "{before:#?}");
    // Once it is applied, the same copies say what has become of it.
    let revised = applied(&desk, &[&anna, &bob], &Only::All).unwrap().revised;
    let after = of(&super::desk(&with(&files, &revised)));
    has(&after, "**Edited**", "Anna", "Taken up");
    has(&after, "**Rejected**", "anna.docx; bob.docx", "Withdrawn");
    for name in ["meeting.docx", "meeting.html", "meeting.pdf"] {
        assert_eq!(summary(&desk, &copies, name), summary(&desk, &copies, name), "{name}");
    }
    let word = summary(&desk, &copies, "out/meeting.docx");
    assert_eq!(faults(&word), Vec::<String>::new());
    assert!(text(&part(&word, "word/document.xml")).contains("What has become of it"));
    let wrong = desk.summary(&[], Path::new("meeting.xlsx"), &Options::default()).unwrap_err().to_string();
    assert!(wrong.contains("“meeting.xlsx” is to be a .docx, .html, .pdf or .md"), "{wrong}");
}

#[test]
fn reviewers_who_don_t_agree_are_told_at_both_lines() {
    let desk = desk(&project());
    let redline = sent(&desk, "M1", false);
    let copy = |name: &str, deed: Deed| reviewer::copy(&redline, name, &[deed], false);
    let (anna, bob) = (copy("Anna", Deed::Accept), copy("Bob", Deed::Reject));
    let told = lines(&summary(&desk, &[("anna.docx", &anna), ("bob.docx", &bob)], "meeting.md"));
    let of_first: Vec<&Vec<String>> = told.iter().filter(|line| line[0].starts_with("Section 1")).collect();
    assert!(of_first.len() > 1 && of_first.iter().all(|line| line[3].starts_with("They don’t agree. ")), "{told:#?}");
    // What they say of one part stands under its heading.
    assert!(
        of_first[0][0] == "Section 1 Scope" && of_first[1..].iter().all(|line| line[0] == "Section 1"),
        "{told:#?}"
    );
    let alone = lines(&summary(&desk, &[("anna.docx", &anna), ("again.docx", &anna)], "meeting.md"));
    assert!(alone.iter().all(|line| !line[3].contains("agree")), "{alone:#?}");
}

#[test]
fn a_comment_stands_in_it_with_its_answer() {
    let mut files = project();
    files.insert(
        "content/m1/comments.yaml".to_owned(),
        "comments:\n  - section: \"1\"\n    author: Ada\n    text: Why twice?\n    answers:\n      - author: Bob\n        text: The Panel asked.\n"
            .to_owned(),
    );
    let desk = desk(&files);
    let (base, target) = desk.with_base("M1").unwrap();
    let options = Options { formats: vec![ctsd::pipeline::Format::Docx], comments: true, ..Options::default() };
    let copy = desk.redline(base, target, &options).unwrap().remove(0).bytes;
    let lines = lines(&summary(&desk, &[("a.docx", &copy)], "meeting.md"));
    let said =
        lines.iter().find(|line| line[1].starts_with("Comment on “") && line[1].ends_with("”: “Why twice?”")).unwrap();
    assert_eq!(said[2..], ["Ada", "Answered by Bob: “The Panel asked.”"]);
}
