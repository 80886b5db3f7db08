//! The matrices of a document, and what stands above and below each.

use crate::document::{Block, Document, Kind, Paragraph, Table, TextRole};

/// The tables that have an identity, and where they stand.
pub(super) fn matrices(document: &Document) -> impl Iterator<Item = (usize, &Table)> {
    document.blocks.iter().enumerate().filter_map(|(at, block)| match block {
        Block::Table(table) if table.id.now.is_some() => Some((at, table)),
        _ => None,
    })
}

/// What stands over a table.
pub(super) fn caption(blocks: &[Block], at: usize) -> String {
    let above = blocks[..at].iter().rev().find(|block| !matches!(block, Block::Furniture(_)));
    above.and_then(|block| of_role(block, TextRole::Caption)).map(Paragraph::text).unwrap_or_default()
}

/// The remarks under a table.
pub(super) fn notes(blocks: &[Block], at: usize) -> Vec<String> {
    let below = blocks[at + 1..].iter().map_while(|block| of_role(block, TextRole::Note));
    below.map(Paragraph::text).collect()
}

fn of_role(block: &Block, role: TextRole) -> Option<&Paragraph> {
    match block {
        Block::Paragraph(paragraph) if paragraph.kind.now == Kind::Role(role) => Some(paragraph),
        _ => None,
    }
}
