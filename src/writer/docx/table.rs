//! Tables: the matrices of the appendix, with their revisions.
//!
//! Word can't track a column in a way that other readers resolve. A table in which a column is marked is written as
//! its former rows, all deleted, and its new rows, all inserted, in one table. Its grid is that of the new rows, and the
//! change of the grid says what it was.

use super::carrier;
use super::links::Links;
use super::runs::{self, DirectFormat};
use super::widths::{Plan, Text};
use crate::document::{Align, Cell, Mark, Revised, RowKind, Run, Table, TableRow};
use crate::ooxml::styles;
use crate::ooxml::units::twips_of_points;
use crate::stylesheet::{Colour, Stylesheet};
use crate::writer::columns::more_below;
use crate::writer::view::RevisionView;
use docx_rs as word;
use word::{AlignmentType, TableCellContent, VMergeType, WidthType};

/// How wide the rules of a table are, in points, and a little over: LibreOffice takes them out of the cells.
const RULE: f32 = 0.75;

/// Space inside the cells.
pub fn margins(sheet: &Stylesheet) -> word::TableCellMargins {
    let size = |points| usize::try_from(twips_of_points(points)).unwrap_or_default();
    let (ends, sides) = (size(sheet.cells.ends), size(sheet.cells.sides - RULE));
    word::TableCellMargins::new().margin(ends, sides, ends, sides)
}

/// A row as Word will hold it.
pub struct WordRow<'a> {
    /// The block that its table is.
    pub block: usize,
    /// The index of the row in the tree's table.
    pub source: usize,
    row: &'a TableRow,
    mark: Mark,
    /// Where each cell starts and ends, in twips from the left.
    edges: Vec<(u32, u32)>,
    aligns: Vec<Align>,
    /// The size of its type in half points, if it isn't the style's.
    size: Option<usize>,
    keep_with_next: bool,
    /// Of each cell, whether it is more of the one above or has more of it below.
    merges: Vec<Option<Merge>>,
    /// Whether its first cell heads it.
    is_headed: bool,
}

/// A table's rows and the grid that all their cells fit in.
pub struct Grid<'a> {
    pub rows: Vec<WordRow<'a>>,
    /// Where its columns start and end, in order, in each of the texts.
    edges: Revised<Vec<u32>>,
}

impl<'a> Grid<'a> {
    /// Of one table, or of one and another that takes its place. `noted` says whether a note stands right under it.
    pub fn new(tables: &[(usize, &'a Table, &'a Plan)], noted: bool) -> Self {
        let mut rows = Vec::new();
        for &(block, table, plan) in tables {
            for Text { clean, widths } in &plan.texts {
                let source = Source { block, table: clean.as_ref().map_or(table, |(_, clean)| clean), widths, plan };
                match clean {
                    None => {
                        let all = table.rows.iter().enumerate().map(|(at, row)| (at, row, row.mark));
                        source.add_rows(&mut rows, all);
                    }
                    Some((view, clean)) => {
                        let all = table.rows.iter().enumerate().filter(|(_, row)| view.holds(row.mark));
                        let all = all.zip(&clean.rows).map(|((at, _), row)| (at, row, view.mark()));
                        source.add_rows(&mut rows, all);
                    }
                }
            }
        }
        keep_together(&mut rows, noted);
        // What stands in both texts can be told by one grid only.
        let apart = rows.iter().all(|row| row.mark != Mark::Kept);
        let [was, now] = RevisionView::BOTH.map(|view| edges(rows.iter().filter(|row| !apart || view.holds(row.mark))));
        let edges = match (was.is_empty(), now.is_empty()) {
            (true, _) => now.into(),
            (_, true) => was.into(),
            _ => Revised::from_pair(was, now),
        };
        Self { rows, edges }
    }

    /// The table without its rows.
    pub fn frame(&self) -> word::Table {
        let widths = grid(&self.edges.now);
        let total: usize = widths.iter().sum();
        let mut table = word::Table::without_borders(Vec::new())
            .style(styles::TABLE)
            .layout(word::TableLayoutType::Fixed)
            .width(total, WidthType::Dxa)
            .set_grid(widths);
        table.property = table.property.align(word::TableAlignmentType::Left);
        table
    }

    /// The widths of the columns that it had, if they were others.
    pub fn former(&self) -> Option<Vec<usize>> {
        self.edges.was.as_deref().map(grid)
    }

    /// How many columns of the grid stand between two edges, in the text that a row of this mark is of.
    fn span(&self, (start, end): (u32, u32), mark: Mark) -> usize {
        let edges = if mark == Mark::Deleted { self.edges.before() } else { &self.edges.now };
        let at = |edge| edges.partition_point(|other| *other < edge);
        at(end).saturating_sub(at(start)).max(1)
    }
}

/// Where the columns of some rows start and end, in order.
fn edges<'r, 'a: 'r>(rows: impl Iterator<Item = &'r WordRow<'a>>) -> Vec<u32> {
    let mut edges: Vec<u32> = rows.flat_map(|row| &row.edges).flat_map(|edges| [edges.0, edges.1]).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The widths of the columns between edges.
fn grid(edges: &[u32]) -> Vec<usize> {
    edges.windows(2).filter_map(|pair| pair[1].checked_sub(pair[0])).map(size).collect()
}

fn size(twips: u32) -> usize {
    usize::try_from(twips).unwrap_or(usize::MAX)
}

/// Where rows come from.
struct Source<'a> {
    block: usize,
    table: &'a Table,
    widths: &'a [u32],
    plan: &'a Plan,
}

impl<'a> Source<'a> {
    fn add_rows(&self, rows: &mut Vec<WordRow<'a>>, all: impl Iterator<Item = (usize, &'a TableRow, Mark)>) {
        let edges: Vec<u32> = std::iter::once(0)
            .chain(self.widths.iter().scan(0u32, |edge, width| {
                *edge = edge.saturating_add(*width);
                Some(*edge)
            }))
            .collect();
        let edge = |column: usize| edges.get(column).or(edges.last()).copied().unwrap_or_default();
        let all: Vec<_> = all.filter(|(_, row, _)| !row.cells.is_empty()).collect();
        for (at, &(source, row, mark)) in all.iter().enumerate() {
            let merges = merges(row, all.get(at + 1).map(|(_, next, _)| *next));
            let is_headed = self.table.header_column && row.kind == RowKind::Data;
            let mut column = 0usize;
            let mut placed = Vec::with_capacity(row.cells.len());
            let mut aligns = Vec::with_capacity(row.cells.len());
            for cell in &row.cells {
                let end = column.saturating_add(cell.span);
                placed.push((edge(column), edge(end)));
                aligns.push(self.table.columns.get(column).map(|column| column.align).unwrap_or_default());
                column = end;
            }
            let (block, size) = (self.block, self.plan.size);
            let edges = placed;
            let keep_with_next = false;
            rows.push(WordRow { block, source, row, mark, edges, aligns, size, keep_with_next, merges, is_headed });
        }
    }
}

/// How a cell is joined with those over and under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Merge {
    Begins,
    GoesOn,
}

/// Which cells of a row are joined with those over and under them.
fn merges(row: &TableRow, next: Option<&TableRow>) -> Vec<Option<Merge>> {
    let below = next.map(more_below).unwrap_or_default();
    let mut start = 0;
    let merge = |cell: &Cell| {
        let merge = match (cell.above, below.contains(&start)) {
            (true, _) => Some(Merge::GoesOn),
            (false, true) => Some(Merge::Begins),
            (false, false) => None,
        };
        start += cell.span;
        merge
    };
    row.cells.iter().map(merge).collect()
}

/// Header rows stay with the first row below them, the last row of data with the counts, and the last of all with a
/// note under it.
fn keep_together(rows: &mut [WordRow<'_>], noted: bool) {
    let kinds: Vec<RowKind> = rows.iter().skip(1).map(|row| row.row.kind).collect();
    for (row, next) in rows.iter_mut().zip(kinds) {
        row.keep_with_next =
            row.row.kind == RowKind::Header || next == RowKind::Count || row.merges.contains(&Some(Merge::Begins));
    }
    if let Some(last) = rows.last_mut() {
        last.keep_with_next = noted;
    }
}

impl<'a> WordRow<'a> {
    pub fn mark(&self) -> Mark {
        self.mark
    }

    /// The row for docx-rs, without its cells.
    pub fn frame(&self) -> word::TableRow {
        let mut row = word::TableRow::new(Vec::new()).cant_split();
        if self.row.kind == RowKind::Header {
            row = carrier::header_row(row);
        }
        match self.mark {
            Mark::Kept => row,
            Mark::Inserted => row.insert(runs::insertion()),
            Mark::Deleted => row.delete(runs::deletion()),
        }
    }

    pub fn cells(&self, grid: &Grid<'_>, sheet: &Stylesheet) -> impl Iterator<Item = WordCell<'a>> {
        self.row.cells.iter().enumerate().map(move |(at, cell)| self.cell(at, cell, grid, sheet))
    }

    fn cell(&self, at: usize, cell: &'a Cell, grid: &Grid<'_>, sheet: &Stylesheet) -> WordCell<'a> {
        let edges = self.edges.get(at).copied().unwrap_or_default();
        let of_column = self.aligns.get(at).copied().unwrap_or_default();
        let (style, align, fill) = match (self.row.kind, at) {
            (RowKind::Header, _) => (styles::TABLE_HEADER, of_column, Some(sheet.colours.header_fill)),
            (RowKind::Data, 0) if self.is_headed => (styles::TABLE_HEADER, of_column, None),
            (RowKind::Data, _) => (styles::TABLE_TEXT, of_column, None),
            (RowKind::Count, 0) => (styles::TABLE_LABEL, Align::Right, Some(sheet.colours.count_fill)),
            (RowKind::Count, _) => (styles::TABLE_TEXT, Align::Right, Some(sheet.colours.count_fill)),
        };
        WordCell {
            runs: &cell.runs,
            mark: self.mark,
            style,
            align,
            fill,
            width: edges.1.saturating_sub(edges.0),
            span: grid.span(edges, self.mark),
            size: self.size,
            keep_with_next: self.keep_with_next,
            merge: self.merges.get(at).copied().flatten(),
        }
    }
}

/// All that makes a cell what it is in Word: two that are equal, and bear no revision and no link, are the same XML.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WordCell<'a> {
    runs: &'a [Run],
    mark: Mark,
    style: &'static str,
    align: Align,
    fill: Option<Colour>,
    /// In twips.
    width: u32,
    /// How many columns of the grid it covers.
    span: usize,
    /// The size of its type in half points, if it isn't the style's.
    size: Option<usize>,
    keep_with_next: bool,
    merge: Option<Merge>,
}

impl WordCell<'_> {
    /// Whether nothing in it has an identity of its own.
    pub fn is_plain(&self) -> bool {
        self.mark == Mark::Kept && self.runs.iter().all(|run| !run.is_revised() && run.style.now.link.is_none())
    }

    /// The cell for docx-rs.
    pub fn build(&self, sheet: &Stylesheet, links: &mut Links) -> word::TableCell {
        let mut paragraph = word::Paragraph::new().style(self.style);
        paragraph = match self.align {
            Align::Left => paragraph,
            Align::Centre => paragraph.align(AlignmentType::Center),
            Align::Right => paragraph.align(AlignmentType::Right),
        };
        if self.keep_with_next {
            paragraph = paragraph.keep_next(true);
        }
        paragraph = super::paragraph::marked(paragraph, self.mark);
        let format = DirectFormat { quiet: is_quiet(self.runs, sheet), size: self.size, in_cell: true };
        paragraph.children = runs::children(self.runs, self.mark, format, links);
        let mut cell = word::TableCell::new().width(size(self.width), WidthType::Dxa);
        if self.span > 1 {
            cell = cell.grid_span(self.span);
        }
        if let Some(merge) = self.merge {
            cell = cell.vertical_merge(match merge {
                Merge::Begins => VMergeType::Restart,
                Merge::GoesOn => VMergeType::Continue,
            });
        }
        if let Some(fill) = self.fill {
            cell = cell.shading(word::Shading::new().fill(fill.to_string()));
        }
        cell.add_paragraph(paragraph)
    }
}

/// Whether a cell recedes, in each of the texts.
fn is_quiet(runs: &[Run], sheet: &Stylesheet) -> [bool; 2] {
    RevisionView::BOTH.map(|view| {
        let text: String = runs.iter().filter(|run| view.holds(run.mark)).map(|run| run.text.as_str()).collect();
        sheet.cells.quiet_words.contains(&text)
    })
}

/// The paragraph of a cell, on which what is said of it hangs.
pub fn paragraph(cell: &mut word::TableCell) -> Option<&mut word::Paragraph> {
    cell.children.iter_mut().find_map(|content| match content {
        TableCellContent::Paragraph(paragraph) => Some(paragraph.as_mut()),
        _ => None,
    })
}
