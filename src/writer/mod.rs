//! From a document to bytes: one leaf per format. No writer knows YAML, versions, the clock or the disk.

pub mod columns;
pub mod contents;
pub mod docx;
pub mod format;
pub mod html;
pub(crate) mod keeping;
mod limits;
pub mod pages;
pub mod pdf;
mod turned;
pub mod typeset;
mod view;
mod was;
pub mod xlsx;

pub use limits::unwritable;

use crate::document::{Kind, TextRole};
use crate::stylesheet::{Stylesheet, TextStyle};

/// How a kind of paragraph looks.
fn style_of<'s>(kind: &Kind, sheet: &'s Stylesheet) -> &'s TextStyle {
    match kind {
        Kind::Body | Kind::Role(TextRole::Term | TextRole::Meaning) => &sheet.body,
        Kind::Heading { level, .. } => {
            let index = usize::from(level.saturating_sub(1)).min(sheet.headings.len().saturating_sub(1));
            sheet.headings.get(index).unwrap_or(&sheet.body)
        }
        Kind::Clause { .. } => sheet.clause.as_ref().unwrap_or(&sheet.body),
        Kind::Item { .. } => &sheet.list,
        Kind::Role(TextRole::Title) => &sheet.title,
        Kind::Role(TextRole::Subtitle) => &sheet.subtitle,
        Kind::Role(TextRole::Instruction) => &sheet.instruction,
        Kind::Role(TextRole::Caption | TextRole::Figure) => &sheet.caption,
        Kind::Role(TextRole::Note) => &sheet.note,
        Kind::Role(TextRole::Classification) => &sheet.classification,
    }
}

/// The space that a table wants below it, in points.
fn below_table(sheet: &Stylesheet) -> f32 {
    sheet.table.after.max(sheet.body.after)
}

/// What a writer couldn't set as asked: an error to a drafter, in a place that the pipeline can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Index into [`Document::blocks`](crate::document::Document::blocks).
    pub block: Option<usize>,
    /// The very character that is at fault, if one is.
    pub character: Option<char>,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Problem {
    /// A character that the typeface can't draw.
    pub fn no_glyph(block: Option<usize>, character: char) -> Self {
        Self {
            block,
            character: Some(character),
            message: format!("the typeface has no glyph for U+{:04X} (“{character}”)", u32::from(character)),
            help: "replace the character by one that Liberation Sans has".to_owned(),
        }
    }
}
