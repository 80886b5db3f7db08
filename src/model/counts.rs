//! The count rows at the foot of a table: computed, never read.

use super::appendix::Appendix;
use super::version::{Matrix, Omitted};
use serde::Serialize;
use std::sync::Arc;

/// The count rows of a table, and the grand total under them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// A row for each applicability in use, in the appendix's order.
    pub rows: Vec<CountRow>,
    /// The label of the grand total.
    pub total_label: String,
    /// The grand total.
    pub total_tests: u64,
}

/// For one applicability, how many cells of each command-variant column hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountRow {
    /// As the row is printed, such as "Count of Mandatory".
    pub label: String,
    /// What is counted.
    pub applicability: Arc<str>,
    /// A figure for each command variant, from left to right.
    pub cv: Vec<u64>,
    /// The row's sum, for an applicability whose cells are tests.
    pub total: Option<u64>,
}

/// Counts the rows shown and those left out; `None` where nobody knows what is left out.
pub fn counts(appendix: &Appendix, matrix: &Matrix) -> Option<Counts> {
    if matches!(matrix.omitted, Omitted::Unknown { .. }) {
        return None;
    }
    let rows: Vec<CountRow> = appendix
        .applicabilities
        .iter()
        .map(|applicability| {
            let cv = count_cells(matrix, &applicability.name);
            let total = applicability.counts_as_test.then(|| cv.iter().sum());
            let label = applicability.count_label.clone();
            CountRow { label, applicability: Arc::clone(&applicability.name), cv, total }
        })
        .filter(|row| row.cv.iter().any(|&count| count > 0))
        .collect();
    let total_tests = rows.iter().filter_map(|row| row.total).sum();
    Some(Counts { rows, total_label: appendix.total_label.clone(), total_tests })
}

fn count_cells(matrix: &Matrix, applicability: &str) -> Vec<u64> {
    let mut cv = vec![0; matrix.cv_columns()];
    for row in &matrix.rows {
        for (count, cell) in cv.iter_mut().zip(&row.cv) {
            *count += u64::from(*cell.value == *applicability);
        }
    }
    if let Omitted::Counted { counts, .. } = &matrix.omitted {
        for omitted in counts.iter().filter(|omitted| &*omitted.applicability == applicability) {
            for (count, more) in cv.iter_mut().zip(&omitted.cv) {
                *count += u64::from(more.value);
            }
        }
    }
    cv
}

#[cfg(test)]
mod tests {
    use super::super::{Applicability, Column, ColumnKind, OmittedCount, Placed, Row, Standing};
    use super::*;
    use proptest::prelude::*;

    const COLUMNS: usize = 4;
    const NAMES: [&str; 3] = ["N/A", "Mandatory", "Mandatory SMETS 2"];

    fn appendix() -> Appendix {
        let applicability = |name: &&str| Applicability {
            name: Arc::from(*name),
            count_label: format!("Count of {name}"),
            counts_as_test: *name != "N/A",
            origin: Standing::default(),
        };
        Appendix {
            applicabilities: NAMES.iter().map(applicability).collect(),
            total_label: "Total Tests".into(),
            ..Appendix::default()
        }
    }

    fn matrix(rows: &[[usize; COLUMNS]], omitted: &[[usize; COLUMNS]]) -> Matrix {
        let cell = |&at: &usize| Placed::from(Arc::from(NAMES[at]));
        let row = |cells: &[usize; COLUMNS]| Row { cv: cells.iter().map(cell).collect(), ..Row::default() };
        let column = |n: usize| Column {
            key: n.to_string().into(),
            label: n.to_string(),
            kind: ColumnKind::Cv,
            origin: Standing::default(),
        };
        let count = |at: usize| OmittedCount {
            applicability: Arc::from(NAMES[at]),
            cv: (0..COLUMNS)
                .map(|column| omitted.iter().filter(|row| row[column] == at).count() as u32)
                .map(Placed::from)
                .collect(),
        };
        Matrix {
            columns: (1..=COLUMNS).map(column).collect(),
            rows: rows.iter().map(row).map(Arc::new).collect(),
            omitted: Omitted::Counted {
                rows: (omitted.len() as u32).into(),
                counts: (0..NAMES.len()).map(count).collect(),
                provenance: None,
            },
            ..Matrix::default()
        }
    }

    fn cells() -> impl Strategy<Value = [usize; COLUMNS]> {
        prop::array::uniform(0..NAMES.len())
    }

    fn table() -> impl Strategy<Value = Vec<[usize; COLUMNS]>> {
        prop::collection::vec(cells(), 0..12)
    }

    fn count_of(counts: &Counts, name: &str, column: usize) -> u64 {
        counts.rows.iter().find(|row| &*row.applicability == name).map_or(0, |row| row.cv[column])
    }

    proptest! {
        #[test]
        fn every_column_sums_to_the_number_of_rows(shown in table(), omitted in table()) {
            let counts = counts(&appendix(), &matrix(&shown, &omitted)).unwrap();
            for column in 0..COLUMNS {
                let sum: u64 = counts.rows.iter().map(|row| row.cv[column]).sum();
                prop_assert_eq!(sum, (shown.len() + omitted.len()) as u64);
            }
        }

        #[test]
        fn a_row_more_is_one_more_in_one_count_of_each_column(shown in table(), row in cells(), at in 0..20_usize) {
            let before = counts(&appendix(), &matrix(&shown, &[])).unwrap();
            let mut longer = shown.clone();
            longer.insert(at.min(shown.len()), row);
            let after = counts(&appendix(), &matrix(&longer, &[])).unwrap();
            for (column, &held) in row.iter().enumerate() {
                for (name_at, name) in NAMES.iter().enumerate() {
                    let more = u64::from(name_at == held);
                    prop_assert_eq!(count_of(&after, name, column), count_of(&before, name, column) + more);
                }
            }
        }

        #[test]
        fn the_grand_total_is_the_sum_of_the_row_totals(shown in table(), omitted in table()) {
            let counts = counts(&appendix(), &matrix(&shown, &omitted)).unwrap();
            prop_assert_eq!(counts.total_tests, counts.rows.iter().filter_map(|row| row.total).sum::<u64>());
            for row in &counts.rows {
                prop_assert_eq!(row.total, (&*row.applicability != "N/A").then(|| row.cv.iter().sum::<u64>()));
                prop_assert!(row.cv.iter().any(|&count| count > 0), "an applicability not in use has no row");
            }
        }

        #[test]
        fn the_order_of_rows_does_not_matter(shown in table()) {
            let turned: Vec<_> = shown.iter().rev().copied().collect();
            prop_assert_eq!(counts(&appendix(), &matrix(&shown, &[])), counts(&appendix(), &matrix(&turned, &[])));
        }
    }

    #[test]
    fn nothing_is_counted_where_nobody_knows_what_is_left_out() {
        let matrix = Matrix { omitted: Omitted::Unknown { reason: "".into() }, ..matrix(&[[0; COLUMNS]], &[]) };
        assert_eq!(counts(&appendix(), &matrix), None);
    }
}
