//! What happens to the rows of a table.

use crate::align::rising;
use crate::compose::state;
use crate::model::{
    AmendedRow, Appendix, Beside, Cells, ColumnKind, InsertedRows, Matrix, MovedRow, Neighbour, Operations, Placed,
    RemovedRow, Row, RowStatement,
};
use std::collections::{BTreeMap, BTreeSet};

/// What makes of the rows of a table those of another, by their keys.
pub(super) fn operations(appendix: &Appendix, was: &Matrix, now: &Matrix) -> Operations {
    let default = Some(&*appendix.default_applicability);
    let before: BTreeMap<&str, usize> = was.rows.iter().enumerate().map(|(at, row)| (row.key.as_str(), at)).collect();
    let kept: Vec<(usize, &Row)> = now.rows().filter_map(|row| Some((*before.get(row.key.as_str())?, row))).collect();
    let order: Vec<(usize, usize)> = kept.iter().enumerate().map(|(nth, (at, _))| (nth, *at)).collect();
    let stays: BTreeSet<usize> = rising(&order).into_iter().map(|(_, at)| at).collect();
    let mut operations = Operations::default();
    for (at, row) in &kept {
        let old = &was.rows[*at];
        if let Some(amended) = amended(old, row, was, now) {
            operations.amend.push(AmendedRow { key: old.key.value.clone().into(), row: amended });
        }
    }
    let first = kept.iter().find(|(at, _)| stays.contains(at)).map(|(_, row)| row.key.value.clone());
    // The last row that stays, and the last row of any kind, above the one that is looked at.
    let (mut stable, mut above): (Option<String>, Option<String>) = (None, None);
    for row in &now.rows {
        let key = row.key.value.clone();
        match before.get(key.as_str()) {
            Some(at) if stays.contains(at) => stable = Some(key.clone()),
            Some(_) => {
                let neighbour = match (&above, now.rows.get(1)) {
                    (Some(above), _) => Some((Beside::After, above.clone())),
                    (None, next) => next.map(|next| (Beside::Before, next.key.value.clone())),
                };
                if let Some((beside, beside_key)) = neighbour {
                    operations.moves.push(MovedRow {
                        key: key.clone().into(),
                        neighbour: Neighbour::new(beside, beside_key.into()),
                        conflict: None,
                    });
                }
            }
            None => {
                let neighbour = match (&stable, &first) {
                    (Some(stable), _) => Some((Beside::After, stable)),
                    (None, first) => first.as_ref().map(|first| (Beside::Before, first)),
                };
                let neighbour = neighbour.map(|(beside, key)| Neighbour::new(beside, key.clone().into()));
                let stated = state::row(row, now, default);
                match operations.insert.last_mut().filter(|last| last.neighbour == neighbour) {
                    Some(last) => last.rows.push(stated),
                    None => operations.insert.push(InsertedRows { neighbour, rows: vec![stated] }),
                }
            }
        }
        above = Some(key);
    }
    let there: BTreeSet<&str> = now.rows.iter().map(|row| row.key.as_str()).collect();
    let gone = was.rows.iter().filter(|row| !there.contains(row.key.as_str()));
    operations.remove = gone.map(|row| RemovedRow::from(Placed::from(row.key.value.clone()))).collect();
    operations
}

/// A value without the place that it was read from.
fn unplaced<T: Clone>(value: &Placed<T>) -> Placed<T> {
    Placed::from(value.value.clone())
}

/// What of a row reads otherwise.
fn amended(was: &Row, now: &Row, before: &Matrix, after: &Matrix) -> Option<RowStatement> {
    let differs = |was: &Placed<String>, now: &Placed<String>| (was != now).then(|| unplaced(now));
    // A row that doesn't say its role has that of its table.
    let role =
        (now.role != was.role || (was.role == before.role && now.role != after.role)).then(|| unplaced(&now.role));
    let keys = after.columns.iter().filter(|column| column.kind == ColumnKind::Cv).map(|column| &column.key);
    let cells: Vec<_> = keys
        .zip(was.cv.iter().zip(&now.cv))
        .filter(|(_, (was, now))| was != now)
        .map(|(key, (_, now))| (Placed::from(key.to_string()), unplaced(now)))
        .collect();
    let row = RowStatement {
        reference: differs(&was.reference, &now.reference),
        variant: differs(&was.variant, &now.variant),
        name: (was.name != now.name).then(|| now.name.clone()),
        critical: (was.critical != now.critical).then(|| unplaced(&now.critical)),
        cells: (!cells.is_empty()).then_some(Cells::Some(cells)),
        role,
        ..RowStatement::default()
    };
    (row != RowStatement::default()).then_some(row)
}
