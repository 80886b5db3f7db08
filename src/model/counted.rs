//! Why a count is another than it was: the rows that it counts now and didn't, and those that it counted.

use super::appendix::{Appendix, Column, ColumnKind};
use super::counts::{CountRow, counts};
use super::version::{Matrix, Omitted, OmittedCount, Part, Row, Version};
use serde::Serialize;
use std::collections::BTreeMap;

/// A figure of a count row that changed, with what changed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureChange {
    /// The identity of the table.
    pub table: String,
    /// The label of the count row.
    pub label: String,
    /// The key of the column; nothing, if it is the total of a row or of all.
    pub column: Option<String>,
    /// As it was.
    pub was: u64,
    /// As it is now.
    pub now: u64,
    /// What is counted in one of the texts only, in the order of the later.
    pub rows: Vec<CountedRow>,
    /// How much of the difference the rows make that the table leaves out.
    #[serde(skip_serializing_if = "is_zero")]
    pub omitted: i64,
}

fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// A cell that is counted in one of the texts only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedRow {
    /// The key of its row.
    pub row: String,
    /// The label of its column, where a figure counts cells of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What it said; nothing, if it is new.
    pub was: Option<String>,
    /// What it says now; nothing, if it is gone.
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
    let columns = columns(old, new);
    let mut changes = Vec::new();
    let mut tell = |label: &str, column: Option<&str>, (was, now): (u64, u64), cells: Cells<'_>| {
        if was != now {
            let (rows, omitted) = (
                cells.counted(old, new),
                cells.left_out(new, |place| place.new) - cells.left_out(old, |place| place.old),
            );
            let (table, label, column) = (new.id.clone(), label.to_owned(), column.map(str::to_owned));
            changes.push(FigureChange { table, label, column, was, now, rows, omitted });
        }
    };
    for applicability in &appendix.applicabilities {
        let is_own = |row: &&CountRow| row.applicability == applicability.name;
        let rows = [&was, &now].map(|counts| counts.rows.iter().find(is_own));
        if rows == [None, None] {
            continue;
        }
        let holds = |held: &str| *held == *applicability.name;
        let figure = |row: Option<&CountRow>, at: usize| row.map_or(0, |row| row.cv[at]);
        for place in &columns {
            if let (Some(at_old), Some(at)) = (place.old, place.new) {
                let cells = Cells { holds: &holds, places: std::slice::from_ref(place) };
                let figures = (figure(rows[0], at_old), figure(rows[1], at));
                tell(&applicability.count_label, Some(place.key), figures, cells);
            }
        }
        if applicability.counts_as_test {
            let [was, now] = rows.map(|row| row.and_then(|row| row.total).unwrap_or_default());
            tell(&applicability.count_label, None, (was, now), Cells { holds: &holds, places: &columns });
        }
    }
    let is_test = |held: &str| appendix.applicabilities.iter().any(|own| own.counts_as_test && *own.name == *held);
    tell(&now.total_label, None, (was.total_tests, now.total_tests), Cells { holds: &is_test, places: &columns });
    changes
}

/// Where a command-variant column stands among those of each text, if it does.
#[derive(Clone, Copy)]
struct Place<'m> {
    key: &'m str,
    label: &'m str,
    old: Option<usize>,
    new: Option<usize>,
}

/// The columns of both texts, first those of the later.
fn columns<'m>(old: &'m Matrix, new: &'m Matrix) -> Vec<Place<'m>> {
    let of = |matrix: &'m Matrix| matrix.columns.iter().filter(|column| column.kind == ColumnKind::Cv);
    let at = |matrix: &'m Matrix, key: &str| of(matrix).position(|known| *known.key == *key);
    let place = |it: &'m Column| Place { key: &it.key, label: &it.label, old: at(old, &it.key), new: at(new, &it.key) };
    of(new).chain(of(old).filter(|column| at(new, &column.key).is_none())).map(place).collect()
}

/// The cells that a figure counts: those of some columns that hold what it counts.
#[derive(Clone, Copy)]
struct Cells<'a> {
    holds: &'a dyn Fn(&str) -> bool,
    places: &'a [Place<'a>],
}

impl Cells<'_> {
    /// Those that are counted in one of the texts only. Of rows with one key, the first is held against the first.
    fn counted(&self, old: &Matrix, new: &Matrix) -> Vec<CountedRow> {
        let mut before: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in old.rows().rev() {
            before.entry(&row.key).or_default().push(row);
        }
        let mut rows = Vec::new();
        for row in new.rows() {
            self.hold(&mut rows, before.get_mut(row.key.as_str()).and_then(Vec::pop), Some(row));
        }
        for row in old.rows() {
            if let Some(was) = before.get_mut(row.key.as_str()).and_then(Vec::pop) {
                self.hold(&mut rows, Some(was), None);
            }
        }
        rows
    }

    fn hold(&self, rows: &mut Vec<CountedRow>, old: Option<&Row>, new: Option<&Row>) {
        let Some(key) = new.or(old).map(|row| row.key.to_string()) else { return };
        let cell = |row: Option<&Row>, at: Option<usize>| Some(row?.cv.get(at?)?.value.to_string());
        let counts = |cell: &Option<String>| cell.as_deref().is_some_and(self.holds);
        for place in self.places {
            let (was, now) = (cell(old, place.old), cell(new, place.new));
            if counts(&was) != counts(&now) {
                let column = (self.places.len() > 1).then(|| place.label.to_owned());
                rows.push(CountedRow { row: key.clone(), column, was, now });
            }
        }
    }

    /// How many cells of the rows that a table leaves out are counted.
    fn left_out(&self, matrix: &Matrix, at: impl Fn(&Place<'_>) -> Option<usize>) -> i64 {
        let Omitted::Counted { counts, .. } = &matrix.omitted else { return 0 };
        let own = counts.iter().filter(|omitted| (self.holds)(&omitted.applicability));
        let figure = |omitted: &OmittedCount, place| omitted.cv.get(at(place)?).map(|it| i64::from(it.value));
        own.flat_map(|omitted| self.places.iter().filter_map(|place| figure(omitted, place))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Applicability, Column, Placed, Standing};
    use super::*;
    use proptest::prelude::*;
    use std::sync::Arc;

    const NAMES: [&str; 3] = ["N/A", "Mandatory", "Mandatory SMETS 2"];

    /// A table of rows by key, each with two cells.
    fn table(rows: &[(usize, [usize; 2])]) -> Matrix {
        let cell = |held: usize| Placed::from(Arc::from(NAMES[held]));
        let row = |&(key, held): &(usize, [usize; 2])| Row {
            key: Placed::from(key.to_string()),
            cv: held.map(cell).to_vec(),
            ..Row::default()
        };
        let column = |key: &str| Column {
            key: key.into(),
            label: format!("CV {key}"),
            kind: ColumnKind::Cv,
            origin: Standing::default(),
        };
        Matrix {
            columns: ["1", "2"].map(column).into(),
            rows: rows.iter().map(|it| Arc::new(row(it))).collect(),
            ..Matrix::default()
        }
    }

    fn rows() -> impl Strategy<Value = Vec<(usize, [usize; 2])>> {
        let held = 0..NAMES.len();
        prop::collection::vec((0..4_usize, [held.clone(), held]), 0..10)
    }

    proptest! {
        #[test]
        fn the_rows_told_make_the_difference(old in rows(), new in rows()) {
            let applicability = |name: &&str| Applicability {
                name: Arc::from(*name),
                count_label: format!("Count of {name}"),
                counts_as_test: *name != "N/A",
                origin: Standing::default(),
            };
            let appendix = Appendix {
                applicabilities: NAMES.iter().map(applicability).collect(),
                total_label: "Total".into(),
                ..Appendix::default()
            };
            let changes = of_table(&appendix, &table(&old), &table(&new));
            for change in &changes {
                let own = change.label.strip_prefix("Count of ");
                let is_counted = |held: &str| own.map_or(held != "N/A", |name| held == name);
                let counted = |cell: &Option<String>| i64::from(cell.as_deref().is_some_and(is_counted));
                let net: i64 = change.rows.iter().map(|row| counted(&row.now) - counted(&row.was)).sum();
                prop_assert_eq!(net, change.now as i64 - change.was as i64, "{:?}", change);
                prop_assert!(change.rows.iter().all(|row| row.was != row.now));
                prop_assert!(change.rows.iter().all(|row| row.column.is_some() == change.column.is_none()));
            }
            // Every figure of either text that differs is told, totals too.
            let figures = |rows: &[(usize, [usize; 2])], held: &dyn Fn(usize) -> bool, column: Option<usize>| {
                let of_row = |(_, cells): &(usize, [usize; 2])| {
                    cells.iter().enumerate().filter(|(at, cell)| column.is_none_or(|own| own == *at) && held(**cell)).count()
                };
                rows.iter().map(of_row).sum::<usize>() as u64
            };
            let mut expected = Vec::new();
            let mut expect = |label: String, column: Option<usize>, held: &dyn Fn(usize) -> bool| {
                let (was, now) = (figures(&old, held, column), figures(&new, held, column));
                if was != now {
                    expected.push((label, column.map(|at| (at + 1).to_string()), was, now));
                }
            };
            for (at, name) in NAMES.iter().enumerate() {
                for column in [Some(0), Some(1), None] {
                    if column.is_some() || at > 0 {
                        expect(format!("Count of {name}"), column, &|held| held == at);
                    }
                }
            }
            expect("Total".into(), None, &|held| held > 0);
            let told: Vec<_> = changes.into_iter().map(|it| (it.label, it.column, it.was, it.now)).collect();
            prop_assert_eq!(told, expected);
        }
    }
}
