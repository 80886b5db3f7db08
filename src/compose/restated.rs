//! A modification that shall make something else, in the words of its drafter wherever they still say it.

use crate::model::{
    AmendedRow, InsertedRows, Modification, MovedRow, Operations, RemovedRow, RowStatement, SectionStatement,
    TableStatement,
};
use std::collections::BTreeSet;

/// A modification as it shall be: `before` and `after` are what it makes and what it shall make, in the fewest
/// statements. Where those don't differ, what the drafter states stays as it is.
pub fn restated(own: &Modification, before: &Modification, after: &Modification) -> Modification {
    Modification {
        head: crate::model::Head { columns: after.head.columns.clone(), ..own.head.clone() },
        sections: all(&own.sections, &before.sections, &after.sections, section),
        tables: all(&own.tables, &before.tables, &after.tables, table),
        ..own.clone()
    }
}

/// What speaks of something by its name.
trait Named: Clone + PartialEq {
    /// What it speaks of.
    fn name(&self) -> (bool, &str);
}

impl Named for SectionStatement {
    fn name(&self) -> (bool, &str) {
        (self.insert, &self.number)
    }
}

impl Named for TableStatement {
    fn name(&self) -> (bool, &str) {
        (self.insert, &self.number)
    }
}

impl Named for AmendedRow {
    fn name(&self) -> (bool, &str) {
        (false, &self.key)
    }
}

impl Named for MovedRow {
    fn name(&self) -> (bool, &str) {
        (false, &self.key)
    }
}

impl Named for RemovedRow {
    fn name(&self) -> (bool, &str) {
        (false, &self.key)
    }
}

impl Named for RowStatement {
    fn name(&self) -> (bool, &str) {
        (true, self.key().map_or("", |key| key.as_str()))
    }
}

/// The statements of `own` with what differs between the other two; `change` says it of one.
fn all<T: Named>(own: &[T], before: &[T], after: &[T], change: impl Fn(&T, &T, &T) -> T) -> Vec<T> {
    let find = |all: &'_ [T], name: (bool, &str)| all.iter().find(|it| it.name() == name).cloned();
    let mut out: Vec<T> = Vec::new();
    for statement in own {
        match (find(before, statement.name()), find(after, statement.name())) {
            (Some(was), Some(now)) => {
                out.push(if was == now { statement.clone() } else { change(statement, &was, &now) })
            }
            // It says what the base says already.
            (None, None) => out.push(statement.clone()),
            (None, Some(now)) => out.push(change(statement, &now, &now)),
            (Some(_), None) => {}
        }
    }
    let there: BTreeSet<(bool, String)> = own.iter().map(|it| (it.name().0, it.name().1.to_owned())).collect();
    let is_new = |it: &&T| !there.contains(&(it.name().0, it.name().1.to_owned()));
    let new = after.iter().filter(is_new).filter(|it| find(before, it.name()).as_ref() != Some(*it));
    out.extend(new.cloned());
    out
}

/// A field, changed where it shall be otherwise than it is.
fn field<T: Clone + PartialEq>(own: &mut T, was: &T, now: &T) {
    if was != now {
        own.clone_from(now);
    }
}

fn section(own: &SectionStatement, was: &SectionStatement, now: &SectionStatement) -> SectionStatement {
    let mut it = own.clone();
    field(&mut it.id, &was.id, &now.id);
    field(&mut it.heading, &was.heading, &now.heading);
    field(&mut it.has_heading, &was.has_heading, &now.has_heading);
    field(&mut it.body, &was.body, &now.body);
    field(&mut it.delete, &was.delete, &now.delete);
    field(&mut it.close_up, &was.close_up, &now.close_up);
    // Nothing may have closed up behind what stays now.
    it.close_up &= it.delete.is_some();
    field(&mut it.renumber, &was.renumber, &now.renumber);
    field(&mut it.place, &was.place, &now.place);
    it
}

fn table(own: &TableStatement, was: &TableStatement, now: &TableStatement) -> TableStatement {
    let mut it = own.clone();
    field(&mut it.id, &was.id, &now.id);
    field(&mut it.title, &was.title, &now.title);
    field(&mut it.role, &was.role, &now.role);
    field(&mut it.delete, &was.delete, &now.delete);
    field(&mut it.omitted, &was.omitted, &now.omitted);
    if let (Some(rows), Some(was), Some(now)) = (&mut it.rows, &was.rows, &now.rows) {
        // All of them, in their order as it shall be.
        rows.value = now.value.iter().map(|now| as_stated(now, &was.value, rows)).collect();
    } else {
        field(&mut it.rows, &was.rows, &now.rows);
    }
    it.operations = operations(&own.operations, &was.operations, &now.operations);
    it
}

/// A whole row, in the drafter's words where it is one of his.
fn as_stated(now: &RowStatement, before: &[RowStatement], own: &[RowStatement]) -> RowStatement {
    let find = |all: &'_ [RowStatement]| all.iter().find(|it| it.name() == now.name()).cloned();
    match (find(own), find(before)) {
        (Some(own), Some(was)) => row(&own, &was, now),
        _ => now.clone(),
    }
}

fn row(own: &RowStatement, was: &RowStatement, now: &RowStatement) -> RowStatement {
    let mut it = own.clone();
    field(&mut it.reference, &was.reference, &now.reference);
    field(&mut it.variant, &was.variant, &now.variant);
    field(&mut it.name, &was.name, &now.name);
    field(&mut it.critical, &was.critical, &now.critical);
    field(&mut it.cells, &was.cells, &now.cells);
    field(&mut it.role, &was.role, &now.role);
    it
}

fn operations(own: &Operations, was: &Operations, now: &Operations) -> Operations {
    let amend = |own: &AmendedRow, was: &AmendedRow, now: &AmendedRow| AmendedRow {
        key: own.key.clone(),
        row: row(&own.row, &was.row, &now.row),
    };
    Operations {
        amend: all(&own.amend, &was.amend, &now.amend, amend),
        insert: inserted(&own.insert, &was.insert, &now.insert),
        moves: all(&own.moves, &was.moves, &now.moves, |_, _, now| now.clone()),
        remove: all(&own.remove, &was.remove, &now.remove, |own, _, _| own.clone()),
    }
}

/// The rows that are inserted: where they stand as they did they are where the drafter has them.
fn inserted(own: &[InsertedRows], was: &[InsertedRows], now: &[InsertedRows]) -> Vec<InsertedRows> {
    let rows = |all: &[InsertedRows]| -> Vec<RowStatement> { all.iter().flat_map(|it| it.rows.clone()).collect() };
    let (stated, before, after) = (rows(own), rows(was), rows(now));
    let keys = |all: &[RowStatement]| -> Vec<String> { all.iter().map(|it| it.name().1.to_owned()).collect() };
    let here = keys(&after);
    let stays = |key: &String| here.contains(key);
    let mut kept = keys(&before);
    kept.retain(stays);
    if kept == here {
        // Rows only change, or go.
        let group = |it: &InsertedRows| InsertedRows {
            neighbour: it.neighbour.clone(),
            rows: it
                .rows
                .iter()
                .filter_map(|row| after.iter().find(|now| now.name() == row.name()))
                .map(|now| as_stated(now, &before, &stated))
                .collect(),
        };
        return own.iter().map(group).filter(|it| !it.rows.is_empty()).collect();
    }
    let group = |it: &InsertedRows| InsertedRows {
        neighbour: it.neighbour.clone(),
        rows: it.rows.iter().map(|now| as_stated(now, &before, &stated)).collect(),
    };
    now.iter().map(group).collect()
}
