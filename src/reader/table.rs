//! Tables as the dialect has them: a grid that every row covers, and cells of runs.

use super::carry::Carrier;
use super::kind;
use super::marked::{self, Cell, Marks, PAGE_BREAK_TEXT, Paragraph, Row};
use super::view::View;
use super::words::Words;
use crate::document::{self, Align, Column, Mark, Revised, RowKind, Run, TableRow, join_runs, text_of};
use crate::ooxml::styles;
use crate::ooxml::trace::Landmark;
use std::collections::BTreeSet;

/// A row as a view shows it, in the columns of Word's grid.
struct Shown<'m> {
    row: &'m Row,
    mark: Mark,
    cells: Vec<Placed<'m>>,
}

/// A cell, or the space that none covers.
struct Placed<'m> {
    cell: Option<&'m Cell>,
    start: usize,
    end: usize,
}

impl<'m> Carrier<'m> {
    /// A table as this view shows it, if any row of it stands, and how wide its columns are.
    pub fn table(&mut self, table: &marked::Table) -> Option<(document::Table, Vec<u32>)> {
        let mut rows: Vec<Shown<'_>> = table.rows.iter().flat_map(|row| self.shown(row)).collect();
        let width = rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.end).max()?;
        for row in &mut rows {
            let end = row.cells.last().map_or(0, |cell| cell.end);
            if end < width {
                row.cells.push(Placed { cell: None, start: end, end: width });
            }
        }
        let edges: BTreeSet<usize> = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.end).collect();
        let edges: Vec<usize> = edges.into_iter().collect();
        let column = |edge: usize| edges.partition_point(|other| *other <= edge);

        let landmark = self.landmark(table);
        let mut out = document::Table::default();
        if let Some(Landmark::Table { id, was, .. }) = landmark {
            let was = was.clone().map(Some);
            out.id = self.view.pick(&Revised { now: Some(id.clone()), was });
        }
        let mut aligns: Vec<Option<Align>> = vec![None; edges.len()];
        let mut in_header = true;
        // Where the cells of the row above begin and end.
        let mut above: Vec<(usize, usize)> = Vec::new();
        let mut split = None;
        for shown in &rows {
            in_header &= shown.row.header;
            let mut cells = Vec::with_capacity(shown.cells.len());
            for placed in &shown.cells {
                let (first, last) = (column(placed.start), column(placed.end));
                let (runs, align) = match placed.cell {
                    Some(cell) => self.cell(cell),
                    None => (Vec::new(), None),
                };
                if !in_header && last == first + 1 && !runs.is_empty() && aligns[first].is_none() {
                    aligns[first] = Some(align.unwrap_or_default());
                }
                let goes_on = placed.cell.is_some_and(|cell| cell.goes_on);
                let is_more = goes_on && runs.is_empty() && above.contains(&(first, last));
                if goes_on && !is_more {
                    split = split.or(first_words(shown.row));
                }
                cells.push(document::Cell { span: last - first, above: is_more, runs });
            }
            above = shown.cells.iter().map(|placed| (column(placed.start), column(placed.end))).collect();
            let kind = match shown.row {
                _ if in_header => RowKind::Header,
                row if is_count(row) => RowKind::Count,
                _ => RowKind::Data,
            };
            // A row that was put into a table of the desk's own has no key yet.
            let is_new = kind == RowKind::Data && landmark.is_some();
            let key = self.key(shown.row, (!is_new).then_some(&cells));
            out.rows.push(TableRow { key, kind, mark: shown.mark, cells });
        }
        out.columns = columns(self.keys(landmark), &out.rows, &aligns);
        let data = rows.iter().zip(&out.rows).filter(|(_, row)| row.kind == RowKind::Data);
        let mut data = data.map(|(shown, _)| is_head(shown.row)).peekable();
        out.header_column = data.peek().is_some() && data.all(|is_head| is_head);
        if let Some(first) = split {
            let what = "cells over several rows, here and perhaps further on, are read as one with empty ones below it";
            self.tell_once(first, what);
        }
        Some((out, widths(&table.grid, &edges)))
    }

    /// A row as this view shows it: as nothing, as itself, or, where its cells come and go, as what it was and what it is.
    fn shown<'t>(&mut self, row: &'t Row) -> Vec<Shown<'t>> {
        let Some(mark) = self.view.mark(row.marks) else { return Vec::new() };
        let changes = row.cells.iter().any(|cell| cell.marks != Marks::default());
        let views: &[(View, Mark)] = match (self.view, mark, changes) {
            (View::Marked, Mark::Kept, true) => &[(View::Original, Mark::Deleted), (View::Proposed, Mark::Inserted)],
            (view, mark, _) => &[(view, mark)],
        };
        let placed = |&(view, mark): &(View, Mark)| {
            let mut start = row.before;
            let mut cells: Vec<Placed<'t>> = Vec::new();
            if start > 0 {
                cells.push(Placed { cell: None, start: 0, end: start });
            }
            for cell in row.cells.iter().filter(|cell| view.mark(cell.marks).is_some()) {
                cells.push(Placed { cell: Some(cell), start, end: start + cell.span });
                start += cell.span;
            }
            if row.after > 0 {
                cells.push(Placed { cell: None, start, end: start + row.after });
            }
            let stands = cells.iter().any(|placed| placed.cell.is_some());
            stands.then_some(Shown { row, mark, cells })
        };
        views.iter().filter_map(placed).collect()
    }

    /// What a cell says, its paragraphs on lines of their own.
    fn cell(&mut self, cell: &Cell) -> (Vec<Run>, Option<Align>) {
        let mut lines = Lines::default();
        let mut align = None;
        for block in &cell.blocks {
            match block {
                marked::Block::Paragraph(paragraph) => {
                    let runs = self.line(paragraph);
                    if align.is_none() && !runs.is_empty() {
                        align = self.view.pick(&paragraph.look).now.align;
                    }
                    lines.add(runs, self.view, paragraph.mark);
                }
                marked::Block::Table(inner) => {
                    let words = block.words(self.view);
                    let what = format!("a table in a cell is read as lines: “{}”", marked::beginning(&words));
                    let first = inner.rows.iter().find_map(first_words);
                    self.tell(first.unwrap_or(&Paragraph { page: inner.page, ..Paragraph::default() }), false, what);
                    for row in &inner.rows {
                        self.inner_row(row, &mut lines);
                    }
                }
            }
        }
        (join_runs(lines.runs), align)
    }

    /// The paragraphs in a row of a table that stands in a cell.
    fn inner_row(&mut self, row: &Row, lines: &mut Lines) {
        for cell in &row.cells {
            for block in &cell.blocks {
                match block {
                    marked::Block::Paragraph(paragraph) => {
                        let outer = cell.marks.within(row.marks);
                        let outer_mark = self.view.mark(outer);
                        let runs = self.line(paragraph).into_iter().filter_map(|run| match outer_mark? {
                            Mark::Kept => Some(run),
                            mark if run.mark == Mark::Kept || run.mark == mark => Some(Run { mark, ..run }),
                            _ => None,
                        });
                        lines.add(runs.collect(), self.view, paragraph.mark);
                    }
                    marked::Block::Table(inner) => inner.rows.iter().for_each(|row| self.inner_row(row, lines)),
                }
            }
        }
    }

    /// A paragraph of a cell, with its label.
    fn line(&mut self, paragraph: &Paragraph) -> Vec<Run> {
        let mut runs = self.runs(&paragraph.runs, paragraph);
        self.leave_out_objects(&mut runs, paragraph);
        let mut runs: Vec<Run> = runs
            .into_iter()
            .map(|run| Run { text: run.text.replace(PAGE_BREAK_TEXT, "\n"), ..run })
            .filter(|run| !run.text.is_empty())
            .collect();
        if runs.is_empty() {
            return runs;
        }
        let look = self.view.pick(&paragraph.look);
        if look.both().any(|look| look.label.is_some()) {
            let label = look.now.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
            self.tell(paragraph, false, format!("a list in a cell is read as lines, its label “{label}” as text"));
            runs = kind::with_any_label(&look, self.view.mark(paragraph.mark).unwrap_or(Mark::Kept), runs);
        }
        runs
    }

    /// What the desk knows of a table, if it wrote it: by its caption, or by a bookmark in it.
    fn landmark(&self, table: &marked::Table) -> Option<&'m Landmark> {
        let mut within = table.rows.iter().flat_map(bookmarks).filter_map(|name| self.marked.landmarks.get(name));
        self.caption.or_else(|| within.find(|landmark| matches!(landmark, Landmark::Table { .. })))
    }

    /// The keys of the columns that this view shows, as the desk had them.
    fn keys(&self, landmark: Option<&Landmark>) -> Vec<Revised<String>> {
        let Some(Landmark::Table { columns, .. }) = landmark else { return Vec::new() };
        let hidden = match self.view {
            View::Original => Some(Mark::Inserted),
            View::Proposed => Some(Mark::Deleted),
            View::Marked => None,
        };
        columns.iter().filter(|(_, mark)| Some(*mark) != hidden).map(|(key, _)| self.view.pick(key)).collect()
    }

    /// The key that the desk gave a row, else the words of its first cell.
    fn key(&self, row: &Row, cells: Option<&Vec<document::Cell>>) -> Revised<String> {
        let mut landmarks = bookmarks(row).filter_map(|name| self.marked.landmarks.get(name));
        match landmarks.find(|landmark| matches!(landmark, Landmark::Row { .. })) {
            Some(Landmark::Row { key, was, .. }) => self.view.pick(&Revised { now: key.clone(), was: was.clone() }),
            _ => {
                let runs = cells.and_then(|cells| cells.first()).map(|cell| cell.runs.as_slice()).unwrap_or_default();
                let text = |drops: Mark| -> String {
                    let stands = runs.iter().filter(|run| run.mark != drops);
                    stands.map(|run| run.text.as_str()).collect()
                };
                Revised::from_pair(text(Mark::Inserted), text(Mark::Deleted))
            }
        }
    }
}

/// The bookmarks that begin in a row.
fn bookmarks(row: &Row) -> impl Iterator<Item = &String> {
    let paragraphs = row.cells.iter().flat_map(|cell| &cell.blocks).filter_map(|block| match block {
        marked::Block::Paragraph(paragraph) => Some(&paragraph.bookmarks),
        marked::Block::Table(_) => None,
    });
    paragraphs.flatten()
}

/// The first paragraph of a row that has words.
fn first_words(row: &Row) -> Option<&Paragraph> {
    let mut blocks = row.cells.iter().flat_map(|cell| &cell.blocks);
    blocks.find_map(|block| match block {
        marked::Block::Paragraph(paragraph) => Some(paragraph).filter(|paragraph| !paragraph.text().trim().is_empty()),
        marked::Block::Table(inner) => inner.rows.iter().find_map(first_words),
    })
}

/// Whether the desk wrote a row to count others.
fn is_count(row: &Row) -> bool {
    begins_in(row, styles::TABLE_LABEL)
}

/// Whether the first cell of a row heads it.
fn is_head(row: &Row) -> bool {
    begins_in(row, styles::TABLE_HEADER)
}

fn begins_in(row: &Row, style: &str) -> bool {
    row.cells.first().is_some_and(|cell| {
        let is_in =
            |block: &marked::Block| matches!(block, marked::Block::Paragraph(it) if *it.look.now.style == *style);
        cell.blocks.iter().any(is_in)
    })
}

/// How wide the columns are that end at these edges of a grid, if all are known.
fn widths(grid: &[u32], edges: &[usize]) -> Vec<u32> {
    let starts = [0].iter().chain(edges);
    let width = |(start, end): (&usize, &usize)| {
        let own = grid.get(*start..*end)?;
        own.iter().try_fold(0u32, |sum, width| sum.checked_add(*width)).filter(|sum| *sum > 0)
    };
    starts.zip(edges).map(width).collect::<Option<_>>().unwrap_or_default()
}

/// The columns, each by its key or, where none is known, by what stands at its head.
fn columns(mut keys: Vec<Revised<String>>, rows: &[TableRow], aligns: &[Option<Align>]) -> Vec<Column> {
    if keys.len() != aligns.len()
        && let Some(head) = rows.first()
    {
        keys = vec![Revised::default(); aligns.len()];
        let mut at = 0;
        for cell in &head.cells {
            keys[at] = text_of(&cell.runs).into();
            at += cell.span;
        }
    }
    let column = |(key, align): (Revised<String>, &Option<Align>)| Column {
        key,
        align: align.unwrap_or_default(),
        share: 0,
        mark: Mark::Kept,
    };
    keys.into_iter().zip(aligns).map(column).collect()
}

/// The lines of a cell, as they come.
#[derive(Debug, Default)]
struct Lines {
    runs: Vec<Run>,
    /// Whether a line ends here, in the original and in the proposed text.
    ends: (bool, bool),
}

impl Lines {
    /// Adds a paragraph. A line ends only where the text before it has words, and the paragraph's mark stands.
    fn add(&mut self, runs: Vec<Run>, view: View, mark: Marks) {
        let has = |drops: Mark| runs.iter().any(|run| run.mark != drops);
        let has = (has(Mark::Inserted), has(Mark::Deleted));
        let end = match (self.ends.0 && has.0, self.ends.1 && has.1) {
            (true, true) => Some(Mark::Kept),
            (true, false) => Some(Mark::Deleted),
            (false, true) => Some(Mark::Inserted),
            (false, false) => None,
        };
        self.runs.extend(end.map(|mark| Run { text: "\n".to_owned(), mark, ..Run::default() }));
        self.runs.extend(runs);
        let stands = match view {
            View::Original => (mark.in_original(), mark.in_original()),
            View::Proposed => (mark.in_proposed(), mark.in_proposed()),
            View::Marked => (mark.in_original(), mark.in_proposed()),
        };
        if has.0 {
            self.ends.0 = stands.0;
        }
        if has.1 {
            self.ends.1 = stands.1;
        }
    }
}
