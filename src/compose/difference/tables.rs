//! What happens to tables.

use super::{Trial, rows};
use crate::compose::state;
use crate::model::{Matrix, Omitted, Standing, TableStatement, Text};

/// What happens to each table that isn't as it was.
pub(super) fn difference(trial: &Trial<'_>) -> Vec<TableStatement> {
    let default = Some(&*trial.appendix.default_applicability);
    // A table is named by its number, which never changes.
    let goes = trial.base.matrices().filter(|was| trial.target.matrix_numbered(&was.number).is_none());
    let mut statements: Vec<TableStatement> =
        goes.map(|was| TableStatement { delete: Some(Standing::default()), ..named(was) }).collect();
    // As their columns make them, before anything else happens to them.
    let recolumned = trial.head.columns.as_ref().and_then(|_| trial.laid(Vec::new()));
    let base = recolumned.as_ref().unwrap_or(trial.base);
    for now in trial.target.matrices() {
        match base.matrix_numbered(&now.number) {
            None => statements.push(TableStatement { insert: true, ..state::table(now, default) }),
            Some(was) => statements.extend(amended(trial, was, now)),
        }
    }
    statements.into_iter().map(as_in_a_file).collect()
}

fn named(matrix: &Matrix) -> TableStatement {
    TableStatement { number: matrix.number.value.clone().into(), ..TableStatement::default() }
}

/// A statement as it is read from the file that says it: with what that lacks.
fn as_in_a_file(statement: TableStatement) -> TableStatement {
    let lacks = [("role", statement.role.is_none()), ("rows", statement.rows.is_none())];
    let missing = lacks.into_iter().filter_map(|(name, lacks)| lacks.then_some(name)).collect();
    TableStatement { missing, ..statement }
}

fn amended(trial: &Trial<'_>, was: &Matrix, now: &Matrix) -> Option<TableStatement> {
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
