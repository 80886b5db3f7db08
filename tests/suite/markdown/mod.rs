//! The law of the hub: what was written reads back as the same tree, whatever the text holds.

use crate::common::generate;
use ctsd::document::markdown;
use ctsd::document::{Block, Kind, Run};
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
