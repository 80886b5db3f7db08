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
