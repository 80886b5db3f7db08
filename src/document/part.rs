//! The parts of a document that a change document can name: its sections and its tables.

use super::{Block, Document, Kind, TextRole};
use std::ops::Range;

/// What kind of thing a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// A section with its heading, if it has one, and its text.
    Section,
    /// A table with its caption.
    Table,
}

/// A section's own text (not its subsections), or a matrix with its caption and notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which of the two it is.
    pub kind: PartKind,
    /// The identity that outlives the number.
    pub id: String,
    /// The heading's level; for a table, that of the section it stands in, plus one.
    pub level: u8,
    /// Its blocks, as indexes into [`Document::blocks`].
    pub blocks: Range<usize>,
}

/// The parts of a document in order. What stands before the first is the front matter and in no part.
pub fn parts(document: &Document) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut section_level = 0;
    for (index, block) in document.blocks.iter().enumerate() {
        let (kind, id, level, start) = match block {
            Block::Paragraph(p) => match p.kind.now.opens() {
                Some((level, id)) => (PartKind::Section, id, level, index),
                None => continue,
            },
            Block::Table(table) => match &table.id.now {
                Some(id) => (PartKind::Table, id.as_str(), section_level + 1, caption_of(document, index)),
                None => continue,
            },
            Block::Furniture(_) => continue,
        };
        if kind == PartKind::Section {
            section_level = level;
        }
        if let Some(last) = parts.last_mut() {
            last.blocks.end = last.blocks.end.min(start);
        }
        parts.push(Part { kind, id: id.to_owned(), level, blocks: start..document.blocks.len() });
    }
    parts
}

/// Where the table at `index` begins: at its caption, if one stands right over it.
fn caption_of(document: &Document, index: usize) -> usize {
    match index.checked_sub(1).map(|above| &document.blocks[above]) {
        Some(Block::Paragraph(p)) if p.kind.now == Kind::Role(TextRole::Caption) => index - 1,
        _ => index,
    }
}
