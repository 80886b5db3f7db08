//! What happens to tables.

use super::{Trial, rows};
use crate::compose::state;
use crate::model::{Matrix, Omitted, Placed, Standing, TableStatement, Text};

/// What happens to each table that isn't as it was.
pub(super) fn difference(trial: &Trial<'_>) -> Vec<TableStatement> {
    let default = Some(&*trial.appendix.default_applicability);
    // A table is named by its number, which never changes.
    let goes = trial.base.matrices().filter(|was| trial.target.matrix_numbered(&was.number).is_none());
    let mut statements: Vec<TableStatement> =
        goes.map(|was| TableStatement { delete: Some(Standing::default()), ..named(was) }).collect();
    for now in trial.target.matrices() {
        match trial.base.matrix_numbered(&now.number) {
            None => statements.push(TableStatement { insert: true, ..state::table(now, default) }),
            Some(was) => statements.extend(amended(trial, was, now)),
        }
    }
    statements
}

fn named(matrix: &Matrix) -> TableStatement {
    TableStatement { number: matrix.number.value.clone().into(), ..TableStatement::default() }
}

fn amended(trial: &Trial<'_>, was: &Matrix, now: &Matrix) -> Option<TableStatement> {
    // As its columns make it, before anything else happens to it.
    let recolumned = trial.laid(Vec::new(), Vec::new());
    let was = recolumned.as_ref().and_then(|made| made.matrix_numbered(&was.number)).unwrap_or(was);
    let title = (was.title != now.title).then(|| now.title.clone().unwrap_or_else(|| printed(now)));
    let role = (was.role != now.role).then(|| now.role.clone());
    let omitted =
        (was.omitted != now.omitted && now.omitted != Omitted::Nothing).then(|| state::omitted(&now.omitted)).flatten();
    let operations = rows::operations(trial.appendix, was, now);
    let statement = TableStatement { title, role, omitted, operations, ..named(now) };
    let says = statement.title.is_some() || statement.role.is_some() || statement.omitted.is_some();
    (says || statement.operations.first().is_some()).then_some(statement)
}

/// What a caption without a title of its own says.
pub(super) fn printed(matrix: &Matrix) -> Text {
    format!("{} ({})", matrix.role_name, matrix.role.value).as_str().into()
}

/// Values without the places that they were read from.
pub(super) fn unplaced<T: Clone>(value: &Placed<T>) -> Placed<T> {
    Placed::from(value.value.clone())
}
