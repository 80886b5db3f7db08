//! A matched table: its columns by their keys, its rows by what they hold and by their keys, its cells by words.

use super::columns::{Columns, merge_row, owners};
use super::words::marked;
use crate::align::{Direction, Interner, align, unique_pairs};
use crate::document::{Cell, Mark, Revised, RowKind, Run, Table, TableRow, text_of};
use crate::model::Descent;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

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

/// Compares two tables; `None` if they have no column in common, or not the same where cells cover several rows, so that the
/// one must go and the other come whole. Rows that cells join stay, come and go together.
pub(super) fn compare(old: &Table, new: &Table, descent: &Descent) -> Option<TableDiff> {
    let is_tied = old.is_tied() || new.is_tied();
    if old.header_column != new.header_column {
        return None;
    }
    let columns = Columns::merge(old, new)?;
    if is_tied && columns.merged.iter().any(|column| column.mark != Mark::Kept) {
        return None;
    }
    let id = old.id.now.clone().unwrap_or_default();
    let is_moved = |row: &TableRow| {
        !descent.moved_rows.is_empty() && descent.moved_rows.contains(&(id.clone(), row.key.now.clone()))
    };
    let pairs = match is_tied {
        true if shape(&old.rows) == shape(&new.rows) => (0..old.rows.len()).map(|at| (at, at)).collect(),
        true => tied_pairs(old, new, &pair_rows(old, new, &columns, |_| false)),
        false => pair_rows(old, new, &columns, is_moved),
    };
    let mut diff = TableDiff {
        table: Table {
            id: Revised::from_pair(old.id.now.clone(), new.id.now.clone()),
            columns: columns.merged.clone(),
            rows: Vec::with_capacity(old.rows.len().max(new.rows.len())),
            header_column: new.header_column,
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

/// How the cells of some rows are joined, row by row.
fn shape(rows: &[TableRow]) -> impl PartialEq + use<> {
    let row = |row: &TableRow| (row.kind, row.cells.iter().map(|cell| (cell.span, cell.above)).collect::<Vec<_>>());
    rows.iter().map(row).collect::<Vec<_>>()
}

/// The rows of a table that cells join, each stretch by itself.
fn tied_rows(table: &Table) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        match stretches.last_mut().filter(|_| row.is_tied()) {
            Some(last) => last.end = at + 1,
            None => stretches.push(at..at + 1),
        }
    }
    stretches
}

/// Those of the pairs that are of whole stretches of rows, joined alike.
fn tied_pairs(old: &Table, new: &Table, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let (of_old, of_new) = (tied_rows(old), tied_rows(new));
    let mut all = Vec::with_capacity(pairs.len());
    for &(i, j) in pairs {
        let before = of_old.iter().find(|rows| rows.start == i);
        let after = of_new.iter().find(|rows| rows.start == j);
        let Some((before, after)) = before.zip(after) else { continue };
        let own: Vec<(usize, usize)> = before.clone().zip(after.clone()).collect();
        let (was, now) = (&old.rows[before.clone()], &new.rows[after.clone()]);
        if shape(was) == shape(now) && own.iter().all(|pair| pairs.contains(pair)) {
            all.extend(own);
        }
    }
    all
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
    let cells = row
        .cells
        .iter()
        .map(|cell| Cell { span: cell.span, above: cell.above, runs: marked(&cell.runs, mark) })
        .collect();
    TableRow { key: row.key.clone(), kind: row.kind, mark, cells }
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
        let common = Commonness::of(old.iter().chain(new));
        let known = refine(&keyed, old, new, |old, new| by_particulars(old, new, &common));
        refine(&known, old, new, heads)
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
    fn of<'r>(rows: impl Iterator<Item = &'r RowNumbers<'r>>) -> Self {
        let mut counted: HashMap<(usize, String), usize> = HashMap::new();
        for row in rows {
            for cell in row.texts().into_iter().enumerate() {
                *counted.entry(cell).or_default() += 1;
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
    /// What stands in the columns that both tables have.
    cells: Vec<&'a [Run]>,
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
            cells: seen.iter().map(|(_, runs)| *runs).collect(),
            content: contents.number((row.kind, &row.key.now, seen)),
            key: keys.number((row.kind, &row.key.now)),
        }
    }
}

impl RowNumbers<'_> {
    fn texts(&self) -> Vec<String> {
        self.cells.iter().map(|runs| text_of(runs)).collect()
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

/// Pairs header rows by their places, whatever they hold.
fn heads(old: &[RowNumbers<'_>], new: &[RowNumbers<'_>]) -> Vec<(usize, usize)> {
    let is_head = |row: &&RowNumbers<'_>| row.row.kind == RowKind::Header;
    let count = |rows: &[RowNumbers<'_>]| rows.iter().take_while(is_head).count();
    let (old, new) = (count(old), count(new));
    if old == new { (0..old).map(|at| (at, at)).collect() } else { Vec::new() }
}

/// Pairs rows whose key changed, by what else is particular to them.
fn by_particulars(old: &[RowNumbers<'_>], new: &[RowNumbers<'_>], common: &Commonness) -> Vec<(usize, usize)> {
    if old.len() * new.len() > KEY_SEARCH_PAIRS {
        return Vec::new();
    }
    let [old_texts, new_texts] = [old, new].map(|rows| rows.iter().map(RowNumbers::texts).collect::<Vec<_>>());
    let likeness = |i: usize, j: usize| -> f64 {
        let (Some((a, a_texts)), Some((b, b_texts))) =
            (old.get(i).zip(old_texts.get(i)), new.get(j).zip(new_texts.get(j)))
        else {
            return 0.0;
        };
        if a.row.kind != b.row.kind || a_texts.len() != b_texts.len() {
            return 0.0;
        }
        let (mut same, mut all) = (0.0, 0.0);
        for (at, (x, y)) in a_texts.iter().zip(b_texts).enumerate() {
            // The cells that make up the key are the ones that changed.
            if x != y && is_key(x, &a.row.key.now) && is_key(y, &b.row.key.now) {
                continue;
            }
            let weight = common.weight(at, x) + common.weight(at, y);
            all += weight;
            if x == y {
                same += weight;
            }
        }
        if all > 0.0 { same / all } else { 0.0 }
    };
    let mut pairs = Vec::new();
    let mut from = 0;
    for i in 0..old.len() {
        let best = (from..new.len())
            .map(|j| (likeness(i, j), j))
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
