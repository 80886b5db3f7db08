//! The bare words of what was read.

use super::marked::{Block, PAGE_BREAK, Paragraph};
use super::view::View;

/// What has words.
pub(super) trait Words {
    /// Its words as a view shows them, on a line for each paragraph.
    fn words(&self, view: View) -> String;
}

impl Words for Paragraph {
    fn words(&self, view: View) -> String {
        let shown = self.runs.iter().filter(|run| view.mark(run.marks).is_some());
        shown.map(|run| run.text.replace(PAGE_BREAK, " ")).collect()
    }
}

impl Words for Block {
    fn words(&self, view: View) -> String {
        match self {
            Self::Paragraph(paragraph) => paragraph.words(view),
            Self::Table(table) => {
                let rows = table.rows.iter().filter(|row| view.mark(row.marks).is_some());
                let cells = rows.flat_map(|row| &row.cells).filter(|cell| view.mark(cell.marks).is_some());
                let words = cells.flat_map(|cell| &cell.blocks).map(|block| block.words(view));
                words.collect::<Vec<_>>().join("\n")
            }
        }
    }
}
