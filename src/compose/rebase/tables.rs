//! What is said of tables and their rows, over another version.

use super::mover::{Between, Mover, Said, before, moved, said};
use crate::compose::conflict::{Claim, ConflictKind, ConflictPart};
use crate::compose::slots::{Slots, position};
use crate::model::{
    AmendedRow, Beside, Cells, Column, ColumnKind, InsertedRows, Matrix, Modification, MovedRow, Neighbour, Operations,
    Origin, Placed, Row, RowStatement, TableStatement,
};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Mover<'_> {
    /// The columns that a modification states, if the other version hasn't got them.
    pub fn columns(&mut self, modification: &Modification) -> Option<Arc<[Column]>> {
        let Between { base, onto, .. } = self.between;
        let ours =
            modification.head.columns.as_ref().filter(|ours| ***ours != *base.columns && ***ours != *onto.columns)?;
        if onto.columns != base.columns {
            let (ours, theirs) = (&modification.head.id.origin, &onto.id.origin);
            let claims = (Claim::new("other columns", ours), Claim::new("other columns", theirs));
            self.conflict(ConflictKind::Table, "the columns of the tables".to_owned(), None, claims.0, claims.1);
            return None;
        }
        Some(Arc::clone(ours))
    }

    /// What a table's file says.
    pub fn table(&mut self, it: &TableStatement) -> Option<TableStatement> {
        let Between { base, own, onto, slots } = self.between;
        let about = format!("Table {}", it.number.value);
        self.part = ConflictPart { is_table: true, id: it.number.value.clone() };
        if it.insert {
            let Some(theirs) = onto.matrix_numbered(&it.number) else { return Some(it.clone()) };
            let mine = own.matrix_numbered(&it.number)?;
            if mine.rows == theirs.rows && mine.title == theirs.title {
                self.dropped.push(format!("the new {about}"));
            } else {
                let (ours, theirs) =
                    (Claim::new("inserted", &it.number.origin), Claim::new("inserted", &theirs.origin));
                self.conflict(ConflictKind::SameKey, about, None, ours, theirs);
            }
            return None;
        }
        let was = base.matrix_numbered(&it.number)?;
        self.part.id.clone_from(&was.id);
        let Some(theirs) = onto.matrix(&was.id) else {
            if it.delete.is_some() {
                self.dropped.push(format!("the deletion of {about}"));
            } else {
                let ours = Claim::new("changed", &it.number.origin);
                self.conflict(ConflictKind::Deleted, about, None, ours, Claim::new("deleted", &onto.id.origin));
            }
            return None;
        };
        if let Some(at) = &it.delete {
            if was.rows != theirs.rows {
                let theirs = Claim::new("its rows changed", &theirs.origin);
                self.conflict(ConflictKind::Deleted, about, None, Claim::new("deleted", at), theirs);
                return None;
            }
            return Some(it.clone());
        }
        let keys = |matrix: &'_ Matrix| matrix.rows.iter().map(|row| row.key.value.clone()).collect::<Vec<_>>();
        let (old, new) = (keys(was), keys(theirs));
        let moved = moved(old.iter().map(String::as_str), new.iter().map(String::as_str));
        let rows = Rows { about: &about, was, theirs, own: own.matrix(&was.id)?, slots, moved: &moved };
        let operations = self.operations(&it.operations, &rows);
        let mut rebased = TableStatement { operations, ..it.clone() };
        self.title_and_role(it, &rows, &mut rebased);
        if it.omitted.is_some() && was.omitted != theirs.omitted && rows.own.omitted != theirs.omitted {
            let (ours, theirs) =
                (Claim::new("omitted otherwise", &it.origin), Claim::new("omitted otherwise", &theirs.origin));
            self.conflict(ConflictKind::Table, about.clone(), None, ours, theirs);
        }
        if was.rows != theirs.rows && rebased.published.take().is_some() {
            self.dropped.push(format!("the published figures of {about}, which no longer are of these rows"));
        }
        Some(rebased)
    }

    fn title_and_role(&mut self, it: &TableStatement, rows: &Rows<'_>, rebased: &mut TableStatement) {
        let Rows { about, was, theirs, .. } = *rows;
        let collide = |mover: &mut Self, what: &str, ours: (&str, &Origin), other: &str| {
            let claim = Claim::new(other, &theirs.origin);
            mover.conflict(
                ConflictKind::Table,
                format!("the {what} of {about}"),
                None,
                Claim::new(ours.0, ours.1),
                claim,
            );
        };
        match said(&was.title, it.title.clone().map(Some).as_ref(), &theirs.title) {
            Said::This(_) => {}
            Said::Nothing => rebased.title = None,
            Said::Collision => {
                let ours = it.title.clone().unwrap_or_default();
                collide(self, "title", (&ours, &ours.origin), theirs.title.as_deref().unwrap_or("none"));
            }
        }
        match said(&was.role, it.role.as_ref(), &theirs.role) {
            Said::This(_) => {}
            Said::Nothing => rebased.role = None,
            Said::Collision => {
                let ours = it.role.clone().unwrap_or_default();
                collide(self, "role", (&ours, &ours.origin), &theirs.role);
            }
        }
    }
}

/// A table in the four versions that matter.
#[derive(Clone, Copy)]
struct Rows<'v> {
    about: &'v str,
    was: &'v Matrix,
    theirs: &'v Matrix,
    own: &'v Matrix,
    slots: &'v Slots,
    /// The keys of rows that the other version has moved past others.
    moved: &'v BTreeSet<String>,
}

/// The row that a key means: by its key, or else by its variant.
fn row<'m>(matrix: &'m Matrix, key: &str) -> Option<&'m Row> {
    matrix.rows.get(position(matrix, key)?)
}

impl Mover<'_> {
    fn operations(&mut self, it: &Operations, rows: &Rows<'_>) -> Operations {
        Operations {
            amend: it.amend.iter().filter_map(|amended| self.amended(amended, rows)).collect(),
            insert: it.insert.iter().filter_map(|inserted| self.inserted_rows(inserted, rows)).collect(),
            moves: it.moves.iter().filter_map(|moved| self.moved(moved, rows)).collect(),
            remove: it.remove.iter().filter_map(|key| self.removed(key, rows)).collect(),
        }
    }

    fn removed(&mut self, key: &Placed<String>, rows: &Rows<'_>) -> Option<Placed<String>> {
        let was = row(rows.was, key)?;
        let Some(theirs) = row(rows.theirs, &was.key) else {
            self.dropped.push(format!("the deletion of row {} of {}", key.value, rows.about));
            return None;
        };
        if !was.reads_as(theirs) {
            let about = format!("row {} of {}", key.value, rows.about);
            let theirs = Claim::new(format!("changed: {}", theirs.name.text), changed_at(was, theirs));
            self.conflict(ConflictKind::Deleted, about, None, Claim::new("deleted", &key.origin), theirs);
            return None;
        }
        if rows.moved.contains(&was.key.value) {
            let about = format!("row {} of {}", key.value, rows.about);
            let theirs = Claim::new("moved", &rows.theirs.origin);
            self.conflict(ConflictKind::Deleted, about, None, Claim::new("deleted", &key.origin), theirs);
            return None;
        }
        Some(key.clone())
    }

    fn amended(&mut self, it: &AmendedRow, rows: &Rows<'_>) -> Option<AmendedRow> {
        let about = format!("row {} of {}", it.key.value, rows.about);
        let was = row(rows.was, &it.key)?;
        let ours = rows
            .own
            .rows
            .iter()
            .find(|row| row.key == was.key)
            .or_else(|| it.row.id.as_ref().and_then(|id| rows.own.rows.iter().find(|row| row.key == *id)))?;
        let Some(theirs) = row(rows.theirs, &was.key) else {
            let claim = Claim::new("deleted", &rows.theirs.origin);
            self.conflict(ConflictKind::Deleted, about, None, Claim::new("amended", &it.key.origin), claim);
            return None;
        };
        let mut amended = RowStatement { cells: None, ..it.row.clone() };
        let mut cell = |what: &str, was: &str, ours: (&str, &Origin), theirs: (&str, &Origin)| {
            let claims = (Claim::new(ours.0, ours.1), Claim::new(theirs.0, theirs.1));
            let was = Some(Claim::new(was, &Origin::default()));
            self.conflict(ConflictKind::Cell, format!("{what} of {about}"), was, claims.0, claims.1);
        };
        macro_rules! field {
            ($field:ident, $what:literal) => {
                match said(&was.$field, it.row.$field.as_ref(), &theirs.$field) {
                    Said::This(_) => {}
                    Said::Nothing => amended.$field = None,
                    Said::Collision => {
                        let text = |value: &Row| value.$field.to_string();
                        let (ours_at, theirs_at) = (&ours.$field.origin, &theirs.$field.origin);
                        cell($what, &text(was), (&text(ours), ours_at), (&text(theirs), theirs_at));
                    }
                }
            };
        }
        field!(reference, "the Service Reference");
        field!(variant, "the variant");
        field!(critical, "“critical”");
        field!(role, "the User Role");
        let mut changed = Vec::new();
        for (at, column) in cv_columns(&rows.own.columns).enumerate() {
            let index = |columns: &[Column]| cv_columns(columns).position(|other| other.key == column.key);
            let value = |row: &Row, at: Option<usize>| at.and_then(|at| row.cv.get(at).cloned());
            let Some(own) = ours.cv.get(at) else { continue };
            let (old, other) = (value(was, index(&rows.was.columns)), value(theirs, index(&rows.theirs.columns)));
            let (Some(old), Some(other)) = (old, other) else { continue };
            match said(&old, Some(own), &other) {
                Said::This(cell) => changed.push((Placed::from(column.key.to_string()), cell)),
                Said::Nothing => {}
                Said::Collision => {
                    let what = format!("cell {}", column.label);
                    cell(&what, &old.value, (&own.value, &own.origin), (&other.value, &other.origin));
                }
            }
        }
        amended.name = self.words(format!("the name of {about}"), &was.name, it.row.name.as_ref(), &theirs.name);
        amended.cells = Some(changed)
            .filter(|changed: &Vec<(Placed<String>, Placed<Arc<str>>)>| !changed.is_empty())
            .map(Cells::Some);
        let says_nothing = RowStatement {
            origin: amended.origin.clone(),
            provenance: amended.provenance.clone(),
            ..RowStatement::default()
        };
        if amended == says_nothing {
            self.dropped.push(format!("what is said of {about}"));
            return None;
        }
        let key = Placed::new(theirs.key.value.clone(), it.key.origin.clone());
        Some(AmendedRow { key, row: amended })
    }

    fn inserted_rows(&mut self, it: &InsertedRows, rows: &Rows<'_>) -> Option<InsertedRows> {
        let mut kept = Vec::new();
        for statement in &it.rows {
            let key = statement.id.as_ref().or(statement.variant.as_ref())?;
            let mine = row(rows.own, key);
            let other = row(rows.theirs, key).filter(|other| row(rows.was, &other.key).is_none());
            match (mine, other) {
                (Some(mine), Some(other)) if mine.reads_as(other) => {
                    self.dropped.push(format!("the new row {} of {}", key.value, rows.about));
                }
                (_, Some(other)) => {
                    let about = format!("row {} of {}", key.value, rows.about);
                    let text = statement.name.clone().unwrap_or_default();
                    let (ours, theirs) =
                        (Claim::new(text.text, &key.origin), Claim::new(other.name.text.clone(), &other.key.origin));
                    self.conflict(ConflictKind::SameKey, about, None, ours, theirs);
                }
                _ => kept.push(statement.clone()),
            }
        }
        if kept.is_empty() {
            return None;
        }
        Some(InsertedRows { neighbour: beside(it.neighbour.as_ref(), rows), rows: kept })
    }

    fn moved(&mut self, it: &MovedRow, rows: &Rows<'_>) -> Option<MovedRow> {
        let about = format!("row {} of {}", it.key.value, rows.about);
        let was = row(rows.was, &it.key)?;
        let (ours, gone) = (Claim::new("moved", &it.key.origin), Claim::new("deleted", &rows.theirs.origin));
        if row(rows.theirs, &was.key).is_none() {
            self.conflict(ConflictKind::Deleted, about, None, ours, gone);
            return None;
        }
        let anchor = row(rows.was, &it.neighbour.key).map_or(it.neighbour.key.as_str(), |row| row.key.as_str());
        if row(rows.was, anchor).is_some() && row(rows.theirs, anchor).is_none() {
            self.conflict(ConflictKind::Place, about, None, ours, gone);
            return None;
        }
        if rows.moved.contains(&was.key.value) {
            let known: BTreeSet<&str> = rows.was.rows.iter().map(|row| row.key.as_str()).collect();
            let beside = |matrix: &Matrix| {
                before(&was.key, matrix.rows.iter().map(|row| row.key.as_str()), &known).map(str::to_owned)
            };
            if beside(rows.own) == beside(rows.theirs) {
                self.dropped.push(format!("the move of {about}"));
            } else {
                let theirs = Claim::new("moved elsewhere", &rows.theirs.origin);
                self.conflict(ConflictKind::Place, about, None, ours, theirs);
            }
            return None;
        }
        Some(it.clone())
    }
}

fn cv_columns(columns: &[Column]) -> impl Iterator<Item = &Column> {
    columns.iter().filter(|column| column.kind == ColumnKind::Cv)
}

/// Where a row was changed.
fn changed_at<'r>(was: &Row, now: &'r Row) -> &'r Origin {
    let cell = was.cv.iter().zip(&now.cv).find(|(a, b)| a != b).map(|(_, now)| &now.origin);
    let name = (was.name != now.name).then_some(&now.name.origin);
    cell.or(name).unwrap_or(&now.key.origin)
}

/// Beside which row new ones stand in the other version: where they belong by the base, behind those that others put
/// there. None for the end of a table that has no rows.
fn beside(neighbour: Option<&Neighbour>, rows: &Rows<'_>) -> Option<Neighbour> {
    let Rows { was, theirs, slots, .. } = *rows;
    let is_known = neighbour.is_none_or(|neighbour| position(was, &neighbour.key).is_some());
    if !is_known {
        // Beside a row that is itself new.
        return neighbour.cloned();
    }
    let slot = slots.row_slot(neighbour, was);
    let standing = was.rows.get(..slot).unwrap_or_default().iter().rev().find_map(|row| position(theirs, &row.key));
    let from = standing.map_or(0, |at| at + 1);
    let is_before = |at: &usize| {
        let is_new = theirs.rows.get(*at).is_some_and(|row| self::row(was, &row.key).is_none());
        is_new && slots.row(*at, was, theirs) <= slot
    };
    let to = from + (from..theirs.rows.len()).take_while(is_before).count();
    let origin = neighbour.map(|neighbour| neighbour.key.origin.clone()).unwrap_or_default();
    let (beside, row) = match to.checked_sub(1).and_then(|last| theirs.rows.get(last)) {
        Some(last) => (Beside::After, last),
        None => (Beside::Before, theirs.rows.first()?),
    };
    Some(Neighbour { beside, key: Placed::new(row.key.value.clone(), origin) })
}
