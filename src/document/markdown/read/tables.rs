//! Tables, whose rows are whole.

use super::super::directive::{RowSpec, TableSpec};
use super::Reader;
use crate::document::{Align, Block, RowKind, Run, text_of};
use pulldown_cmark::Alignment;
use std::ops::Range;

const FOR_ITSELF: &str = "Write the cell's own words, or a backslash before the character for itself.";

/// The table that is being read.
#[derive(Default)]
pub(super) struct Cells {
    pub aligns: Vec<Align>,
    pub rows: Vec<Vec<Vec<Run>>>,
    /// The cells, by row and column, that a drafter made more of others, and where it says so.
    signs: Vec<(usize, usize, Sign, Range<usize>)>,
}

/// What makes a cell more of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `<`
    Left,
    /// `^`
    Above,
}

impl Sign {
    /// What a cell that is written so says, if it says so.
    pub fn of(written: &str) -> Option<Self> {
        match written.trim_matches(['|', ' ', '\t']) {
            "<" => Some(Self::Left),
            "^" => Some(Self::Above),
            _ => None,
        }
    }
}

impl Cells {
    /// Whether a table is being read.
    pub fn is_open(&self) -> bool {
        !self.aligns.is_empty()
    }
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
        self.cells = Cells { aligns: aligns.iter().map(align).collect(), ..Cells::default() };
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

    /// A cell that is more of another.
    pub(super) fn sign(&mut self, sign: Sign, at: Range<usize>) {
        let row = self.cells.rows.len().saturating_sub(1);
        if let Some(cells) = self.cells.rows.last_mut() {
            self.cells.signs.push((row, cells.len(), sign, at));
            cells.push(Vec::new());
        }
    }

    /// The rows that a drafter's table has, with their cells as its signs join them.
    fn joined(&mut self, spec: &mut TableSpec, cells: &Cells, at: &Range<usize>) {
        let headers = spec.header_rows.unwrap_or(1);
        if headers >= cells.rows.len() && spec.header_rows.is_some() {
            let message = format!("{headers} header rows leave none below them: the table has {}", cells.rows.len());
            self.fault(at.clone(), message, "Let a row stand under the header rows.");
        }
        if !spec.widths.is_empty() && spec.widths.len() != cells.aligns.len() {
            let message =
                format!("there are {} widths, and the table has {} columns", spec.widths.len(), cells.aligns.len());
            self.fault(at.clone(), message, "Give each column a width.");
        }
        let mut above: Vec<(usize, usize)> = Vec::new();
        for (row, texts) in cells.rows.iter().enumerate() {
            let sign = |column| cells.signs.iter().find(|(r, c, ..)| (*r, *c) == (row, column));
            // Where each cell begins and ends, and whether it is more of the one above.
            let mut own: Vec<(usize, usize)> = Vec::new();
            let key = texts.first().map(|runs| text_of(runs)).unwrap_or_default();
            let mut said = RowSpec::new(key, if row < headers { RowKind::Header } else { RowKind::Data });
            for column in 0..cells.aligns.len() {
                match sign(column) {
                    Some((.., Sign::Left, at)) => match own.last_mut() {
                        Some(last) => last.1 = column + 1,
                        None => self.fault(at.clone(), "no cell stands at the left of “<”", FOR_ITSELF),
                    },
                    Some((.., Sign::Above, _)) => {
                        said.above.push(own.len());
                        own.push((column, column + 1));
                    }
                    None => own.push((column, column + 1)),
                }
            }
            for cell in said.above.iter().filter_map(|&cell| own.get(cell)) {
                let Some((.., at)) = sign(cell.0) else { continue };
                if !above.contains(cell) {
                    let message = "no cell above “^” covers the same columns";
                    self.fault(at.clone(), message, "Write “<” in each further column that it covers, in both rows.");
                } else if row == headers {
                    self.fault(at.clone(), "a header cell goes on into a row of data", FOR_ITSELF);
                }
            }
            said.spans = own.iter().map(|(from, to)| to - from).collect();
            spec.rows.push(said);
            above = own;
        }
    }

    pub(super) fn end_table(&mut self, at: Range<usize>) {
        let cells = std::mem::take(&mut self.cells);
        let (mut spec, place) = self.table.take().unwrap_or((TableSpec::default(), at));
        let faults = self.faults.len();
        if self.typed && spec.rows.is_empty() {
            self.joined(&mut spec, &cells, &place);
        }
        if self.faults.len() > faults {
            return;
        }
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
