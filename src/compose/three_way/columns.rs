//! The columns of tables, over another version: by their keys.

use super::mover::{Between, Mover, Outcome, sides};
use crate::compose::conflict::{Claim, ConflictKind, ConflictPart};
use crate::model::{Column, Modification, Origin};
use std::sync::Arc;

impl Mover<'_> {
    /// The columns that a modification states, with what the other version did to them.
    pub fn columns(&mut self, modification: &Modification) -> Outcome<Arc<[Column]>> {
        let Between { base, onto, .. } = self.between;
        let Some(ours) = modification.head.columns.as_ref().filter(|ours| ***ours != *base.columns) else {
            return Outcome::default();
        };
        match merged(&base.columns, ours, &onto.columns) {
            Some(columns) if *columns == *onto.columns => Outcome::default(),
            Some(columns) => Outcome::this(Arc::from(columns)),
            None => {
                let labels = |columns: &[Column]| {
                    columns.iter().map(|column| column.label.as_str()).collect::<Vec<_>>().join(", ")
                };
                let at = changed(ours, &base.columns);
                let theirs = Claim::new(labels(&onto.columns), changed(&onto.columns, &base.columns));
                let was = Claim::new(labels(&base.columns), changed(&base.columns, &[]));
                self.part = ConflictPart::default();
                let about = "the columns of the tables".to_owned();
                self.conflict(ConflictKind::Table, about, Some(was), Claim::new(labels(ours), at), theirs);
                let was = Some(Arc::clone(&base.columns));
                Outcome::open(sides(was, Arc::clone(ours), Arc::clone(&onto.columns), at))
            }
        }
    }
}

/// Where columns are other than those of the base: at the first of them that is, or else at the first.
fn changed<'c>(columns: &'c [Column], base: &[Column]) -> &'c Origin {
    let column = columns.iter().find(|column| !base.contains(column)).or(columns.first());
    column.map_or(&NOWHERE, |column| &column.origin.0)
}

/// The place of what no file says.
static NOWHERE: Origin = Origin { source: None, line: 0, column: 0, length: 0 };

fn by_key<'c>(columns: &'c [Column], key: &str) -> Option<&'c Column> {
    columns.iter().find(|column| *column.key == *key)
}

/// Columns with what both did to them; none where both did something else to one.
fn merged(base: &[Column], ours: &[Column], theirs: &[Column]) -> Option<Vec<Column>> {
    let mut merged: Vec<Column> = Vec::new();
    // In the order of whoever changed it.
    let order = |columns: &[Column], other: &[Column]| -> Vec<Arc<str>> {
        let kept = columns.iter().filter(|column| by_key(base, &column.key).is_some());
        kept.filter(|column| by_key(other, &column.key).is_some()).map(|column| Arc::clone(&column.key)).collect()
    };
    let (own, other) = (order(ours, theirs), order(theirs, ours));
    let was: Vec<Arc<str>> =
        base.iter().map(|column| &column.key).filter(|key| own.contains(key)).map(Arc::clone).collect();
    let (first, second) = match (own == other, other == was, own == was) {
        (true, ..) | (_, _, true) => (theirs, ours),
        (_, true, _) => (ours, theirs),
        _ => return None,
    };
    for column in first {
        merged.extend(settled(column, base, ours, theirs)?);
    }
    for (at, column) in second.iter().enumerate().filter(|(_, column)| by_key(first, &column.key).is_none()) {
        let Some(column) = settled(column, base, ours, theirs)? else { continue };
        let before = second.get(..at).unwrap_or_default().iter().rev();
        let behind = before
            .into_iter()
            .find_map(|before| merged.iter().position(|it| it.key == before.key))
            .map_or(0, |at| at + 1);
        merged.insert(behind, column);
    }
    Some(merged)
}

/// What becomes of one column: itself, or nothing where one deletes it. None where both did something else to it.
#[expect(clippy::option_option, reason = "whether it is known, and then whether there is one")]
fn settled(column: &Column, base: &[Column], ours: &[Column], theirs: &[Column]) -> Option<Option<Column>> {
    let [was, own, other] = [base, ours, theirs].map(|columns| by_key(columns, &column.key));
    let one = match (own == was, other == was) {
        (true, _) => other,
        (_, true) => own,
        _ if own == other => own,
        _ => return None,
    };
    Some(one.cloned())
}
