//! The rule on published count rows: each figure that the computed one contradicts, with the arithmetic.

mod arithmetic;

use super::subject::Subject;
use crate::compose::Project;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Appendix, ColumnKind, Counts, Matrix, Placed, Published, Version, counts};
use arithmetic::Arithmetic;

const CODE: Code = Code::PublishedFigure;

/// A published figure that the computed one contradicts.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// The identity of the table.
    pub table: String,
    /// The label of the count row.
    pub row: String,
    /// What a drafter is told of it.
    pub finding: Diagnostic,
}

/// Every published figure of a version that the computed one contradicts, where its baseline's own figures are sound.
pub fn contradictions(project: &Project, version: &Version) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for matrix in version.matrices() {
        let Some(published) = &matrix.published else { continue };
        let Some(computed) = counts(&project.appendix, matrix) else { continue };
        if unproved_root(project, version, matrix).is_some() {
            continue;
        }
        let base = project.version_below(version).and_then(|base| base.matrices().find(|old| old.id == matrix.id));
        let arithmetic = Arithmetic::new(&project.appendix, matrix, base);
        compare(&project.appendix, matrix, published, &computed, &arithmetic, &mut found);
    }
    found
}

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    findings.extend(contradictions(subject.project, subject.version).into_iter().map(|found| found.finding));
    for matrix in subject.version.matrices() {
        let Some(published) = &matrix.published else { continue };
        if counts(subject.appendix(), matrix).is_none() {
            findings.extend(cannot_count(matrix, published));
        } else if let Some(root) = unproved_root(subject.project, subject.version, matrix) {
            findings.push(unproved(matrix, published, root));
        }
    }
}

/// The computed figures of an applicability; none of its cells means noughts.
fn figures(computed: &Counts, applicability: &str, columns: usize) -> (Vec<u64>, Option<u64>) {
    let row = computed.rows.iter().find(|row| &*row.applicability == applicability);
    row.map_or_else(|| (vec![0; columns], None), |row| (row.cv.clone(), row.total))
}

fn compare(
    appendix: &Appendix,
    matrix: &Matrix,
    published: &Published,
    computed: &Counts,
    arithmetic: &Arithmetic<'_>,
    found: &mut Vec<Contradiction>,
) {
    let table = format!("Table {}", matrix.number.value);
    let labels: Vec<&str> =
        matrix.columns.iter().filter(|c| c.kind == ColumnKind::Cv).map(|column| column.label.as_str()).collect();
    let mut tell = |row: &str, finding: Diagnostic| {
        let cause = format!("{table}: published figures of the row “{row}” aren't what its rows give");
        let finding = finding.cause(cause);
        found.push(Contradiction { table: matrix.id.clone(), row: row.to_owned(), finding });
    };
    for row in &published.counts {
        let name = &*row.applicability;
        let count_label = appendix.applicability(name).map_or(name, |applicability| &applicability.count_label);
        let (cv, total) = figures(computed, name, labels.len());
        for (column, (printed, (is, label))) in row.cv.iter().zip(cv.iter().zip(&labels)).enumerate() {
            if u64::from(printed.value) != *is {
                let why = arithmetic.cell(name, column, label, *is);
                let hint = arithmetic.hint(published, column, label);
                tell(count_label, finding(&table, &why, printed, hint));
            }
        }
        if let Some(printed) = &row.total {
            let is = total.unwrap_or(0);
            if u64::from(printed.value) != is {
                let why = arithmetic.row_total(name, &cv, &labels, is);
                tell(count_label, finding(&table, &why, printed, None));
            }
        }
    }
    if let Some(printed) = published.total_tests.as_ref().filter(|p| u64::from(p.value) != computed.total_tests) {
        let totals: Vec<u64> = computed.rows.iter().filter_map(|row| row.total).collect();
        let why = arithmetic::sum(&computed.total_label, &totals, computed.total_tests);
        tell(&computed.total_label, finding(&table, &why, printed, None));
    }
}

fn finding(table: &str, why: &str, printed: &Placed<u32>, hint: Option<String>) -> Diagnostic {
    let message = format!("{table}: {why}; published: {}", printed.value);
    let help =
        hint.unwrap_or_else(|| "documents print what the rows give; have the published figure corrected".to_owned());
    Diagnostic::warning(CODE, message).at(printed.origin.location()).help(help)
}

/// The version that the figures rest on in the end, if its own published figures contradict its rows.
fn unproved_root<'a>(project: &'a Project, version: &Version, matrix: &Matrix) -> Option<&'a Version> {
    let mut root = project.version_below(version)?;
    while let Some(below) = project.version_below(root) {
        root = below;
    }
    let base = root.matrices().find(|old| old.id == matrix.id)?;
    let is_proved = base.published.as_ref().is_none_or(|published| agrees(&project.appendix, base, published));
    (!is_proved).then_some(root)
}

/// Whether every published figure is the computed one. Each column of the computed figures adds up to the rows, shown
/// and omitted, so those that agree with them do too.
fn agrees(appendix: &Appendix, matrix: &Matrix, published: &Published) -> bool {
    let Some(computed) = counts(appendix, matrix) else { return true };
    let same = |printed: &Option<Placed<u32>>, is: u64| printed.as_ref().is_none_or(|p| u64::from(p.value) == is);
    same(&published.total_tests, computed.total_tests)
        && published.counts.iter().all(|row| {
            let (cv, total) = figures(&computed, &row.applicability, row.cv.len());
            same(&row.total, total.unwrap_or(0)) && row.cv.iter().map(|p| u64::from(p.value)).eq(cv)
        })
}

fn unproved(matrix: &Matrix, published: &Published, root: &Version) -> Diagnostic {
    let number = &matrix.number.value;
    let message = format!(
        "the published figures of Table {number} aren't checked: the published figures of its baseline, {}, \
         contradict that table's own rows",
        root.name
    );
    let help = format!("mend the rows, the omitted counts or the published figures of Table {number} there first");
    Diagnostic::warning(Code::UnprovedBaseline, message).at(place(published)).help(help)
}

fn cannot_count(matrix: &Matrix, published: &Published) -> Option<Diagnostic> {
    let message = format!(
        "the published figures of Table {} can't be checked: nothing says how many rows the extract leaves out",
        matrix.number.value
    );
    let help = "state the omitted rows and their counts under “omitted”";
    Some(Diagnostic::note(Code::UncountedTable, message).at(place(published)?).help(help))
}

/// Where the published figures begin.
fn place(published: &Published) -> Option<crate::diagnostic::Location> {
    let first = published.counts.iter().flat_map(|row| &row.cv).next().or(published.total_tests.as_ref())?;
    first.origin.location()
}
