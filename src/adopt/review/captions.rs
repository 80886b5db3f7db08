//! Tables that come or go with their captions, of which a copy has one without the other.

use crate::adopt::matrix::Caption;
use crate::document::{Block, Document, Mark, Table, text_of};
use crate::reader::marked::Remark;

/// That a copy has the caption of a table that the redline inserts or deletes without the table, or the table without its
/// caption. `words` is how captions begin.
pub(super) fn halved_tables(copy: &Document, sent: &Document, words: &str) -> Vec<Remark> {
    let number = |blocks: &[Block], at: usize| match blocks.get(at)? {
        Block::Paragraph(paragraph) => Caption::of(&paragraph.text(), words, at).map(|caption| caption.number),
        _ => None,
    };
    let table = |blocks: &[Block], at: usize| matches!(blocks.get(at), Some(Block::Table(_)));
    let mut remarks = Vec::new();
    for (at, block) in sent.blocks.iter().enumerate() {
        let Block::Table(whole) = block else { continue };
        let Some(own) = at.checked_sub(1).and_then(|above| number(&sent.blocks, above)) else { continue };
        if !comes_or_goes(whole) {
            continue;
        }
        let blocks = &copy.blocks;
        let captions: Vec<usize> = (0..blocks.len()).filter(|at| number(blocks, *at).as_ref() == Some(&own)).collect();
        let is_bare = |at: usize| {
            let is_like = matches!(&blocks[at], Block::Table(other) if head(other) == head(whole));
            is_like && at.checked_sub(1).and_then(|above| number(blocks, above)).is_none()
        };
        let has = match captions.as_slice() {
            [] if (0..blocks.len()).any(is_bare) => "is there without its caption",
            [caption] if !table(blocks, caption + 1) => "has its caption there, and no rows",
            _ => continue,
        };
        let what = format!(
            "as the copy stands Table {own} {has}: accept in it the changes of both the caption and the rows, or reject them"
        );
        remarks.push(Remark::loss(what));
    }
    remarks
}

fn comes_or_goes(table: &Table) -> bool {
    [Mark::Inserted, Mark::Deleted].iter().any(|mark| table.rows.iter().all(|row| row.mark == *mark))
}

/// What the first row of a table says.
fn head(table: &Table) -> Option<Vec<String>> {
    let row = table.rows.first()?;
    Some(row.cells.iter().map(|cell| text_of(&cell.runs).trim().to_owned()).collect())
}
