//! A matched table: its columns by their keys, its rows by what they hold and by their keys, its cells by words.

use super::words::{mark, marked, whole};
use crate::align::{Direction, Interner, WordAlignment, align, unique_pairs};
use crate::document::{Cell, Column, Mark, Revised, RowKind, Run, Table, TableRow, text_of};
use crate::model::Descent;
use std::collections::{BTreeSet, HashMap};

/// A row whose key changed is known again if at least this share of what is particular to it is the same.
const SAME_ROW_FROM: f64 = 0.5;

/// Rows in gaps up to this many pairs are searched for changed keys; in larger ones the keys alone decide.
const KEY_SEARCH_PAIRS: usize = 40_000;

/// The marked table, and what became of each row.
#[derive(Debug)]
pub(super) struct TableDiff {
    pub table: Table,
    /// In the order of the marked rows.
    pub rows: Vec<RowStep>,
}

/// What happened to a row; the numbers are indexes into the old and the new rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowStep {
    Same { old: usize, new: usize },
    Changed { old: usize, new: usize },
    Deleted { old: usize },
    Inserted { new: usize },
}

/// Compares two tables; `None` if they have no column in common, so that the one must go and the other come whole.
pub(super) fn compare(old: &Table, new: &Table, descent: &Descent) -> Option<TableDiff> {
    let columns = Columns::merge(&old.columns, &new.columns)?;
    let id = old.id.now.clone().unwrap_or_default();
    let is_moved = |row: &TableRow| {
        !descent.moved_rows.is_empty() && descent.moved_rows.contains(&(id.clone(), row.key.now.clone()))
    };
    let pairs = pair_rows(old, new, &columns, is_moved);
    let mut diff = TableDiff {
        table: Table {
            id: Revised::from_pair(old.id.now.clone(), new.id.now.clone()),
            columns: columns.merged.clone(),
            rows: Vec::with_capacity(old.rows.len().max(new.rows.len())),
        },
        rows: Vec::new(),
    };
    let (mut i, mut j) = (0, 0);
    for (old_index, new_index) in pairs.into_iter().chain([(old.rows.len(), new.rows.len())]) {
        for (at, row) in old.rows.iter().enumerate().take(old_index).skip(i) {
            diff.push(whole_row(row, Mark::Deleted), RowStep::Deleted { old: at });
        }
        for (at, row) in new.rows.iter().enumerate().take(new_index).skip(j) {
            diff.push(whole_row(row, Mark::Inserted), RowStep::Inserted { new: at });
        }
        (i, j) = (old_index, new_index);
        let (Some(before), Some(after)) = (old.rows.get(old_index), new.rows.get(new_index)) else { continue };
        (i, j) = (old_index + 1, new_index + 1);
        match merge_row(before, after, &columns) {
            Some(row) => {
                let step = match before.key == after.key && !touched(&row) {
                    true => RowStep::Same { old: old_index, new: new_index },
                    false => RowStep::Changed { old: old_index, new: new_index },
                };
                diff.push(row, step);
            }
            // Cells that cover other columns than before can't be laid over each other.
            None => {
                diff.push(whole_row(before, Mark::Deleted), RowStep::Deleted { old: old_index });
                diff.push(whole_row(after, Mark::Inserted), RowStep::Inserted { new: new_index });
            }
        }
    }
    Some(diff)
}

impl TableDiff {
    fn push(&mut self, row: TableRow, step: RowStep) {
        self.table.rows.push(row);
        self.rows.push(step);
    }
}

/// Whether a merged row holds a revision of its own words.
fn touched(row: &TableRow) -> bool {
    row.cells.iter().flat_map(|cell| &cell.runs).any(Run::is_revised)
}

/// A whole table with one mark on every row.
pub(super) fn whole_table(table: &Table, mark: Mark) -> Table {
    Table { rows: table.rows.iter().map(|row| whole_row(row, mark)).collect(), ..table.clone() }
}

fn whole_row(row: &TableRow, mark: Mark) -> TableRow {
    let cells = row.cells.iter().map(|cell| Cell { span: cell.span, runs: marked(&cell.runs, mark) }).collect();
    TableRow { key: row.key.clone(), kind: row.kind, mark, cells }
}

/// The columns of both tables in one grid.
struct Columns {
    merged: Vec<Column>,
    /// For each merged column, its index in the old and in the new table.
    old: Vec<Option<usize>>,
    new: Vec<Option<usize>>,
}

impl Columns {
    fn merge(old: &[Column], new: &[Column]) -> Option<Self> {
        let mut interner = Interner::new();
        let old_numbers: Vec<u32> = old.iter().map(|column| interner.number(column)).collect();
        let new_numbers: Vec<u32> = new.iter().map(|column| interner.number(column)).collect();
        let direction = Direction::of(old, new);
        let same = direction.align(&old_numbers, &new_numbers);
        if same.pairs().is_empty() {
            return None;
        }
        let mut columns = Self { merged: Vec::new(), old: Vec::new(), new: Vec::new() };
        let (mut i, mut j) = (0, 0);
        for (old_index, new_index) in same.pairs().iter().copied().chain([(old.len(), new.len())]) {
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
            if let Some(column) = old.get(old_index) {
                columns.push(column, Mark::Kept, Some(old_index), Some(new_index));
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

/// For each column that a row's cells cover, which cell does.
fn owners(row: &TableRow) -> Vec<usize> {
    row.cells.iter().enumerate().flat_map(|(index, cell)| std::iter::repeat_n(index, cell.span)).collect()
}

/// One row of both texts, cell by cell; `None` if the cells don't cover the same columns.
fn merge_row(old: &TableRow, new: &TableRow, columns: &Columns) -> Option<TableRow> {
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
        .map(|cell| Cell { span: cell.span, runs: merge_cell(&runs(old, cell.before), &runs(new, cell.after)) })
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

/// A cell's words. A figure or a value that changed is struck and inserted whole.
fn merge_cell(old: &[Run], new: &[Run]) -> Vec<Run> {
    if old == new {
        return new.to_vec();
    }
    let words = WordAlignment::new(old, new);
    if words.is_rewritten() { whole(old, new) } else { mark(&words) }
}

/// Pairs rows in order: first those that hold the same, then by key, then by what else they hold. What a drafter moved
/// is paired only where it fits between the rest.
fn pair_rows(old: &Table, new: &Table, columns: &Columns, is_moved: impl Fn(&TableRow) -> bool) -> Vec<(usize, usize)> {
    let shared = |side: &[Option<usize>], other: &[Option<usize>]| -> Vec<usize> {
        side.iter().zip(other).filter_map(|(at, other)| other.and(*at)).collect()
    };
    let (old_columns, new_columns) = (shared(&columns.old, &columns.new), shared(&columns.new, &columns.old));
    let mut contents = Interner::new();
    let mut keys = Interner::new();
    let (moved_from, stays): (Vec<usize>, Vec<usize>) = (0..old.rows.len()).partition(|&at| is_moved(&old.rows[at]));
    let (moved_to, stand): (Vec<usize>, Vec<usize>) = (0..new.rows.len()).partition(|&at| is_moved(&new.rows[at]));
    let old_rows: Vec<RowNumbers<'_>> =
        stays.iter().map(|&at| RowNumbers::new(&old.rows[at], &old_columns, &mut contents, &mut keys)).collect();
    let new_rows: Vec<RowNumbers<'_>> =
        stand.iter().map(|&at| RowNumbers::new(&new.rows[at], &new_columns, &mut contents, &mut keys)).collect();
    let direction = Direction::of(&old.rows, &new.rows);
    let pairs = direction.search(&old_rows[..], &new_rows[..], |old, new| {
        let same = refine(&[], old, new, |old, new| by_number(old, new, |row| row.content));
        let keyed = refine(&same, old, new, |old, new| by_number(old, new, |row| row.key));
        if keyed.len() == old.len().min(new.len()) {
            return keyed;
        }
        let common = Commonness::of(old.iter().chain(new).map(|row| row.row));
        refine(&keyed, old, new, |old, new| by_particulars(old, new, &common))
    });
    let key = |row: &TableRow| row.key.now.clone();
    let mut known = Interner::new();
    let mut numbers = |table: &Table, rows: &[usize]| -> Vec<u32> {
        rows.iter().map(|&at| known.number(key(&table.rows[at]))).collect()
    };
    let (from, to) = (numbers(old, &moved_from), numbers(new, &moved_to));
    let moved = unique_pairs(&from, &to).into_iter().map(|(i, j)| (moved_from[i], moved_to[j]));
    let all = pairs.into_iter().map(|(i, j)| (stays[i], stand[j])).chain(moved).collect();
    let loose: BTreeSet<usize> = moved_from.iter().copied().collect();
    direction.pairs(all).rising_around(|from, _| loose.contains(&from)).pairs().to_vec()
}

/// How many rows of both tables hold the same text in the same place. Most cells of a matrix say `N/A` in every row,
/// so a cell counts for the more, the fewer rows hold the same.
struct Commonness {
    rows: HashMap<(usize, String), usize>,
}

impl Commonness {
    fn of<'r>(rows: impl Iterator<Item = &'r TableRow>) -> Self {
        let mut counted: HashMap<(usize, String), usize> = HashMap::new();
        for row in rows {
            for (at, cell) in row.cells.iter().enumerate() {
                *counted.entry((at, text_of(&cell.runs))).or_default() += 1;
            }
        }
        Self { rows: counted }
    }

    fn weight(&self, at: usize, text: &str) -> f64 {
        1.0 / self.rows.get(&(at, text.to_owned())).copied().unwrap_or(1) as f64
    }
}

struct RowNumbers<'a> {
    row: &'a TableRow,
    content: u32,
    key: u32,
}

type Content<'a> = (RowKind, &'a str, Vec<(usize, &'a [Run])>);

impl<'a> RowNumbers<'a> {
    fn new(
        row: &'a TableRow,
        shared: &[usize],
        contents: &mut Interner<Content<'a>>,
        keys: &mut Interner<(RowKind, &'a str)>,
    ) -> Self {
        let owners = owners(row);
        let mut seen: Vec<(usize, &[Run])> = Vec::new();
        let mut last = None;
        for owner in shared.iter().filter_map(|&at| owners.get(at).copied()) {
            if last == Some(owner) {
                if let Some(cell) = seen.last_mut() {
                    cell.0 += 1;
                }
            } else {
                seen.push((1, &row.cells[owner].runs));
                last = Some(owner);
            }
        }
        Self {
            row,
            content: contents.number((row.kind, &row.key.now, seen)),
            key: keys.number((row.kind, &row.key.now)),
        }
    }
}

/// Adds, between the pairs found so far, those that `find` finds.
fn refine(
    pairs: &[(usize, usize)],
    old: &[RowNumbers<'_>],
    new: &[RowNumbers<'_>],
    find: impl Fn(&[RowNumbers<'_>], &[RowNumbers<'_>]) -> Vec<(usize, usize)>,
) -> Vec<(usize, usize)> {
    let mut refined = Vec::with_capacity(pairs.len());
    let (mut i, mut j) = (0, 0);
    for &(old_index, new_index) in pairs.iter().chain([&(old.len(), new.len())]) {
        let found = match i < old_index && j < new_index {
            true => find(&old[i..old_index], &new[j..new_index]),
            false => Vec::new(),
        };
        refined.extend(found.into_iter().map(|(a, b)| (a + i, b + j)));
        if old_index < old.len() {
            refined.push((old_index, new_index));
        }
        (i, j) = (old_index + 1, new_index + 1);
    }
    refined
}

fn by_number(
    old: &[RowNumbers<'_>],
    new: &[RowNumbers<'_>],
    number: impl Fn(&RowNumbers<'_>) -> u32,
) -> Vec<(usize, usize)> {
    let old: Vec<u32> = old.iter().map(&number).collect();
    let new: Vec<u32> = new.iter().map(&number).collect();
    align(&old, &new)
}

/// Pairs rows whose key changed, by what else is particular to them.
fn by_particulars(old: &[RowNumbers<'_>], new: &[RowNumbers<'_>], common: &Commonness) -> Vec<(usize, usize)> {
    if old.len() * new.len() > KEY_SEARCH_PAIRS {
        return Vec::new();
    }
    let likeness = |a: &TableRow, b: &TableRow| -> f64 {
        if a.kind != b.kind || a.cells.len() != b.cells.len() {
            return 0.0;
        }
        let (mut same, mut all) = (0.0, 0.0);
        for (at, (x, y)) in a.cells.iter().zip(&b.cells).enumerate() {
            let (x, y) = (text_of(&x.runs), text_of(&y.runs));
            // The cells that make up the key are the ones that changed.
            if x != y && is_key(&x, &a.key.now) && is_key(&y, &b.key.now) {
                continue;
            }
            let weight = common.weight(at, &x) + common.weight(at, &y);
            all += weight;
            if x == y {
                same += weight;
            }
        }
        if all > 0.0 { same / all } else { 0.0 }
    };
    let mut pairs = Vec::new();
    let mut from = 0;
    for (i, a) in old.iter().enumerate() {
        let best = (from..new.len())
            .map(|j| (likeness(a.row, new[j].row), j))
            .filter(|&(likeness, _)| likeness >= SAME_ROW_FROM)
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        if let Some((_, j)) = best {
            pairs.push((i, j));
            from = j + 1;
        }
    }
    pairs
}

fn is_key(text: &str, key: &str) -> bool {
    !text.is_empty() && key.starts_with(text)
}
