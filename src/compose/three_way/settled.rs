//! What of a modification stands where the other version's word stands in all that collides.

use crate::model::{Head, InsertedRows, Modification, Operations, RowStatement, SectionStatement, TableStatement};

pub(super) fn without_open(modification: Modification) -> Modification {
    let head = Head { open_columns: None, ..modification.head };
    let sections = modification.sections.into_iter().filter_map(section).collect();
    let tables = modification.tables.into_iter().filter_map(table).collect();
    Modification { head, sections, tables, ..modification }
}

fn section(it: SectionStatement) -> Option<SectionStatement> {
    let is_disputed = it.open.as_ref().is_some_and(|open| open.conflict.is_some());
    (!is_disputed).then_some(SectionStatement { open: None, ..it })
}

fn table(it: TableStatement) -> Option<TableStatement> {
    let is_disputed = it.open.as_ref().is_some_and(|open| open.conflict.is_some());
    (!is_disputed).then(|| TableStatement { open: None, operations: operations(it.operations), ..it })
}

fn operations(it: Operations) -> Operations {
    let mut it = it;
    it.remove.retain(|removed| removed.conflict.is_none());
    it.moves.retain(|moved| moved.conflict.is_none());
    it.amend.iter_mut().for_each(|amended| amended.row.open = None);
    it.amend.retain(|amended| amended.row != RowStatement::default());
    let insert = it.insert.into_iter().filter_map(|InsertedRows { neighbour, mut rows }| {
        rows.retain(|row| row.open.is_none());
        (!rows.is_empty()).then_some(InsertedRows { neighbour, rows })
    });
    Operations { insert: insert.collect(), ..it }
}
