//! Properties that docx-rs has no word for, carried through it under another name.
//!
//! docx-rs builds elements, but not every property of Word's. What it lacks rides on a property that these documents
//! never use, and the finish pass, which reads the built parts once anyhow, puts the real one in its place. Both ends
//! of each carrier stand here.

use crate::document::{Script, Style};
use docx_rs as word;
use word::HeightRule;

/// `w:highlight` carries the former style of a run whose emphasis changed (`w:rPrChange`).
pub const FORMER_STYLE: &[u8] = b"w:highlight";
/// `w:trHeight` carries `w:tblHeader`: the row is repeated at the head of each page.
pub const HEADER_ROW: &[u8] = b"w:trHeight";

/// A reference to a note of this number carries `w:footnoteRef`, the sign before the note itself.
pub const NOTE_SIGN: usize = 0;

/// Carries the former emphasis of a run, with the style and size that it has in both texts.
pub fn former_style(
    property: word::RunProperty,
    was: &Style,
    style: Option<&str>,
    size: Option<usize>,
) -> word::RunProperty {
    let size = size.map(|size| size.to_string());
    let fields = [
        style.unwrap_or_default(),
        if was.strong { "b" } else { "" },
        if was.emphasis { "i" } else { "" },
        size.as_deref().unwrap_or_default(),
        match was.script {
            Some(Script::Superscript) => "superscript",
            Some(Script::Subscript) => "subscript",
            None => "",
        },
    ];
    property.highlight(fields.join(","))
}

/// The properties that a run had, in the schema's order, from what was carried.
pub fn former_properties(carried: &str) -> String {
    let mut fields = carried.split(',').map(|field| (!field.is_empty()).then_some(field));
    let mut next = || fields.next().flatten();
    let style = next().map(|id| format!(r#"<w:rStyle w:val="{id}"/>"#));
    let strong = next().map(|_| "<w:b/><w:bCs/>".to_owned());
    let emphasis = next().map(|_| "<w:i/><w:iCs/>".to_owned());
    let size = next().map(|size| format!(r#"<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>"#));
    let script = next().map(|script| format!(r#"<w:vertAlign w:val="{script}"/>"#));
    [style, strong, emphasis, size, script].into_iter().flatten().collect()
}

pub fn header_row(row: word::TableRow) -> word::TableRow {
    row.row_height(0.0).height_rule(HeightRule::AtLeast)
}
