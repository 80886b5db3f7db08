//! The law of the hub: what was written reads back as the same tree, whatever the text holds.

mod notes;
mod scripts;

use crate::common::generate;
use ctsd::document::markdown;
use ctsd::document::{Block, Kind, Marker, Run};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_clean_tree_reads_back_as_itself(document in generate::document(false)) {
        let text = markdown::write(&document);
        let back = markdown::read(&text);
        prop_assert_eq!(back.as_ref(), Ok(&document), "{}", text);
    }

    #[test]
    fn a_marked_tree_reads_back_as_itself(document in generate::document(true)) {
        let text = markdown::write(&document);
        let back = markdown::read(&text);
        prop_assert_eq!(back.as_ref(), Ok(&document), "{}", text);
    }

    /// Read by themselves, the pieces of a document are what they are among the others.
    #[test]
    fn a_document_reads_by_its_pieces(document in prop_oneof![generate::document(false), generate::document(true)]) {
        let text = markdown::write(&document);
        let pieces = markdown::pieces(&text);
        prop_assert_eq!(pieces.concat(), text.as_str());
        let front = markdown::read(pieces[0]).map(|front| front.blocks);
        let parts = pieces[1..].iter().map(|piece| markdown::read_blocks(piece));
        let read: Result<Vec<_>, _> = [front].into_iter().chain(parts).collect();
        if let Ok(read) = read {
            prop_assert_eq!(read.concat(), document.blocks, "{}", text);
        }
    }

    #[test]
    fn an_escaped_value_is_that_text_wherever_a_template_puts_it(value in generate::text()) {
        let escaped = markdown::escape(&value);
        let shown = |wrapped: String| match markdown::read_blocks(&wrapped).unwrap().pop().unwrap() {
            Block::Paragraph(p) => p.text(),
            Block::Table(t) => ctsd::document::text_of(&t.rows.last().unwrap().cells[0].runs),
            Block::Furniture(_) => unreachable!(),
        };
        prop_assert_eq!(shown(escaped.clone()), value.clone(), "{}", escaped);
        prop_assert_eq!(shown(format!("## {escaped}")), value.clone(), "{}", escaped);
        prop_assert_eq!(shown(format!("| a | b |\n|---|---|\n| {escaped} | x |")), value.clone(), "{}", escaped);
        prop_assert_eq!(shown(format!("- x {escaped}")), format!("x {value}"), "{}", escaped);
    }

    #[test]
    fn any_text_is_read_or_refused_and_never_panics(text in "\\PC{0,200}") {
        let _ = markdown::read(&text);
    }
}

#[test]
fn what_the_dialect_lacks_is_a_fault_with_its_place() {
    let faults = markdown::read("Plain.\n\n> quoted\n\nSome `code` here.\n\n<div>x</div>\n").unwrap_err();
    let at: Vec<_> = faults.iter().map(|fault| fault.at.start).collect();
    assert_eq!(at, [8, 23, 37], "{faults:#?}");
}

#[test]
fn a_drafters_nested_list_is_a_flat_sequence_of_items() {
    let blocks = markdown::read_blocks("Intro:\n\n- one; and\n  - deeper\n    text\n- two.\n").unwrap();
    let seen: Vec<_> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(p) => match p.kind.now {
                Kind::Item { level, .. } => (level, p.text()),
                _ => (0, p.text()),
            },
            _ => unreachable!(),
        })
        .collect();
    let wanted = [(0, "Intro:"), (1, "one; and"), (2, "deeper text"), (1, "two.")].map(|(l, t)| (l, t.to_owned()));
    assert_eq!(seen, wanted);
}

#[test]
fn double_spaces_in_the_text_stand() {
    let blocks = markdown::read_blocks("Successfully executing  the request").unwrap();
    let Block::Paragraph(p) = &blocks[0] else { panic!("not a paragraph") };
    assert_eq!(p.runs, [Run::plain("Successfully executing  the request")]);
}

/// What a body holds, as level, label and text.
fn items(text: &str) -> Vec<String> {
    let blocks = markdown::read_body(text).unwrap();
    let paragraphs = blocks.iter().map(|block| match block {
        Block::Paragraph(p) => match &p.kind.now {
            Kind::Item { level, marker: Marker::Label(label) } => format!("{level} {label} {}", p.text()),
            Kind::Item { level, marker: Marker::Bullet } => format!("{level} - {}", p.text()),
            Kind::Item { level, marker: Marker::Continued } => format!("{level} + {}", p.text()),
            _ => p.text(),
        },
        _ => unreachable!(),
    });
    paragraphs.collect()
}

#[test]
fn an_item_has_the_label_that_is_written() {
    assert_eq!(items("(a) one; or\n(b) two\n"), ["1 (a) one; or", "1 (b) two"]);
    assert_eq!(
        items(
            "The Party shall:\n1. test:\n   (a) this; and\n   (aa) that;\n        (i) so; or\n\n        (ii) so.\n2. wait"
        ),
        [
            "The Party shall:",
            "1 1. test:",
            "2 (a) this; and",
            "2 (aa) that;",
            "3 (i) so; or",
            "3 (ii) so.",
            "1 2. wait"
        ]
    );
    assert_eq!(
        items("4. four\n\n   and more of it.\n\n4A. between\n\nProse.\n\n5. five"),
        ["1 4. four", "1 + and more of it.", "1 4A. between", "Prose.", "1 5. five"]
    );
    assert_eq!(items("A) one\nB) two\n\n(1) three\n(2) four"), ["1 A) one", "1 B) two", "1 (1) three", "1 (2) four"]);
    assert_eq!(items("- (1)one\n- two:\n  a) three\n  b) four"), ["1 - (1)one", "1 - two:", "2 a) three", "2 b) four"]);
    let six = "1. a:\n   (a) b:\n       (i) c:\n           (A) d:\n               (1) e:\n                   a) f";
    assert_eq!(items(six).last().unwrap(), "6 a) f");
}

#[test]
fn what_only_looks_like_a_label_is_text() {
    for text in [
        "as paragraph\n(b) of it says",
        "in the year\n2019. The next",
        "(2019) is a year",
        "\\(a) is a letter",
        "a\\) is one",
        "a. is none",
    ] {
        let plain = text.replace('\n', " ").replace('\\', "");
        assert_eq!(items(text), [plain]);
    }
}

#[test]
fn what_may_be_a_label_or_not_is_asked_where_it_stands() {
    for (text, at, word) in [
        ("as paragraph\n(a) of it says", 13, "isn't plain"),
        ("1. one\n1. two", 7, "isn't plain"),
        ("1. one;\n1. two.", 8, "twice"),
        ("(a) one:\n  (i) two", 11, "neither"),
        ("- (a) one", 2, "a bullet and the label"),
        ("Thus:\n         (a) one", 15, "too far in"),
        ("(a)\n\nProse", 0, "no words"),
        (
            "1. a:\n   1) b:\n      (1) c:\n          a) d:\n             (a) e:\n                 (i) f:\n                     (A) g",
            0,
            "at most 6",
        ),
    ] {
        let faults = markdown::read_body(text).unwrap_err();
        let fault =
            faults.iter().find(|fault| fault.message.contains(word)).unwrap_or_else(|| panic!("{text}: {faults:?}"));
        assert!(at == 0 || fault.at.start == at, "{text}: {fault:?}");
    }
}

#[test]
fn what_is_plainly_text_stays_as_it_is_typed() {
    for text in
        ["A*B*C", "5*3 and 2*4", "2 * 3 * 4", "a | b", "|", "| a", "snake_case_word", "as agreed\n– or not – in time"]
    {
        assert_eq!(items(text), [text.replace('\n', " ")]);
    }
    assert_eq!(items("one  \ntwo\\\nthree<br>four"), ["one two\nthree\nfour"]);
    let blocks = markdown::read_body("It is *so*, and (*so*) too.").unwrap();
    let Block::Paragraph(p) = &blocks[0] else { panic!("not a paragraph") };
    assert_eq!(p.runs.iter().filter(|run| run.style.now.emphasis).count(), 2);
}

#[test]
fn what_would_be_dropped_or_joined_in_silence_is_told() {
    for (text, at, word) in [
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", 20, "3 cells"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\nProse.\n", 30, "right under"),
        ("(a)one;\n(b)two.", 8, "looks like"),
        ("a. one;\nb. two.", 8, "looks like"),
        ("-one;\n-two.", 6, "looks like"),
    ] {
        let faults = markdown::read_body(text).unwrap_err();
        let fault =
            faults.iter().find(|fault| fault.message.contains(word)).unwrap_or_else(|| panic!("{text}: {faults:?}"));
        assert_eq!(fault.at.start, at, "{text}: {fault:?}");
    }
}

#[test]
fn a_bare_address_that_a_drafter_types_is_a_link() {
    let blocks = markdown::read_body("See https://example.com/codes (or ask).").unwrap();
    let Block::Paragraph(p) = &blocks[0] else { panic!("not a paragraph") };
    let links: Vec<_> = p.runs.iter().map(|run| (run.text.as_str(), run.style.now.link.as_deref())).collect();
    let address = "https://example.com/codes";
    assert_eq!(links, [("See ", None), (address, Some(address)), (" (or ask).", None)]);
    assert_eq!(markdown::read_blocks(&markdown::write_blocks(&blocks)).unwrap(), blocks);
}

#[test]
fn the_page_of_constructs_is_in_the_dialect() {
    let page = include_str!("../../../docs/constructs.md").replace("\r\n", "\n");
    let example = page
        .split("## Lists")
        .nth(1)
        .and_then(|rest| rest.split("```markdown\n").nth(1))
        .and_then(|rest| rest.split("```").next())
        .expect("an example");
    assert_eq!(items(example).iter().filter(|item| item.starts_with(['1', '2'])).count(), 8);
}
