//! The laws of the redline, over generated appendices with every kind of change, and over unrelated documents.

mod apply;
mod labels;

use crate::common::docx::{Resolve, body, faults, resolve, seen};
use crate::common::numbering::Numbering;
use crate::common::{config, edit, generate};
use ctsd::document::{Block, Document, Mark, Run, accept, is_clean, markdown, parts, reject};
use ctsd::redline::{ChangeList, apply, compare};
use ctsd::writer::{docx, pages};
use proptest::prelude::*;

fn holds(old: &Document, new: &Document) -> Result<(), TestCaseError> {
    let redline = compare(old, new, "old", "new");
    prop_assert_eq!(&accept(&redline.document), new, "accept");
    prop_assert_eq!(&reject(&redline.document), old, "reject");

    let text = markdown::write(&redline.document);
    let back = markdown::read(&text);
    prop_assert_eq!(back.as_ref(), Ok(&redline.document), "Markdown: {}", text);

    let json = serde_json::to_string(&redline.changes).unwrap();
    let changes: ChangeList = serde_json::from_str(&json).unwrap();
    prop_assert_eq!(apply(old, &changes), Ok(new.clone()), "amendments: {}", json);

    let back = compare(new, old, "new", "old");
    prop_assert_eq!(
        marked_text(&redline.document, Mark::Inserted),
        marked_text(&back.document, Mark::Deleted),
        "symmetry"
    );
    prop_assert_eq!(
        marked_text(&redline.document, Mark::Deleted),
        marked_text(&back.document, Mark::Inserted),
        "symmetry"
    );
    Ok(())
}

/// All text with one mark, in order; a paragraph mark is a pilcrow.
fn marked_text(document: &Document, mark: Mark) -> String {
    let mut text = String::new();
    let mut add = |runs: &[Run]| text.extend(runs.iter().filter(|run| run.mark == mark).map(|run| run.text.as_str()));
    for block in &document.blocks {
        match block {
            Block::Paragraph(p) => {
                add(&p.runs);
                if p.mark == mark {
                    add(&[Run { text: "¶".to_owned(), mark, ..Run::default() }]);
                }
            }
            Block::Table(t) => t.rows.iter().flat_map(|row| &row.cells).for_each(|cell| add(&cell.runs)),
            Block::Furniture(_) => {}
        }
    }
    text
}

fn word(document: &Document) -> Vec<u8> {
    let sheet = crate::common::sheet();
    let pages = pages::of_texts(document, &sheet);
    let options = docx::Options { author: "A. Drafter".to_owned(), date: None, pages, ..docx::Options::default() };
    docx::write(document, &sheet, &options).unwrap()
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn word_resolves_a_redline_to_either_version((old, new) in edit::pair()) {
        let redline = compare(&old, &new, "old", "new");
        let marked = word(&redline.document);
        prop_assert_eq!(faults(&marked), Vec::<String>::new());
        for (how, clean) in [(Resolve::Accept, &new), (Resolve::Reject, &old)] {
            let (resolved, clean) = (resolve(&body(&marked), how), word(clean));
            prop_assert_eq!(seen(&resolved), seen(&body(&clean)), "{:?}", how);
            let labels = Numbering::of(&clean).labels(&body(&clean));
            prop_assert_eq!(Numbering::of(&marked).labels(&resolved), labels, "labels, {:?}", how);
        }
    }
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn a_drafters_edits_are_drawn_without_loss((old, new) in edit::pair()) {
        holds(&old, &new)?;
    }

    #[test]
    fn unrelated_documents_are_drawn_without_loss(old in generate::document(false), new in generate::document(false)) {
        holds(&old, &new)?;
    }

    #[test]
    fn a_document_compared_with_itself_has_no_change(document in generate::document(false)) {
        let redline = compare(&document, &document, "a", "a");
        prop_assert!(redline.changes.amendments.is_empty());
        prop_assert!(is_clean(&redline.document));
        prop_assert_eq!(redline.document, document);
    }

    #[test]
    fn text_that_stands_in_both_is_never_marked((old, new) in edit::pair()) {
        // A block that is equal on both sides and stands once in each is kept as it is, where the same parts begin at the
        // same places: elsewhere it may be moved with its part.
        let begins = |document: &Document| -> Vec<_> {
            parts(document).into_iter().map(|part| (part.kind, part.id, part.blocks.start)).collect()
        };
        let redline = compare(&old, &new, "old", "new");
        let moved = redline.changes.amendments.iter().flat_map(|a| &a.parts).flat_map(|part| &part.changes).any(|change| change.moved);
        let once = |document: &Document, block: &Block| document.blocks.iter().filter(|other| *other == block).count() == 1;
        if !moved && old.blocks.len() == new.blocks.len() && begins(&old) == begins(&new) {
            for (before, after) in old.blocks.iter().zip(&new.blocks) {
                if before == after && once(&old, before) && once(&new, after) {
                    prop_assert!(redline.document.blocks.contains(after), "{:?}", after);
                }
            }
        }
    }
}
