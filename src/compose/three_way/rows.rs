//! What is said of rows, over another version.

use super::mover::{Mover, Outcome, Said, before, said, sides};
use crate::compose::conflict::{Claim, ConflictKind};
use crate::compose::slots::{Slots, position};
use crate::compose::state;
use crate::model::{
    AmendedRow, Beside, Cells, Column, ColumnKind, InsertedRows, Matrix, MovedRow, Neighbour, OpenRow, Operations,
    Origin, Placed, RemovedRow, Row, RowStatement, Sides, Text,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A table in the four versions that matter.
#[derive(Clone, Copy)]
pub(super) struct Rows<'v> {
    pub about: &'v str,
    pub was: &'v Matrix,
    pub theirs: &'v Matrix,
    pub own: &'v Matrix,
    pub slots: &'v Slots,
    /// The keys of rows that the other version has moved past others.
    pub moved: &'v BTreeSet<String>,
}

impl Rows<'_> {
    /// Where it is said that a row goes, as far as that is known.
    fn removal(&self, key: &str) -> &Origin {
        self.slots.removal(self.was, key).unwrap_or(&self.theirs.origin)
    }

    /// Where it is said that a row stands elsewhere, as far as that is known.
    fn moved_at(&self, key: &str) -> &Origin {
        self.slots.row_move(self.was, key).unwrap_or(&self.theirs.origin)
    }
}

/// The row that a key means: by its key, or else by its variant.
fn row<'m>(matrix: &'m Matrix, key: &str) -> Option<&'m Row> {
    matrix.rows.get(position(matrix, key)?).map(|row| &**row)
}

impl Mover<'_> {
    pub fn operations(&mut self, it: &Operations, rows: &Rows<'_>) -> Operations {
        let mut done = Operations::default();
        for amended in &it.amend {
            self.amended(amended, rows, &mut done);
        }
        for inserted in &it.insert {
            self.inserted_rows(inserted, rows, &mut done);
        }
        for moved in &it.moves {
            self.moved(moved, rows, &mut done);
        }
        done.remove = it.remove.iter().filter_map(|removed| self.removed(&removed.key, rows)).collect();
        done
    }

    fn removed(&mut self, key: &Placed<String>, rows: &Rows<'_>) -> Option<RemovedRow> {
        let was = row(rows.was, key)?;
        let about = format!("row {} of {}", key.value, rows.about);
        let Some(theirs) = row(rows.theirs, &was.key) else {
            self.dropped.push(format!("the deletion of {about}"));
            return None;
        };
        let other = if !was.reads_as(theirs) {
            Claim::new(format!("changed: {}", theirs.name.text), changed_at(was, theirs))
        } else if rows.moved.contains(&was.key.value) {
            Claim::new("moved", rows.moved_at(&was.key))
        } else {
            return Some(key.clone().into());
        };
        let (was, ours) = (Claim::new(&*was.name.text, &was.origin), Claim::new("deleted", &key.origin));
        let conflict = self.disputed(ConflictKind::Deleted, about, Some(was), ours, other);
        Some(RemovedRow { key: key.clone(), conflict: Some(conflict) })
    }

    fn amended(&mut self, it: &AmendedRow, rows: &Rows<'_>, done: &mut Operations) {
        let Some(was) = row(rows.was, &it.key) else { return };
        let by_id = || it.row.id.as_ref().and_then(|id| rows.own.rows.iter().find(|row| row.key == *id));
        let Some(ours) = rows.own.rows.iter().find(|row| row.key == was.key).or_else(by_id) else { return };
        let about = format!("row {} of {}", it.key.value, rows.about);
        let Some(theirs) = row(rows.theirs, &was.key) else {
            let claim = Claim::new("deleted", rows.removal(&was.key));
            let ours_said = Claim::new("amended", &it.key.origin);
            let conflict = self.disputed(ConflictKind::Deleted, about, None, ours_said, claim);
            let place = Neighbour::new(Beside::Before, was.key.clone());
            revive(ours, &place, conflict, rows, done);
            return;
        };
        let key = Placed::new(theirs.key.value.clone(), it.key.origin.clone());
        let row = self.fields(&it.row, Some(was), ours, theirs, rows, &about);
        let says_nothing =
            RowStatement { origin: row.origin.clone(), provenance: row.provenance.clone(), ..RowStatement::default() };
        if row == says_nothing {
            self.dropped.push(format!("what is said of {about}"));
        } else {
            done.amend.push(AmendedRow { key, row });
        }
    }

    /// What is said of a row that both have, of which `was` the base's, if it has it.
    fn fields(
        &mut self,
        stated: &RowStatement,
        was: Option<&Row>,
        ours: &Row,
        theirs: &Row,
        rows: &Rows<'_>,
        about: &str,
    ) -> RowStatement {
        let (mut amended, mut open) = (RowStatement { cells: None, ..stated.clone() }, OpenRow::default());
        let mut cell = |what: &str, was: Option<String>, ours: (&str, &Origin), theirs: (&str, &Origin)| {
            let claims = (Claim::new(ours.0, ours.1), Claim::new(theirs.0, theirs.1));
            let was = was.map(|was| Claim::new(was, &Origin::default()));
            self.conflict(ConflictKind::Cell, format!("{what} of {about}"), was, claims.0, claims.1);
        };
        macro_rules! field {
            ($field:ident, $what:literal) => {
                let was = was.map(|was| &was.$field);
                match said(was, stated.$field.as_ref(), &theirs.$field) {
                    Said::This(_) => {}
                    Said::Nothing => amended.$field = None,
                    Said::Collision => {
                        amended.$field = None;
                        let (own, other) = (&ours.$field, &theirs.$field);
                        let texts = (own.to_string(), other.to_string());
                        let was_said = was.map(|was| was.value.to_string());
                        cell($what, was_said, (&texts.0, &own.origin), (&texts.1, &other.origin));
                        open.$field = Some(sides(was.cloned(), own.clone(), other.clone(), &own.origin));
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
            let old = was.and_then(|was| value(was, index(&rows.was.columns)));
            let key = Placed::from(column.key.to_string());
            let Some(other) = value(theirs, index(&rows.theirs.columns)) else {
                // A column of the modification's own, or one that the other version hasn't got any more.
                match old {
                    None => changed.push((key, own.clone())),
                    Some(old) if old == *own => {}
                    Some(old) => {
                        let theirs = ("the column deleted", &rows.theirs.origin);
                        let was_said = Some(old.value.to_string());
                        cell(&format!("cell {}", column.label), was_said, (&own.value, &own.origin), theirs);
                    }
                }
                continue;
            };
            match said(old.as_ref(), Some(own), &other) {
                Said::This(cell) => changed.push((key, cell)),
                Said::Nothing => {}
                Said::Collision => {
                    let what = format!("cell {}", column.label);
                    let was_said = old.as_ref().map(|old| old.value.to_string());
                    cell(&what, was_said, (&own.value, &own.origin), (&other.value, &other.origin));
                    open.cells.push((key, sides(old, own.clone(), other.clone(), &own.origin)));
                }
            }
        }
        let name = match was {
            Some(was) => self.words(format!("the name of {about}"), &was.name, stated.name.as_ref(), &theirs.name),
            None if ours.name == theirs.name => Outcome::default(),
            None => {
                let (own, other) = (ours.name.clone(), theirs.name.clone());
                Outcome::open(sides(None, own, other, &ours.name.origin))
            }
        };
        (amended.name, open.name) = (name.said, name.open);
        amended.cells = Some(changed).filter(|changed| !changed.is_empty()).map(Cells::Some);
        amended.open = Some(open).filter(|open| *open != OpenRow::default()).map(Box::new);
        amended
    }

    fn inserted_rows(&mut self, it: &InsertedRows, rows: &Rows<'_>, done: &mut Operations) {
        let mut kept = Vec::new();
        for statement in &it.rows {
            let Some(key) = statement.key() else { continue };
            let mine = row(rows.own, key);
            let other = row(rows.theirs, key).filter(|other| row(rows.was, &other.key).is_none());
            match (mine, other) {
                (Some(mine), Some(other)) if mine.reads_as(other) => {
                    self.dropped.push(format!("the new row {} of {}", key.value, rows.about));
                }
                (Some(mine), Some(other)) => {
                    let about = format!("row {} of {}", key.value, rows.about);
                    let text = statement.name.clone().unwrap_or_default();
                    let claims =
                        (Claim::new(text.text, &key.origin), Claim::new(other.name.text.clone(), &other.key.origin));
                    self.conflict(ConflictKind::SameKey, about.clone(), None, claims.0, claims.1);
                    // One row of that key can stand: of what differs, all sides are said.
                    let found = self.conflicts.len();
                    let row = self.fields(statement, None, mine, other, rows, &about);
                    self.conflicts.truncate(found);
                    done.amend.push(AmendedRow { key: key.clone(), row: RowStatement { id: None, ..row } });
                }
                _ => kept.push(statement.clone()),
            }
        }
        if !kept.is_empty() {
            done.insert.push(InsertedRows { neighbour: beside(it.neighbour.as_ref(), rows, None), rows: kept });
        }
    }

    fn moved(&mut self, it: &MovedRow, rows: &Rows<'_>, done: &mut Operations) {
        let about = format!("row {} of {}", it.key.value, rows.about);
        let Some(was) = row(rows.was, &it.key) else { return };
        let (ours, gone) = (Claim::new("moved", &it.key.origin), Claim::new("deleted", rows.removal(&was.key)));
        if row(rows.theirs, &was.key).is_none() {
            let conflict = self.disputed(ConflictKind::Deleted, about, None, ours, gone);
            if let Some(mine) = rows.own.rows.iter().find(|row| row.key == was.key) {
                revive(mine, &it.neighbour, conflict, rows, done);
            }
            return;
        }
        let anchor = row(rows.was, &it.neighbour.key).map_or(it.neighbour.key.as_str(), |row| row.key.as_str());
        if row(rows.was, anchor).is_some() && row(rows.theirs, anchor).is_none() {
            let gone = Claim::new(format!("row {anchor} deleted, beside which it is to stand"), rows.removal(anchor));
            let conflict = Some(self.disputed(ConflictKind::Place, about, None, ours, gone));
            let left: BTreeSet<&str> = rows.theirs.rows.iter().map(|row| row.key.as_str()).collect();
            let near = before(&was.key, rows.own.rows.iter().map(|row| row.key.as_str()), &left);
            let near = near.map(|key| (Beside::After, key.to_owned()));
            let first = rows.theirs.rows.iter().find(|row| row.key != was.key);
            let near = near.or_else(|| first.map(|row| (Beside::Before, row.key.value.clone())));
            let neighbour = near.map_or_else(
                || it.neighbour.clone(),
                |(beside, key)| Neighbour::new(beside, Placed::new(key, it.neighbour.key.origin.clone())),
            );
            done.moves.push(MovedRow { key: it.key.clone(), neighbour, conflict });
            return;
        }
        if rows.moved.contains(&was.key.value) {
            let known: BTreeSet<&str> = rows.was.rows.iter().map(|row| row.key.as_str()).collect();
            let beside = |matrix: &Matrix| {
                before(&was.key, matrix.rows.iter().map(|row| row.key.as_str()), &known).map(str::to_owned)
            };
            if beside(rows.own) == beside(rows.theirs) {
                self.dropped.push(format!("the move of {about}"));
            } else {
                let theirs = Claim::new("moved elsewhere", rows.moved_at(&was.key));
                let conflict = Some(self.disputed(ConflictKind::Place, about, None, ours, theirs));
                done.moves.push(MovedRow { conflict, ..it.clone() });
            }
            return;
        }
        match row(rows.was, anchor).is_some_and(|row| rows.moved.contains(&row.key.value)) {
            true => done.moves.extend(
                beside(Some(&it.neighbour), rows, Some(&was.key)).map(|neighbour| MovedRow { neighbour, ..it.clone() }),
            ),
            false => done.moves.push(it.clone()),
        }
    }
}

/// A row that the other version hasn't got any more: it would have to be inserted again, near where it stood.
fn revive(mine: &Row, place: &Neighbour, conflict: Sides<Text>, rows: &Rows<'_>, done: &mut Operations) {
    let is_there = |row: &RowStatement| row.key().is_some_and(|key| *key == mine.key);
    if done.insert.iter().flat_map(|inserted| &inserted.rows).any(is_there) {
        return;
    }
    let open = OpenRow { conflict: Some(conflict), ..OpenRow::default() };
    let row = RowStatement { open: Some(Box::new(open)), ..state::row(mine, rows.own, None) };
    done.insert.push(InsertedRows { neighbour: beside(Some(place), rows, None), rows: vec![row] });
}

fn cv_columns(columns: &[Column]) -> impl Iterator<Item = &Column> {
    columns.iter().filter(|column| column.kind == ColumnKind::Cv)
}

/// Where a row was changed.
fn changed_at<'r>(was: &Row, now: &'r Row) -> &'r Origin {
    let cell = was.cv.iter().zip(&now.cv).find(|(a, b)| a != b).map(|(_, now)| &now.origin);
    let name = (was.name != now.name).then_some(&now.name.origin);
    let critical = (was.critical.value != now.critical.value).then_some(&now.critical.origin);
    let texts = [(&was.reference, &now.reference), (&was.variant, &now.variant), (&was.role, &now.role)];
    let text = texts.into_iter().find(|(was, now)| was.value != now.value).map(|(_, now)| &now.origin);
    cell.or(name).or(critical).or(text).unwrap_or(&now.key.origin)
}

/// Beside which row new ones stand in the other version: where they belong by the base, behind those that others put
/// there. None for the end of a table that has no rows.
fn beside(neighbour: Option<&Neighbour>, rows: &Rows<'_>, but: Option<&str>) -> Option<Neighbour> {
    let Rows { was, theirs, slots, moved, .. } = *rows;
    let is_known = neighbour.is_none_or(|neighbour| position(was, &neighbour.key).is_some());
    if !is_known {
        // Beside a row that is itself new.
        return neighbour.cloned();
    }
    let slot = slots.row_slot(neighbour, was);
    let is_other = |row: &&Arc<Row>| Some(row.key.as_str()) != but;
    let stays = |row: &&Arc<Row>| !moved.contains(&row.key.value) && is_other(row);
    let before = was.rows.get(..slot).unwrap_or_default().iter().rev().filter(stays);
    let standing = before.into_iter().find_map(|row| position(theirs, &row.key));
    let from = standing.map_or(0, |at| at + 1);
    let is_before = |at: &usize| {
        theirs.rows.get(*at).is_some_and(|row| match self::row(was, &row.key) {
            Some(known) => moved.contains(&known.key.value) || !is_other(&row),
            None => slots.row(*at, was, theirs) <= slot,
        })
    };
    let to = from + (from..theirs.rows.len()).take_while(is_before).count();
    let origin = neighbour.map(|neighbour| neighbour.key.origin.clone()).unwrap_or_default();
    let (beside, row) = match theirs.rows.get(..to).unwrap_or_default().iter().rfind(is_other) {
        Some(last) => (Beside::After, last),
        None => (Beside::Before, theirs.rows.iter().find(is_other)?),
    };
    Some(Neighbour::new(beside, Placed::new(row.key.value.clone(), origin)))
}
