//! Tables as rows of cells in lines.

use super::hands;
use super::ink::{Inked, Manner, ink, parted};
use super::lines::{Line, Note, break_lines};
use super::setter::Setter;
use crate::document::{Align, Cell, Mark, RowKind, Table, TableRow, text_of};
use crate::stylesheet::Colour;
use crate::writer::Problem;
use crate::writer::below_table;
use crate::writer::columns::{Columns, covered, heads_row, is_strong, more_below};
use crate::writer::pdf::length::points;
use crate::writer::pdf::tree::{NodeId, Scope, Tag};
use std::ops::Range;
use std::rc::Rc;

/// A table in rows. Lengths are points, places from the left of the text.
#[derive(Debug)]
pub(super) struct SetTable {
    pub rows: Vec<SetRow>,
    /// How many rows at its head are said again on each page.
    pub headers: usize,
    /// Rows that stay on one page, in order; they cover all rows but the headers.
    pub groups: Vec<Range<usize>>,
    pub size: f32,
    pub leading: f32,
    pub before: f32,
    pub after: f32,
    /// How much room the notes under it need, on the page of its last rows.
    pub notes: f32,
}

#[derive(Debug)]
pub(super) struct SetRow {
    pub cells: Vec<SetCell>,
    pub height: f32,
    pub fill: Option<Colour>,
    pub changed: bool,
    /// What stands beside it.
    pub note: Option<Rc<Note>>,
}

#[derive(Debug)]
pub(super) struct SetCell {
    pub x: f32,
    pub width: f32,
    pub align: Align,
    pub lines: Vec<Line>,
    /// How many rows it covers, from the one that it is in; 0 for what is more of a cell above.
    pub rows: usize,
    /// Whether it goes on below the row that it is in.
    pub goes_on: bool,
}

impl SetTable {
    pub fn height(&self, rows: Range<usize>) -> f32 {
        self.rows.get(rows).unwrap_or_default().iter().map(|row| row.height).sum()
    }

    /// The height of some rows and, if they are the last, of the notes that stay with them.
    pub fn height_with_notes(&self, rows: &Range<usize>) -> f32 {
        let notes = if rows.end == self.rows.len() { self.notes } else { 0.0 };
        self.height(rows.clone()) + notes
    }
}

impl Setter<'_> {
    /// Sets a table in its columns.
    pub fn table(&mut self, block: usize, table: &Table, columns: &Columns, node: NodeId) -> SetTable {
        self.lists.close();
        let leading = columns.size * self.sheet.table.line;
        let mut rows = Vec::with_capacity(table.rows.len());
        let headers = table.rows.iter().take_while(|row| row.kind == RowKind::Header).count();
        let foot = (table.rows.len() - counts(table)).max(headers);
        let mut part = None;
        for index in 0..table.rows.len() {
            let tag = part_of(index, headers, foot);
            let home = match part {
                Some((open, home)) if open == tag => home,
                _ => self.tree.add(node, tag),
            };
            part = Some((tag, home));
            rows.push(self.row((block, index), table, columns, home));
        }
        give_room(&mut rows, leading, 2.0 * self.sheet.cells.ends);
        let groups = groups(table, headers);
        self.hold_against_page(block, &rows, &groups);
        let style = &self.sheet.table;
        SetTable {
            headers,
            groups,
            rows,
            size: columns.size,
            leading,
            before: style.before,
            after: below_table(self.sheet),
            notes: 0.0,
        }
    }

    /// Rows that cells join stay on one page, which must hold them.
    fn hold_against_page(&mut self, block: usize, rows: &[SetRow], groups: &[Range<usize>]) {
        let page = points(self.sheet.page.height - self.sheet.page.top - self.sheet.page.bottom);
        let is_tied = |rows: &[SetRow]| rows.iter().flat_map(|row| &row.cells).any(|cell| cell.goes_on);
        let mut tied = groups.iter().filter_map(|group| rows.get(group.clone())).filter(|rows| is_tied(rows));
        if tied.any(|rows| rows.iter().map(|row| row.height).sum::<f32>() > page) {
            let message = "rows that cells over several rows join are taller than a page".to_owned();
            let help = "part them, and say in each part what stands in the cell".to_owned();
            self.problems.push(Problem { block: Some(block), character: None, message, help });
        }
    }

    fn row(&mut self, (block, index): (usize, usize), table: &Table, columns: &Columns, part: NodeId) -> SetRow {
        let sheet = self.sheet;
        let row = &table.rows[index];
        let node = self.tree.add(part, Tag::Row);
        let edges = edges(columns);
        let mut cells = Vec::with_capacity(row.cells.len());
        let mut inked = Vec::with_capacity(row.cells.len());
        // The first column that no cell of the row has come to yet.
        let mut next = 0;
        let of_table = self.hands.whose(block, None, None);
        let of_row = of_table.or_else(|| self.hands.whose(block, Some(index), None));
        let mut whose: Vec<Rc<str>> = of_row.iter().cloned().collect();
        for (at, (covered, cell)) in covered(table, row).enumerate() {
            let (Some(&first), Some(&last)) = (covered.first(), covered.last()) else { continue };
            self.skip_to(node, next, first);
            next = last + 1;
            let (x, end) = (edges.get(first).copied().unwrap_or(0.0), edges.get(next).copied().unwrap_or(0.0));
            let place = row_place(row, cell);
            let below = table.rows.iter().skip(index + 1).take_while(|row| more_below(row).contains(&place)).count();
            let (align, goes_on) = (align_of(table, row, first), below > 0);
            if cell.above {
                cells.push(SetCell { x, width: end - x, align, lines: Vec::new(), rows: 0, goes_on });
                inked.push(Vec::new());
                continue;
            }
            let heads =
                heads_row(table, row, cell) || (table.id.now.is_some() && sheet.cells.row_headers && first == 0);
            let home = self.tree.add(node, cell_tag(row.kind, first, heads, (next - first, below + 1)));
            let runs = self.cell(table, row, cell, &covered, home);
            let by = of_row.clone().or_else(|| self.hands.whose(block, Some(index), Some(at)));
            hands::attribute(&mut self.tree, home, by.as_deref());
            whose.extend(by.filter(|by| !whose.contains(by)));
            let lines = self.lines(&runs, columns.size, end - x, false);
            self.note_missing(Some(block), lines.iter());
            cells.push(SetCell { x, width: end - x, align, lines, rows: below + 1, goes_on });
            inked.push(runs);
        }
        // A value that gave way to another stands over it where one line doesn't hold both, and so do the others of its row.
        let replaced = |runs: &[Inked<'_>]| !runs.is_empty() && runs.iter().all(|run| run.ink.stroke.is_some());
        let mut both = cells.iter_mut().zip(&inked).filter(|(_, runs)| replaced(runs));
        if both.by_ref().any(|(cell, _)| cell.lines.len() > 1) {
            for (cell, runs) in cells.iter_mut().zip(&inked).filter(|(_, runs)| replaced(runs)) {
                cell.lines = self.lines(runs, columns.size, cell.width, true);
            }
        }
        self.skip_to(node, next, table.columns.len());
        let leading = columns.size * sheet.table.line;
        let own = cells.iter().filter(|cell| cell.rows == 1);
        let tallest = own.map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        let changed = row.mark != Mark::Kept || row.key.was.is_some();
        let note = self.note_beside_row(cells.iter().flat_map(|cell| &cell.lines), &whose);
        SetRow {
            note,
            height: tallest as f32 * leading + 2.0 * sheet.cells.ends,
            fill: fill_of(row.kind, sheet),
            changed: changed || cells.iter().flat_map(|cell| &cell.lines).any(|line| line.changed),
            cells,
        }
    }

    /// Empty cells for the columns that a row doesn't reach, so that each row has as many as the table.
    fn skip_to(&mut self, row: NodeId, from: usize, to: usize) {
        if from < to {
            self.tree.add(row, Tag::Cell { span: to - from, rows: 1 });
        }
    }

    fn cell<'t>(
        &mut self,
        table: &Table,
        row: &TableRow,
        cell: &'t Cell,
        covered: &[usize],
        home: NodeId,
    ) -> Vec<Inked<'t>> {
        let sheet = self.sheet;
        let quiet = sheet.cells.quiet_words.iter().any(|word| *word == text_of(&cell.runs).trim());
        let column = |&index: &usize| table.columns.get(index).map_or(Mark::Kept, |column| column.mark);
        let mark = match covered {
            [only] => column(only),
            _ => Mark::Kept,
        };
        let manner = Manner {
            strong: is_strong(row, cell) || heads_row(table, row, cell) || sheet.table.strong,
            emphasis: sheet.table.emphasis,
            size: sheet.table.size,
            colour: if quiet { sheet.colours.quiet } else { sheet.colours.text },
            mark: if row.mark == Mark::Kept { mark } else { row.mark },
        };
        ink(&cell.runs, manner, sheet, &self.hands, (&mut self.tree, home))
    }

    /// What a cell of this width holds, in lines. `apart` says that what takes the place of another stands under it.
    fn lines(&mut self, runs: &[Inked<'_>], size: f32, width: f32, apart: bool) -> Vec<Line> {
        let width = width - 2.0 * self.sheet.cells.sides;
        break_lines(&mut self.shaper, &parted(runs.to_vec(), apart), size, width)
    }
}

/// The part of the table that a row is in. A table has one head and one foot, at its ends.
const fn part_of(index: usize, headers: usize, foot: usize) -> Tag {
    if index < headers {
        Tag::TableHead
    } else if index < foot {
        Tag::TableBody
    } else {
        Tag::TableFoot
    }
}

/// `heads` says whether a cell of data heads its row.
const fn cell_tag(kind: RowKind, first: usize, heads: bool, (span, rows): (usize, usize)) -> Tag {
    match kind {
        RowKind::Header => Tag::Header { scope: Scope::Column, span, rows },
        // What is counted stands in the first cell and heads the figures.
        RowKind::Count if first == 0 => Tag::Header { scope: Scope::Row, span, rows },
        RowKind::Data if heads => Tag::Header { scope: Scope::Row, span, rows },
        RowKind::Count | RowKind::Data => Tag::Cell { span, rows },
    }
}

/// Where a cell begins in the grid of its row.
fn row_place(row: &TableRow, cell: &Cell) -> usize {
    row.cells.iter().take_while(|other| !std::ptr::eq(*other, cell)).map(|other| other.span).sum()
}

/// Makes the last of the rows that a cell covers as tall as the cell needs.
fn give_room(rows: &mut [SetRow], leading: f32, ends: f32) {
    for at in 0..rows.len() {
        let joined = rows[at].cells.iter().filter(|cell| cell.rows > 1);
        let needs: Vec<(usize, f32)> =
            joined.map(|cell| (cell.rows, cell.lines.len() as f32 * leading + ends)).collect();
        for (covered, height) in needs {
            let end = (at + covered).min(rows.len());
            let has: f32 = rows[at..end].iter().map(|row| row.height).sum();
            rows[end - 1].height += (height - has).max(0.0);
        }
    }
}

/// Count rows stand at the right: the digits of their figures under each other, and what is counted beside them.
fn align_of(table: &Table, row: &TableRow, first: usize) -> Align {
    match row.kind {
        RowKind::Count => Align::Right,
        RowKind::Header | RowKind::Data => table.columns.get(first).map_or(Align::Left, |column| column.align),
    }
}

fn fill_of(kind: RowKind, sheet: &crate::stylesheet::Stylesheet) -> Option<Colour> {
    match kind {
        RowKind::Header => Some(sheet.colours.header_fill),
        RowKind::Count => Some(sheet.colours.count_fill),
        RowKind::Data => None,
    }
}

/// Where each column starts, and where the last one ends.
fn edges(columns: &Columns) -> Vec<f32> {
    let mut edge = 0;
    let mut edges = vec![0.0];
    for width in &columns.widths {
        edge += width;
        edges.push(edge as f32 / 20.0);
    }
    edges
}

/// How many count rows end the table.
fn counts(table: &Table) -> usize {
    table.rows.iter().rev().take_while(|row| row.kind == RowKind::Count).count()
}

/// Each row by itself, but those that cells join, and the count rows with each other and with the two rows above them.
fn groups(table: &Table, headers: usize) -> Vec<Range<usize>> {
    let end = table.rows.len();
    let counts = counts(table);
    let tail = if counts > 0 { (end - counts).saturating_sub(2).max(headers) } else { end };
    let mut groups: Vec<Range<usize>> = Vec::with_capacity(tail.saturating_sub(headers) + 1);
    for row in headers..tail {
        match groups.last_mut().filter(|_| table.rows[row].is_tied()) {
            Some(last) => last.end = row + 1,
            None => groups.push(row..row + 1),
        }
    }
    if tail < end {
        groups.push(tail..end);
    }
    groups
}
