//! What stands before the items of lists, once a redline in Word is resolved.

use super::word;
use crate::common::docx::{Resolve, body, resolve};
use crate::common::numbering::Numbering;
use ctsd::document::markdown;
use ctsd::redline::compare;

/// The labels after accepting, or rejecting, all that changed between two texts.
fn labels(old: &str, new: &str, how: Resolve) -> String {
    let [old, new] = [old, new].map(|text| markdown::read(text).unwrap());
    let file = word(&compare(&old, &new, "old", "new").document);
    let labels = Numbering::of(&file).labels(&resolve(&body(&file), how));
    labels.into_iter().map(|label| label.unwrap_or_else(|| "¶".to_owned())).collect::<Vec<_>>().join(" ")
}

const THREE: &str = "1. Test its Devices;\n2. tell the DCC; and\n3. wait.\n";

#[test]
fn a_list_whose_first_item_goes_comes_or_changes_counts_right_in_both_texts() {
    for (new, now) in [
        ("1. Tell the DCC; and\n2. wait.\n", "1. 2."),
        ("1. Begin;\n2. test its Devices;\n3. tell the DCC; and\n4. wait.\n", "1. 2. 3. 4."),
        ("1. Conform to Release 2.0 before;\n2. tell the DCC; and\n3. wait.\n", "1. 2. 3."),
        ("1. Test its Devices;\n\nBut first:\n\n1. tell the DCC; and\n2. wait.\n", "1. ¶ 1. 2."),
        ("3. Test its Devices;\n4. tell the DCC; and\n5. wait.\n", "3. 4. 5."),
    ] {
        assert_eq!(labels(THREE, new, Resolve::Accept), now, "{new}");
        assert_eq!(labels(THREE, new, Resolve::Reject), "1. 2. 3.", "{new}");
    }
}

#[test]
fn a_label_is_printed_as_it_is_written() {
    for (text, labels_of) in [
        ("(a) a;\n(b) b;\n(ba) c;\n(c) d.\n\nProse.\n\n(d) e.\n", "(a) (b) (ba) (c) ¶ (d)"),
        (
            "1. a:\n   (a) b:\n       (i) c;\n       (ii) d;\n   (b) e;\n2. f:\n   (a) g.\n",
            "1. (a) (i) (ii) (b) 2. (a)",
        ),
        ("4. a:\n   (a) b;\n   (b) c;\n4A. d:\n    (a) e;\n5. f:\n   (a) g.\n", "4. (a) (b) 4A. (a) 5. (a)"),
        ("(h) a;\n(i) b;\n(j) c.\n\nProse.\n\n(i) d;\n(ii) e;\n(iii) f.\n", "(h) (i) (j) ¶ (i) (ii) (iii)"),
        ("(y) a;\n(z) b;\n(aa) c;\n(bb) d.\n", "(y) (z) (aa) (bb)"),
        ("A) a;\nB) b.\n\n(1) c;\n(2) d.\n", "A) B) (1) (2)"),
    ] {
        assert_eq!(labels(text, text, Resolve::Accept), labels_of);
    }
}

#[test]
fn an_item_that_is_renumbered_alone_is_not_marked_in_its_text() {
    let (old, new) = ("1. Test;\n2. wait.\n", "1. Begin;\n2. test;\n3. wait.\n");
    let [old, new] = [old, new].map(|text| markdown::read(text).unwrap());
    let redline = compare(&old, &new, "old", "new").document;
    let Some(ctsd::document::Block::Paragraph(last)) = redline.blocks.last() else { panic!("not a paragraph") };
    assert!(last.runs.iter().all(|run| !run.is_revised()));
    assert!(last.kind.was.is_some());
}
