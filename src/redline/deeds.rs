//! What instructions say of the rows of a table: which are inserted, deleted, moved and amended, in an order in which
//! it can be carried out.

use super::amendment::{AmendmentKind, RowDeed, RowName};
use super::table::{RowStep, TableDiff};
use crate::document::{RowKind, Table, TableRow};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Of more rows that print the same, nobody counts which one is meant.
const MOST_ALIKE: usize = 100;

/// A row of the old table, or a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Old(usize),
    New(usize),
}

/// The deeds that turn one table into another. `moves` has the old place of each row that moved, by its new one.
pub(super) fn deeds(old: &Table, new: &Table, diff: &TableDiff, moves: &BTreeMap<usize, usize>) -> Vec<RowDeed> {
    let mut rows = Rows::new(old, new, diff);
    let moved: BTreeSet<usize> = moves.values().copied().collect();
    let mut keys: BTreeMap<usize, Key> = moves.iter().map(|(&new, &old)| (new, Key::Old(old))).collect();
    for step in &diff.rows {
        match *step {
            RowStep::Same { old, new } | RowStep::Changed { old, new } => drop(keys.insert(new, Key::Old(old))),
            RowStep::Inserted { new } => drop(keys.entry(new).or_insert(Key::New(new))),
            RowStep::Deleted { .. } => {}
        }
    }
    let mut told: Vec<RowDeed> = Vec::new();
    let stretches = diff.rows.chunk_by(|a, b| kind_of(a, moves) == kind_of(b, moves));
    for stretch in stretches {
        let data = stretch.iter().filter(|step| sort(step, old, new) == RowKind::Data);
        match kind_of(&stretch[0], moves) {
            Some(AmendmentKind::Repeal) => {
                let gone = data.filter_map(|step| places(step).0).filter(|from| !moved.contains(from));
                let gone: Vec<Key> = gone.map(Key::Old).collect();
                told.extend(rows.deed(AmendmentKind::Repeal, &gone, None));
                rows.take(&gone);
            }
            Some(kind @ (AmendmentKind::Insertion | AmendmentKind::Move)) => {
                let come: Vec<usize> = data.filter_map(|step| places(step).1).collect();
                let Some(first) = come.first() else { continue };
                let before = first.checked_sub(1).and_then(|at| keys.get(&at)).copied();
                let before = before.filter(|&key| rows.row(key).kind == RowKind::Data);
                let come: Vec<Key> = come.iter().filter_map(|at| keys.get(at)).copied().collect();
                told.extend(rows.deed(kind, &come, before));
                rows.put(&come, before);
            }
            _ => {}
        }
    }
    told.extend(rows.deed(AmendmentKind::Substitution, &amended(old, new, diff, moves), None));
    for of in [RowKind::Header, RowKind::Count] {
        if diff.rows.iter().any(|step| sort(step, old, new) == of && !matches!(step, RowStep::Same { .. })) {
            told.push(RowDeed { kind: AmendmentKind::Substitution, of, rows: Vec::new(), after: None });
        }
    }
    told
}

/// The rows that hold something else, whether they moved or not.
fn amended(old: &Table, new: &Table, diff: &TableDiff, moves: &BTreeMap<usize, usize>) -> Vec<Key> {
    let changed = diff.rows.iter().filter_map(|step| match *step {
        RowStep::Changed { old, .. } => Some(old),
        RowStep::Inserted { new: at } => {
            let from = *moves.get(&at)?;
            (old.rows.get(from)?.cells != new.rows.get(at)?.cells).then_some(from)
        }
        RowStep::Same { .. } | RowStep::Deleted { .. } => None,
    });
    changed.filter(|&at| old.rows[at].kind == RowKind::Data).map(Key::Old).collect()
}

/// What a step does; nothing, if the row stays in its place.
fn kind_of(step: &RowStep, moves: &BTreeMap<usize, usize>) -> Option<AmendmentKind> {
    match step {
        RowStep::Same { .. } | RowStep::Changed { .. } => None,
        RowStep::Deleted { .. } => Some(AmendmentKind::Repeal),
        RowStep::Inserted { new } if moves.contains_key(new) => Some(AmendmentKind::Move),
        RowStep::Inserted { .. } => Some(AmendmentKind::Insertion),
    }
}

/// Where its row stands in each table.
fn places(step: &RowStep) -> (Option<usize>, Option<usize>) {
    match *step {
        RowStep::Same { old, new } | RowStep::Changed { old, new } => (Some(old), Some(new)),
        RowStep::Deleted { old } => (Some(old), None),
        RowStep::Inserted { new } => (None, Some(new)),
    }
}

fn sort(step: &RowStep, old: &Table, new: &Table) -> RowKind {
    let (from, at) = places(step);
    let row = at.and_then(|at| new.rows.get(at)).or(from.and_then(|from| old.rows.get(from)));
    row.map(|row| row.kind).unwrap_or_default()
}

/// The rows of a table while deeds are carried out.
struct Rows<'t> {
    old: &'t Table,
    new: &'t Table,
    order: Vec<Key>,
    /// How many rows there are of each name in both tables.
    names: HashMap<&'t str, usize>,
}

impl<'t> Rows<'t> {
    fn new(old: &'t Table, new: &'t Table, diff: &TableDiff) -> Self {
        let order: Vec<Key> = (0..old.rows.len()).map(Key::Old).collect();
        let come = diff.rows.iter().filter_map(|step| match step {
            RowStep::Inserted { new } => Some(Key::New(*new)),
            _ => None,
        });
        let mut rows = Self { old, new, order, names: HashMap::new() };
        for key in rows.order.clone().into_iter().chain(come) {
            *rows.names.entry(label(rows.row(key))).or_default() += 1;
        }
        rows
    }

    fn take(&mut self, rows: &[Key]) {
        let taken: BTreeSet<&Key> = rows.iter().collect();
        self.order.retain(|key| !taken.contains(key));
    }

    fn row(&self, key: Key) -> &'t TableRow {
        match key {
            Key::Old(at) => &self.old.rows[at],
            Key::New(at) => &self.new.rows[at],
        }
    }

    fn deed(&self, kind: AmendmentKind, keys: &[Key], after: Option<Key>) -> Option<RowDeed> {
        let rows = keys.iter().map(|&key| self.name(key)).collect();
        let after = after.map(|key| self.name(key));
        (!keys.is_empty()).then_some(RowDeed { kind, of: RowKind::Data, rows, after })
    }

    /// The name of a row among those that stand there now.
    fn name(&self, key: Key) -> RowName {
        let row = label(self.row(key));
        if !(2..=MOST_ALIKE).contains(&self.names.get(row).copied().unwrap_or(0)) {
            return RowName { row: row.to_owned(), nth: None };
        }
        let same = |other: &&Key| self.row(**other).kind == RowKind::Data && label(self.row(**other)) == row;
        let alike: Vec<&Key> = self.order.iter().filter(same).collect();
        let nth = alike.iter().position(|&&other| other == key).filter(|_| alike.len() > 1);
        RowName { row: row.to_owned(), nth: nth.map(|at| at + 1) }
    }

    /// Puts rows behind one, or behind the header rows.
    fn put(&mut self, rows: &[Key], after: Option<Key>) {
        self.take(rows);
        let at = match after {
            Some(after) => self.order.iter().position(|&key| key == after).map_or(0, |at| at + 1),
            None => self.order.iter().take_while(|&&key| self.row(key).kind == RowKind::Header).count(),
        };
        self.order.splice(at..at, rows.iter().copied());
    }
}

/// What is printed in a row that tells it from others: of its key as much as a cell has, or else the key.
fn label(row: &TableRow) -> &str {
    let key = row.key.now.as_str();
    let texts = row.cells.iter().filter_map(|cell| match cell.runs.as_slice() {
        [run] => Some(run.text.as_str()),
        _ => None,
    });
    let named = texts.filter(|text| !text.is_empty() && key.starts_with(text));
    named.max_by_key(|text| text.len()).unwrap_or(key)
}
