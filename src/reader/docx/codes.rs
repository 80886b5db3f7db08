//! The codes of fields, which aren't printed.

use crate::reader::marked::Block;

/// Drops what stands in the code of fields. Where a field never ends, what looks like its code is text after all.
pub(super) fn drop_codes(blocks: &mut [Block], ended: &[bool]) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                paragraph.runs.retain(|run| run.code.is_none_or(|field| !ended[field]));
                paragraph.runs.iter_mut().for_each(|run| run.code = None);
            }
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| drop_codes(&mut cell.blocks, ended));
            }
        }
    }
}
