//! The columns of two tables in one grid, and a row of each laid over the other.

use super::words;
use crate::align::{Direction, Interner};
use crate::document::{Cell, Column, Mark, Revised, RowKind, Table, TableRow};
use std::collections::HashSet;

/// The columns of both tables in one grid.
pub(super) struct Columns {
    pub merged: Vec<Column>,
    /// For each merged column, its index in the old and in the new table.
    pub old: Vec<Option<usize>>,
    pub new: Vec<Option<usize>>,
}

impl Columns {
    /// Columns are paired by their keys, and those between them, if they are as many, by their places.
    pub fn merge(old: &Table, new: &Table) -> Option<Self> {
        let rows_in_common = share_a_row(old, new);
        let (old, new) = (&*old.columns, &*new.columns);
        let mut interner = Interner::new();
        let old_numbers: Vec<u32> = old.iter().map(|column| interner.number(column)).collect();
        let new_numbers: Vec<u32> = new.iter().map(|column| interner.number(column)).collect();
        let direction = Direction::of(old, new);
        let same = direction.align(&old_numbers, &new_numbers);
        let pairs = with_places(same.pairs(), old, new);
        if pairs.is_empty() || (same.pairs().is_empty() && !rows_in_common) {
            return None;
        }
        let mut columns = Self { merged: Vec::new(), old: Vec::new(), new: Vec::new() };
        let (mut i, mut j) = (0, 0);
        for (old_index, new_index) in pairs.into_iter().chain([(old.len(), new.len())]) {
            let deleted = (Mark::Deleted, i..old_index);
            let inserted = (Mark::Inserted, j..new_index);
            // In the same order both ways, so that cells that cover several can be laid over each other both ways.
            for (mark, range) in direction.in_order(deleted, inserted) {
                for at in range {
                    match mark {
                        Mark::Deleted => columns.push(&old[at], mark, Some(at), None),
                        _ => columns.push(&new[at], mark, None, Some(at)),
                    }
                }
            }
            if let (Some(was), Some(now)) = (old.get(old_index), new.get(new_index)) {
                let key = Revised::from_pair(was.key.now.clone(), now.key.now.clone());
                columns.push(&Column { key, ..now.clone() }, Mark::Kept, Some(old_index), Some(new_index));
            }
            (i, j) = (old_index + 1, new_index + 1);
        }
        Some(columns)
    }

    fn push(&mut self, column: &Column, mark: Mark, old: Option<usize>, new: Option<usize>) {
        self.merged.push(Column { mark, ..column.clone() });
        self.old.push(old);
        self.new.push(new);
    }
}

/// The pairs, and between them those of columns that have their places in common.
fn with_places(pairs: &[(usize, usize)], old: &[Column], new: &[Column]) -> Vec<(usize, usize)> {
    let mut all = Vec::with_capacity(old.len());
    let (mut i, mut j) = (0, 0);
    for &(old_index, new_index) in pairs.iter().chain([&(old.len(), new.len())]) {
        let (before, after) = (&old[i..old_index], &new[j..new_index]);
        let aligns = |columns: &[Column]| columns.iter().map(|it| (it.align, it.share)).collect::<Vec<_>>();
        if aligns(before) == aligns(after) {
            all.extend((i..old_index).zip(j..new_index));
        }
        if old_index < old.len() {
            all.push((old_index, new_index));
        }
        (i, j) = (old_index + 1, new_index + 1);
    }
    all
}

/// Whether any row of data stands in both, by its key.
fn share_a_row(old: &Table, new: &Table) -> bool {
    fn keys(table: &Table) -> impl Iterator<Item = &str> {
        let data = table.rows.iter().filter(|row| row.kind == RowKind::Data);
        data.map(|row| row.key.now.as_str()).filter(|key| !key.is_empty())
    }
    let known: HashSet<&str> = keys(old).collect();
    keys(new).any(|key| known.contains(key))
}

/// For each column that a row's cells cover, which cell does.
pub(super) fn owners(row: &TableRow) -> Vec<usize> {
    row.cells.iter().enumerate().flat_map(|(index, cell)| std::iter::repeat_n(index, cell.span)).collect()
}

/// One row of both texts, cell by cell; `None` if the cells don't cover the same columns.
pub(super) fn merge_row(old: &TableRow, new: &TableRow, columns: &Columns) -> Option<TableRow> {
    let (old_owners, new_owners) = (owners(old), owners(new));
    let owner = |owners: &[usize], at: Option<usize>| at.map(|at| owners.get(at).copied());
    // Each stretch of the merged grid belongs to one cell of each row, or to a cell of only one of them.
    let mut cells: Vec<Stretch> = Vec::new();
    for at in 0..columns.merged.len() {
        let before = match owner(&old_owners, columns.old[at]) {
            Some(owner) => Some(owner?),
            None => None,
        };
        let after = match owner(&new_owners, columns.new[at]) {
            Some(owner) => Some(owner?),
            None => None,
        };
        match cells.last_mut() {
            Some(last) if last.goes_on(before, after) => {
                last.before = last.before.or(before);
                last.after = last.after.or(after);
                last.span += 1;
            }
            _ => cells.push(Stretch { before, after, span: 1 }),
        }
    }
    let before = cells.iter().filter_map(|cell| cell.before);
    let after = cells.iter().filter_map(|cell| cell.after);
    if !before.eq(0..old.cells.len()) || !after.eq(0..new.cells.len()) {
        return None;
    }
    let runs = |row: &TableRow, cell: Option<usize>| cell.map(|at| row.cells[at].runs.clone()).unwrap_or_default();
    let cells = cells
        .iter()
        .map(|cell| Cell {
            span: cell.span,
            above: cell
                .after
                .map_or_else(|| cell.before.is_some_and(|at| old.cells[at].above), |at| new.cells[at].above),
            runs: words::cell(&runs(old, cell.before), &runs(new, cell.after)),
        })
        .collect();
    Some(TableRow {
        key: Revised::from_pair(old.key.now.clone(), new.key.now.clone()),
        kind: new.kind,
        mark: Mark::Kept,
        cells,
    })
}

/// A stretch of the merged grid, and the cell of the old and of the new row that covers it.
struct Stretch {
    before: Option<usize>,
    after: Option<usize>,
    span: usize,
}

impl Stretch {
    /// Whether the next merged column belongs to the same cells.
    fn goes_on(&self, before: Option<usize>, after: Option<usize>) -> bool {
        let same = |own: Option<usize>, next: Option<usize>| own.is_some() && own == next;
        let fits = |own: Option<usize>, next: Option<usize>| own.is_none() || own == next;
        match (before, after) {
            (Some(_), Some(_)) => {
                (same(self.before, before) && fits(self.after, after))
                    || (same(self.after, after) && fits(self.before, before))
            }
            (Some(_), None) => same(self.before, before),
            (None, Some(_)) => same(self.after, after),
            (None, None) => false,
        }
    }
}
