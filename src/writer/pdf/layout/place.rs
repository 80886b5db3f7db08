//! Paragraphs and tables put on pages.

use super::figures::SetFigure;
use super::flow::{Flow, LinePlacement, aligned, as_page};
use super::lines::Line;
use super::notes::SetNote;
use super::paragraph::{Column, SetParagraph};
use super::table::{SetRow, SetTable};
use crate::stylesheet::Stylesheet;
use crate::writer::pdf::placed::Belongs;
use std::collections::BTreeMap;
use std::ops::Range;

/// The fewest lines of a paragraph that stand alone at the foot or the head of a page.
const TOGETHER: usize = 2;
/// How thick the rules of a table are, in points.
const RULE: f32 = 0.4;

/// How many of `lines` stay on a page with room for `room` of them: no orphan at its foot, no widow on the next.
fn share(lines: usize, room: usize) -> usize {
    if room >= lines {
        return lines;
    }
    let stay = room.min(lines.saturating_sub(TOGETHER));
    if stay < TOGETHER { 0 } else { stay }
}

/// How many lines of this leading go into a height; a hair is forgiven, as heights are sums of fractions.
fn lines_in(height: f32, leading: f32) -> usize {
    ((height + 0.01) / leading.max(0.1)).max(0.0) as usize
}

/// How much room the notes of some lines need on their page.
fn least_notes<'l>(lines: impl Iterator<Item = &'l Line>, notes: &[SetNote]) -> f32 {
    let referred = lines.map(|line| line.refers).sum();
    notes.iter().take(referred).map(SetNote::least_height).sum()
}

/// How many of these lines go into a height, with the notes that they refer to.
fn noted_lines_in(height: f32, leading: f32, lines: &[Line], notes: &[SetNote]) -> usize {
    let fits = |count: usize| count as f32 * leading + least_notes(lines.iter().take(count), notes) <= height + 0.01;
    (1..=lines.len()).take_while(|&count| fits(count)).count()
}

impl SetParagraph {
    /// The height of as much of it as must not stand alone.
    pub fn least_height(&self) -> f32 {
        let lines = self.lines.len();
        let figures: f32 = self.figures.iter().map(SetFigure::height).sum();
        let least = if self.keeps_next || lines < 2 * TOGETHER { lines } else { TOGETHER };
        figures + least as f32 * self.leading + least_notes(self.lines.iter().take(least), &self.notes)
    }
}

impl Flow<'_> {
    /// Puts a paragraph, on as many pages as it takes.
    pub fn paragraph(&mut self, paragraph: SetParagraph) {
        let SetParagraph { label, indent, figures, lines, notes, size, leading, before, after, .. } = paragraph;
        let (column, keeps_before, keeps_next) = (paragraph.column, paragraph.keeps_before, paragraph.keeps_next);
        if column != Column::Meaning {
            self.go_below();
        }
        let placement = LinePlacement { x: self.frame.left + indent, size, leading };
        let gap = self.gap(before, keeps_before);
        self.skip(gap);
        let top = self.y;
        let alone = lines.is_empty();
        figures.into_iter().for_each(|figure| self.figure(figure, indent));
        if alone {
            self.put(after);
        }
        let mut label = label;
        let mut left = lines.len();
        let mut lines = lines.into_iter();
        let mut notes = notes.into_iter();
        while left > 0 {
            let room = match notes.as_slice() {
                [] => lines_in(self.room(), leading),
                notes => noted_lines_in(self.room(), leading, lines.as_slice(), notes),
            };
            let mut stay = share(left, room);
            if keeps_next && stay < left && left as f32 * leading <= self.whole() {
                stay = 0;
            }
            if stay == 0 && self.fresh {
                // Nothing will ever be better than a fresh page.
                stay = room.clamp(1, left);
            }
            if let (Some(label), true) = (label.take_if(|_| stay > 0), stay > 0) {
                self.line_at(label.line, self.y, LinePlacement { x: self.frame.left + label.x, ..placement });
            }
            for line in lines.by_ref().take(stay) {
                let (refers, top) = (line.refers, self.y);
                self.line(line, placement);
                self.put(after);
                notes.by_ref().take(refers).for_each(|note| self.footnote(note, top));
            }
            left -= stay;
            if left > 0 {
                self.next_page();
            }
        }
        if column == Column::Term {
            self.go_beside(top.min(self.y));
        }
    }

    /// How high a table is up to the end of its first rows, which stay with what stands above them.
    pub fn first_height(&self, table: &SetTable) -> f32 {
        let head = table.height(0..table.headers);
        let first = table.groups.first().map_or(0.0, |group| table.height_with_notes(group));
        if head + first <= self.whole() { head + first } else { head.min(self.whole() / 2.0) }
    }

    /// Puts a table, its header rows at the head of each page that it is on.
    pub fn table(&mut self, table: SetTable, sheet: &Stylesheet) {
        self.go_below();
        let gap = self.gap(table.before, false);
        if gap + self.first_height(&table) > self.room() && !self.fresh {
            self.next_page();
        } else {
            self.skip(gap);
        }
        let after = table.after;
        let mut setter = TablePlacer { flow: self, sheet, grid: BTreeMap::new(), table };
        setter.place();
        self.put(after);
    }
}

/// A table on its way to the pages.
struct TablePlacer<'f, 's, 't> {
    flow: &'f mut Flow<'s>,
    sheet: &'t Stylesheet,
    /// The rules between columns that are being drawn: where each is (in hundredths of a point), and from which y.
    grid: BTreeMap<i32, f32>,
    table: SetTable,
}

impl TablePlacer<'_, '_, '_> {
    fn place(&mut self) {
        let head = self.table.height(0..self.table.headers);
        // A head that leaves no room for rows is said once.
        let repeats = head > 0.0 && head <= self.flow.whole() / 2.0;
        let again: Vec<SetRow> = if repeats { self.head_again() } else { Vec::new() };
        let groups = std::mem::take(&mut self.table.groups);
        let heads = (0..self.table.headers).map(|row| row..row + 1);
        let heights: Vec<(Range<usize>, f32)> =
            heads.chain(groups).map(|group| (group.clone(), self.table.height_with_notes(&group))).collect();
        let mut rows = std::mem::take(&mut self.table.rows).into_iter();
        self.top_rule();
        for (group, height) in heights {
            let fits_a_page = height + if repeats { head } else { 0.0 } <= self.flow.whole();
            if height > self.flow.room() + 0.01 && fits_a_page && group.start > 0 {
                self.turn_page(&again);
            }
            for row in rows.by_ref().take(group.len()) {
                self.row(row, &again);
            }
        }
        self.close_grid();
    }

    /// The header rows as they are said again on later pages.
    fn head_again(&self) -> Vec<SetRow> {
        let again = |row: &SetRow| row.on_page();
        self.table.rows.iter().take(self.table.headers).map(again).collect()
    }

    fn turn_page(&mut self, again: &[SetRow]) {
        self.close_grid();
        self.flow.next_page();
        self.top_rule();
        for row in again {
            let row = row.on_page();
            let height = row.height;
            self.whole_row(row, height);
        }
    }

    /// Puts a row; one that is taller than a page goes on over the next.
    fn row(&mut self, mut row: SetRow, again: &[SetRow]) {
        if row.height > self.flow.room() + 0.01 {
            let head: f32 = again.iter().map(|row| row.height).sum();
            if row.height + head <= self.flow.whole() {
                self.turn_page(again);
            }
        }
        let ends = 2.0 * self.sheet.cells.ends;
        while row.height > self.flow.room() + 0.01 {
            let mut lines = lines_in(self.flow.room() - ends, self.table.leading);
            if lines == 0 && !self.flow.fresh {
                let room = self.flow.room();
                self.turn_page(again);
                if self.flow.room() > room {
                    continue;
                }
            }
            lines = lines.max(1);
            if row.lines() <= lines {
                break;
            }
            let part = row.part(lines, self.table.leading, ends);
            let height = part.height.max(self.flow.room().min(part.height));
            self.whole_row(part, height);
            self.turn_page(again);
        }
        let height = row.height;
        self.whole_row(row, height);
    }

    /// Puts a row that has room.
    fn whole_row(&mut self, row: SetRow, height: f32) {
        let (left, top) = (self.flow.frame.left, self.flow.y);
        let end = row.cells.last().map_or(left, |cell| left + cell.x + cell.width);
        if let Some(colour) = row.fill {
            self.flow.fill(left, top, self.width(), height, colour);
        }
        if row.changed {
            self.flow.bar(top, height, row.note.as_ref());
        }
        let edges = row.cells.iter().map(|cell| left + cell.x).chain([end, left, left + self.width()]);
        self.draw_grid(edges.map(|edge| (edge * 100.0).round() as i32).collect(), top);
        let cells = &self.sheet.cells;
        let (sides, ends) = (cells.sides, cells.ends);
        let (size, leading) = (self.table.size, self.table.leading);
        let joined: Vec<(f32, f32)> =
            row.cells.iter().filter(|cell| cell.goes_on).map(|cell| (cell.x, cell.x + cell.width)).collect();
        for cell in row.cells {
            let room = cell.width - 2.0 * sides;
            for (index, line) in cell.lines.into_iter().enumerate() {
                let x = left + cell.x + sides + aligned(cell.align, line.width, room);
                let y = top + ends + index as f32 * leading;
                self.flow.line_at(line, y, LinePlacement { x, size, leading });
            }
        }
        self.flow.skip(height);
        self.flow.put(0.0);
        // No rule parts a cell from more of it below.
        let mut from = 0.0;
        for (x, end) in joined.into_iter().chain([(self.width(), self.width())]) {
            if x > from {
                self.flow.rule(left + from, top + height - RULE / 2.0, x - from, RULE);
            }
            from = end;
        }
    }

    fn width(&self) -> f32 {
        self.flow.frame.text_width()
    }

    fn top_rule(&mut self) {
        let (x, y, width) = (self.flow.frame.left, self.flow.y - RULE / 2.0, self.width());
        self.flow.rule(x, y, width, RULE);
    }

    /// Ends the rules between columns that the next row doesn't have, and begins those that it alone has.
    fn draw_grid(&mut self, edges: Vec<i32>, top: f32) {
        let ended: Vec<i32> = self.grid.keys().copied().filter(|edge| !edges.contains(edge)).collect();
        for edge in ended {
            self.end_rule(edge, top);
        }
        for edge in edges {
            self.grid.entry(edge).or_insert(top);
        }
    }

    fn end_rule(&mut self, edge: i32, bottom: f32) {
        if let Some(top) = self.grid.remove(&edge) {
            self.flow.rule(edge as f32 / 100.0 - RULE / 2.0, top, RULE, bottom - top);
        }
    }

    fn close_grid(&mut self) {
        let bottom = self.flow.y;
        let edges: Vec<i32> = self.grid.keys().copied().collect();
        for edge in edges {
            self.end_rule(edge, bottom);
        }
    }
}

impl SetRow {
    /// The row as it is said again on a later page.
    fn on_page(&self) -> Self {
        let lines = |lines: &[Line]| lines.iter().map(|line| as_page(line, Belongs::Page)).collect();
        self.with_lines(|cell| lines(cell))
    }

    fn with_lines(&self, lines: impl Fn(&[Line]) -> Vec<Line>) -> Self {
        let cells = self.cells.iter().map(|cell| super::table::SetCell {
            x: cell.x,
            width: cell.width,
            align: cell.align,
            lines: lines(&cell.lines),
            rows: cell.rows,
            goes_on: cell.goes_on,
        });
        Self {
            cells: cells.collect(),
            height: self.height,
            fill: self.fill,
            changed: self.changed,
            note: self.note.clone(),
        }
    }

    /// How many lines its tallest cell has.
    fn lines(&self) -> usize {
        self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0)
    }

    /// Takes the first lines of each cell off as a row of their own.
    fn part(&mut self, lines: usize, leading: f32, ends: f32) -> Self {
        let mut part = self.with_lines(|_| Vec::new());
        for (head, cell) in part.cells.iter_mut().zip(&mut self.cells) {
            let rest = cell.lines.split_off(lines.min(cell.lines.len()));
            head.lines = std::mem::replace(&mut cell.lines, rest);
        }
        part.height = lines as f32 * leading + ends;
        self.height = self.lines() as f32 * leading + ends;
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_stands_alone() {
        assert_eq!(share(5, 9), 5);
        assert_eq!(share(5, 4), 3);
        assert_eq!(share(5, 1), 0);
        assert_eq!(share(3, 2), 0);
        assert_eq!(share(4, 3), 2);
    }
}
