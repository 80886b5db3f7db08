//! Tables, whose rows are whole.

use super::super::directive::TableSpec;
use super::Reader;
use crate::document::{Align, Block, Run};
use pulldown_cmark::Alignment;
use std::ops::Range;

/// The table that is being read.
#[derive(Default)]
pub(super) struct Cells {
    pub aligns: Vec<Align>,
    pub rows: Vec<Vec<Vec<Run>>>,
}

impl Reader<'_> {
    pub(super) fn start_table(&mut self, aligns: &[Alignment], at: Range<usize>) {
        self.end_paragraph();
        if !self.lists.is_empty() {
            self.fault(at, "a table stands within a list", "Leave an empty line above it and begin it at the margin.");
        }
        let align = |align: &Alignment| match align {
            Alignment::None | Alignment::Left => Align::Left,
            Alignment::Center => Align::Centre,
            Alignment::Right => Align::Right,
        };
        self.cells = Cells { aligns: aligns.iter().map(align).collect(), rows: Vec::new() };
    }

    /// A row has no more cells than the table has columns, and is one: CommonMark would leave out what is too much, and
    /// take a line right under a table for a row.
    pub(super) fn row_is_whole(&mut self, at: Range<usize>) {
        let row = self.text.get(at.clone()).unwrap_or_default().trim_end();
        let columns = self.cells.aligns.len();
        let bars = bars(row);
        let ends =
            usize::from(row.starts_with('|')) + usize::from(bars > 1 && row.ends_with('|') && !row.ends_with("\\|"));
        let cells = (bars + 1).saturating_sub(ends);
        if cells > columns {
            let help = "Write \\| for the character itself, or give the table another column.";
            self.fault(at, format!("a row has {cells} cells, and the table {columns} columns"), help);
        } else if self.typed && bars == 0 {
            let help = "Leave an empty line under the table.";
            self.fault(at, "a line right under a table is taken for a row of it", help);
        }
    }

    pub(super) fn end_table(&mut self, at: Range<usize>) {
        let cells = std::mem::take(&mut self.cells);
        let (spec, place) = self.table.take().unwrap_or((TableSpec::default(), at));
        match spec.table(&cells.aligns, cells.rows) {
            Ok(table) => self.blocks.push(Block::Table(table)),
            Err(message) => self.fault(place, message, "Make the directive over the table and its rows agree."),
        }
    }
}

/// How many bars part the cells of a row.
fn bars(row: &str) -> usize {
    let mut escaped = false;
    let mut bars = 0;
    for c in row.chars() {
        bars += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    bars
}
