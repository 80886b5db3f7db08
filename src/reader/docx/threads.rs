//! Which comment is which while a document is read, and where each stands.

use crate::reader::marked::{Block, Marked, Paragraph, Place};
use std::collections::BTreeMap;

/// The comments of a document while it is read.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// Which comment has which id: references to it have that.
    pub by_id: BTreeMap<String, usize>,
    /// Which comment has which paragraph: what answers it, or says that it is done with, names that.
    pub by_paragraph: BTreeMap<String, usize>,
    /// Those that begin before a paragraph does.
    pub waiting: Vec<usize>,
}

impl Comments {
    /// Those that begin before the paragraph that is opened.
    pub fn begun(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.waiting)
    }
}

/// Gives each comment the place of the first paragraph that it is on.
pub(super) fn place(marked: &mut Marked) {
    let mut places: BTreeMap<usize, Place> = BTreeMap::new();
    for paragraph in paragraphs(&marked.blocks) {
        for at in &paragraph.comments {
            places.entry(*at).or_insert_with(|| marked.place(paragraph.page, &paragraph.text()));
        }
    }
    for (at, place) in places {
        marked.comments[at].place = place;
    }
}

/// All paragraphs, those in tables too.
fn paragraphs(blocks: &[Block]) -> Vec<&Paragraph> {
    fn below(block: &Block) -> Vec<&Paragraph> {
        match block {
            Block::Paragraph(paragraph) => vec![paragraph],
            Block::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| paragraphs(&cell.blocks)).collect()
            }
        }
    }
    blocks.iter().flat_map(below).collect()
}
