//! Properties that docx-rs has no word for, carried through it under another name.
//!
//! docx-rs builds elements, but not every property of Word's. What it lacks rides on a property that these documents
//! never use, and the finish pass, which reads the built parts once anyhow, puts the real one in its place. Both ends
//! of each carrier stand here.

use crate::document::Style;
use docx_rs as word;
use word::HeightRule;

/// `w:highlight` carries the former style of a run whose emphasis changed (`w:rPrChange`).
pub const FORMER_STYLE: &[u8] = b"w:highlight";
/// `w:trHeight` carries `w:tblHeader`: the row is repeated at the head of each page.
pub const HEADER_ROW: &[u8] = b"w:trHeight";

const STRONG: char = 'b';
const EMPHASIS: char = 'i';

pub fn former_style(property: word::RunProperty, was: &Style) -> word::RunProperty {
    let mut value = String::new();
    if was.strong {
        value.push(STRONG);
    }
    if was.emphasis {
        value.push(EMPHASIS);
    }
    property.highlight(value)
}

/// The properties that a run had, from what was carried.
pub fn former_properties(value: &[u8]) -> String {
    let has = |letter: char| value.iter().any(|byte| char::from(*byte) == letter);
    let mut properties = String::new();
    if has(STRONG) {
        properties.push_str("<w:b/><w:bCs/>");
    }
    if has(EMPHASIS) {
        properties.push_str("<w:i/><w:iCs/>");
    }
    properties
}

pub fn header_row(row: word::TableRow) -> word::TableRow {
    row.row_height(0.0).height_rule(HeightRule::AtLeast)
}
