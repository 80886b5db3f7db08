//! Why a count is what it is, in a sentence.

use crate::model::{Appendix, Counts, Matrix, Omitted, Published, Row, counts};
use std::collections::BTreeMap;

/// What became of the rows of a table since its base.
#[derive(Debug)]
pub(super) struct Arithmetic<'a> {
    matrix: &'a Matrix,
    /// The base's figures, and the rows that came, went and stayed.
    since: Option<Since<'a>>,
}

#[derive(Debug)]
struct Since<'a> {
    before: Counts,
    added: Vec<&'a Row>,
    removed: Vec<&'a Row>,
    /// Before and after.
    amended: Vec<(&'a Row, &'a Row)>,
}

impl<'a> Arithmetic<'a> {
    pub fn new(appendix: &Appendix, matrix: &'a Matrix, base: Option<&'a Matrix>) -> Self {
        let since = base.and_then(|base| Some(Since::new(counts(appendix, base)?, base, matrix)));
        Self { matrix, since }
    }

    /// Why so many cells of a column hold an applicability.
    pub fn cell(&self, name: &str, column: usize, label: &str, is: u64) -> String {
        match &self.since {
            Some(since) => {
                let was = before(&since.before, name, column);
                let reason = since.reason(name, column, label);
                if was == is {
                    format!("{reason}, so {name} in {label} stays {is}")
                } else {
                    format!("{reason}, so {name} in {label} goes from {was} to {is}")
                }
            }
            None => match omitted_rows(self.matrix) {
                0 => format!("{name} stands {is} times in {label}"),
                omitted => {
                    let shown = self.matrix.rows.len();
                    format!("{name} stands {is} times in {label}, in {shown} rows shown and {omitted} left out")
                }
            },
        }
    }

    /// Why the figures of an applicability add up to its row total.
    pub fn row_total(&self, name: &str, cv: &[u64], labels: &[&str], is: u64) -> String {
        let Some(since) = &self.since else { return sum(&format!("the row total of {name}"), cv, is) };
        let figures = cv.iter().zip(labels).enumerate();
        let changes: Vec<String> = figures
            .filter_map(|(column, (&now, label))| {
                let was = before(&since.before, name, column);
                (was != now).then(|| format!("{name} in {label} goes from {was} to {now}"))
            })
            .collect();
        let was: u64 = (0..cv.len()).map(|column| before(&since.before, name, column)).sum();
        let reason = match changes.as_slice() {
            [] => format!("no figure of {name} changes"),
            changes => changes.join(", "),
        };
        if was == is {
            format!("{reason}, so its row total stays {is}")
        } else {
            format!("{reason}, so its row total goes from {was} to {is}")
        }
    }

    /// Where there is no base, the figures of a column show whether they or the rows are wrong.
    pub fn hint(&self, published: &Published, column: usize, label: &str) -> Option<String> {
        if self.since.is_some() {
            return None;
        }
        let rows = self.matrix.rows.len() as u64 + u64::from(omitted_rows(self.matrix));
        let printed: u64 =
            published.counts.iter().filter_map(|row| row.cv.get(column)).map(|figure| u64::from(figure.value)).sum();
        Some(if printed == rows {
            format!(
                "the published figures of {label} add up to the {rows} rows: correct the rows or the omitted counts"
            )
        } else {
            format!("the published figures of {label} add up to {printed}, and there are {rows} rows: correct them")
        })
    }
}

impl<'a> Since<'a> {
    /// Rows are the same if they have the same key; of several with one key, the first is the first.
    fn new(before: Counts, base: &'a Matrix, matrix: &'a Matrix) -> Self {
        let mut old: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in base.rows().rev() {
            old.entry(row.key.as_str()).or_default().push(row);
        }
        let (mut added, mut amended) = (Vec::new(), Vec::new());
        for row in matrix.rows() {
            match old.get_mut(row.key.as_str()).and_then(Vec::pop) {
                Some(was) if was.cv != row.cv => amended.push((was, row)),
                Some(_) => {}
                None => added.push(row),
            }
        }
        Self { before, added, removed: old.into_values().flatten().collect(), amended }
    }

    /// What happened to the rows that a figure counts.
    fn reason(&self, name: &str, column: usize, label: &str) -> String {
        let holds = |row: &&&Row| row.cv.get(column).is_some_and(|cell| *cell.value == *name);
        let added: Vec<&&Row> = self.added.iter().filter(holds).collect();
        let removed: Vec<&&Row> = self.removed.iter().filter(holds).collect();
        let changed = |(was, now): &&(&Row, &Row)| holds(&was) != holds(&now);
        let amended: Vec<&&Row> = self.amended.iter().filter(changed).map(|(_, now)| now).collect();
        let mut reasons = Vec::new();
        let all = [self.added.len(), self.removed.len(), self.amended.len()];
        for ((rows, what), all) in [(added, "added"), (removed, "removed"), (amended, "amended")].into_iter().zip(all) {
            let keys: Vec<&str> = rows.iter().map(|row| row.variant.as_str()).collect();
            match keys.as_slice() {
                [] => {}
                // The others don't hold it, and were added all the same.
                [one] if all > 1 => reasons.push(format!("one of the {all} rows {what} holds {name} ({one})")),
                [one] => reasons.push(format!("one row was {what} ({one})")),
                several => reasons.push(format!("{} rows were {what} ({})", several.len(), several.join(", "))),
            }
        }
        if !reasons.is_empty() {
            return reasons.join(" and ");
        }
        match self.added.as_slice() {
            [row] => {
                let held = row.cv.get(column).map_or("nothing", |cell| &cell.value);
                format!("the one row added ({}) holds {held} in {label}", row.variant.value)
            }
            _ => format!("no row with {name} in {label} was added or removed"),
        }
    }
}

fn before(counts: &Counts, name: &str, column: usize) -> u64 {
    let row = counts.rows.iter().find(|row| &*row.applicability == name);
    row.and_then(|row| row.cv.get(column)).copied().unwrap_or(0)
}

fn omitted_rows(matrix: &Matrix) -> u32 {
    match &matrix.omitted {
        Omitted::Counted { rows, .. } => rows.value,
        Omitted::Nothing | Omitted::Unknown { .. } => 0,
    }
}

/// A sum with its figures, without the noughts.
pub(super) fn sum(label: &str, figures: &[u64], is: u64) -> String {
    let parts: Vec<String> = figures.iter().filter(|&&figure| figure > 0).map(u64::to_string).collect();
    match parts.len() {
        0 | 1 => format!("{label} is {is}"),
        _ => format!("{label} is {} = {is}", parts.join(" + ")),
    }
}
