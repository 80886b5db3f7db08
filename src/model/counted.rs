//! Why a count is another than it was: the rows that it counts now and didn't, and those that it counted.

use super::appendix::{Appendix, ColumnKind};
use super::counts::counts;
use super::version::{Matrix, Omitted, Part, Row, Version};
use serde::Serialize;
use std::collections::BTreeMap;

/// A figure of a count row that changed, with what changed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureChange {
    /// The identity of the table.
    pub table: String,
    /// The label of the count row.
    pub label: String,
    /// The key of the column.
    pub column: String,
    /// As it was.
    pub was: u64,
    /// As it is now.
    pub now: u64,
    /// The rows that are counted in one of the texts only, in the order of the later.
    pub rows: Vec<CountedRow>,
    /// How much of the difference the rows make that the table leaves out.
    #[serde(skip_serializing_if = "is_zero")]
    pub omitted: i64,
}

fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// A row that is counted in one of the texts only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedRow {
    /// Its key.
    pub row: String,
    /// What its cell said; nothing, if the row is new.
    pub was: Option<String>,
    /// What it says now; nothing, if the row is gone.
    pub now: Option<String>,
}

/// The figures that differ between two versions, with what changed each.
pub fn figure_changes(appendix: &Appendix, base: &Version, target: &Version) -> Vec<FigureChange> {
    let of_part = |part: &Part| match part {
        Part::Matrix(new) => base.matrix(&new.id).map(|old| of_table(appendix, old, new)).unwrap_or_default(),
        Part::Section(_) => Vec::new(),
    };
    target.parts.iter().flat_map(of_part).collect()
}

fn of_table(appendix: &Appendix, old: &Matrix, new: &Matrix) -> Vec<FigureChange> {
    let (Some(was), Some(now)) = (counts(appendix, old), counts(appendix, new)) else { return Vec::new() };
    let mut changes = Vec::new();
    for row in &now.rows {
        let before = was.rows.iter().find(|before| before.applicability == row.applicability);
        for (at, column) in columns(new).enumerate() {
            let Some(at_old) = columns(old).position(|known| known == column) else { continue };
            let (was, now) = (before.map_or(0, |before| before.cv[at_old]), row.cv[at]);
            if was == now {
                continue;
            }
            let rows = counted(&row.applicability, (old, at_old), (new, at));
            let left_out = |matrix, at| left_out(&row.applicability, matrix, at);
            changes.push(FigureChange {
                table: new.id.to_string(),
                label: row.label.clone(),
                column: column.to_owned(),
                was,
                now,
                rows,
                omitted: left_out(new, at) - left_out(old, at_old),
            });
        }
    }
    changes
}

fn columns(matrix: &Matrix) -> impl Iterator<Item = &str> {
    matrix.columns.iter().filter(|column| column.kind == ColumnKind::Cv).map(|column| &*column.key)
}

/// The rows that a figure counts in one of the texts only. Of rows with one key, the first is held against the first.
fn counted(applicability: &str, (old, at_old): (&Matrix, usize), (new, at): (&Matrix, usize)) -> Vec<CountedRow> {
    let cell = |row: &Row, at: usize| row.cv.get(at).map(|cell| cell.value.to_string());
    let mut before: BTreeMap<&str, Vec<Option<String>>> = BTreeMap::new();
    for row in old.rows.iter().rev() {
        before.entry(&row.key).or_default().push(cell(row, at_old));
    }
    let mut rows = Vec::new();
    let mut hold = |key: &str, was: Option<String>, now: Option<String>| {
        let counts = |cell: &Option<String>| cell.as_deref() == Some(applicability);
        if counts(&was) != counts(&now) {
            rows.push(CountedRow { row: key.to_owned(), was, now });
        }
    };
    for row in &new.rows {
        hold(&row.key, before.get_mut(row.key.as_str()).and_then(Vec::pop).flatten(), cell(row, at));
    }
    for row in &old.rows {
        if let Some(was) = before.get_mut(row.key.as_str()).and_then(Vec::pop) {
            hold(&row.key, was, None);
        }
    }
    rows
}

/// How many of the rows that a table leaves out a figure takes in.
fn left_out(applicability: &str, matrix: &Matrix, at: usize) -> i64 {
    let Omitted::Counted { counts, .. } = &matrix.omitted else { return 0 };
    let own = counts.iter().filter(|omitted| &*omitted.applicability == applicability);
    own.filter_map(|omitted| omitted.cv.get(at)).map(|figure| i64::from(figure.value)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::{Applicability, Column, Placed, Standing};
    use super::*;
    use proptest::prelude::*;
    use std::sync::Arc;

    const NAMES: [&str; 3] = ["N/A", "Mandatory", "Mandatory SMETS 2"];

    /// A table of rows by key, each with one cell.
    fn table(rows: &[(usize, usize)]) -> Matrix {
        let row = |&(key, held): &(usize, usize)| Row {
            key: Placed::from(key.to_string()),
            cv: vec![Placed::from(Arc::from(NAMES[held]))],
            ..Row::default()
        };
        let column = Column {
            key: "1".into(),
            label: "1".into(),
            kind: ColumnKind::Cv,
            origin: crate::model::Standing::default(),
        };
        Matrix {
            columns: vec![column].into(),
            rows: rows.iter().map(|it| Arc::new(row(it))).collect(),
            ..Matrix::default()
        }
    }

    fn rows() -> impl Strategy<Value = Vec<(usize, usize)>> {
        prop::collection::vec((0..4_usize, 0..NAMES.len()), 0..10)
    }

    proptest! {
        #[test]
        fn the_rows_told_make_the_difference(old in rows(), new in rows()) {
            let applicability = |name: &&str| Applicability {
                name: Arc::from(*name),
                count_label: format!("Count of {name}"),
                counts_as_test: true,
                origin: Standing::default(),
            };
            let appendix = Appendix { applicabilities: NAMES.iter().map(applicability).collect(), ..Appendix::default() };
            for change in of_table(&appendix, &table(&old), &table(&new)) {
                let name = change.label.strip_prefix("Count of ").unwrap();
                let counted = |cell: &Option<String>| i64::from(cell.as_deref() == Some(name));
                let net: i64 = change.rows.iter().map(|row| counted(&row.now) - counted(&row.was)).sum();
                prop_assert_eq!(net, change.now as i64 - change.was as i64, "{:?}", change);
                prop_assert!(change.rows.iter().all(|row| row.was != row.now));
            }
        }
    }
}
