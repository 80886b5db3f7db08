//! Rules on what a modification does to its base.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Matrix, Origin, Row, Section};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(base) = subject.base else { return };
    findings.extend(classification(subject));
    for section in subject.version.sections().filter(|section| own(subject, &section.origin)) {
        if let Some(old) = base.sections().find(|old| old.id == section.id) {
            findings.extend(unchanged_section(section, old, &base.name));
        }
    }
    for matrix in subject.version.matrices().filter(|matrix| own(subject, &matrix.origin)) {
        if let Some(old) = base.matrices().find(|old| old.id == matrix.id) {
            unchanged_rows(subject, matrix, old, findings);
            findings.extend(unchanged_table(matrix, old, &base.name));
        }
    }
}

/// Whether the version's own files say what stands there.
fn own(subject: &Subject<'_>, origin: &Origin) -> bool {
    origin.version().is_some_and(|version| version.eq_ignore_ascii_case(&subject.version.id))
}

fn unchanged_section(section: &Section, old: &Section, base: &str) -> Option<Diagnostic> {
    // Its place may have changed all the same; a new number shows that it has.
    if (&section.heading, &section.body, &section.number) != (&old.heading, &old.body, &old.number) {
        return None;
    }
    let message = format!("Section {} is restated, and reads as it does in {base}", section.number.value);
    let help = match section.provenance {
        None => "delete the file, or write in it what changes",
        Some(_) => "delete the file, or write in its “body” what changes: words under “provenance” are a note",
    };
    Some(Diagnostic::warning(Code::RestatedUnchanged, message).at(section.origin.location()).help(help))
}

fn unchanged_table(matrix: &Matrix, old: &Matrix, base: &str) -> Option<Diagnostic> {
    let says = |m: &Matrix| (m.title.clone(), m.role.clone(), m.rows.clone(), m.omitted.clone(), m.number.clone());
    if matrix.published.is_some() || says(matrix) != says(old) {
        return None;
    }
    let message = format!("the file changes nothing: Table {} is as it is in {base}", matrix.number.value);
    let help = "delete the file, or write in it what changes";
    Some(Diagnostic::warning(Code::RestatedUnchanged, message).at(matrix.origin.location()).help(help))
}

/// Rows that are amended to what they were.
fn unchanged_rows(subject: &Subject<'_>, matrix: &Matrix, old: &Matrix, findings: &mut Vec<Diagnostic>) {
    for row in &matrix.rows {
        let restated = restated(row).into_iter().find(|origin| own(subject, origin));
        let (Some(at), false) = (restated, own(subject, &row.origin)) else { continue };
        if old.rows.iter().any(|old| old == row) {
            let message =
                format!("the row {} of Table {} is amended to what it was", row.key.value, matrix.number.value);
            let help = "delete it from “amend”, or write what changes";
            findings.push(Diagnostic::warning(Code::RestatedUnchanged, message).at(at.location()).help(help));
        }
    }
}

/// Where what a row says was written.
fn restated(row: &Row) -> Vec<&Origin> {
    let fields = [&row.reference.origin, &row.variant.origin, &row.name.origin, &row.critical.origin, &row.role.origin];
    fields.into_iter().chain(row.cv.iter().map(|cell| &cell.origin)).collect()
}

/// A modification shows its base's text, so it can't be shown to more readers than that.
fn classification(subject: &Subject<'_>) -> Option<Diagnostic> {
    let base = subject.base?;
    let (own, theirs) = (&subject.version.classification.name, &base.classification.name);
    if subject.appendix().strictness(own) >= subject.appendix().strictness(theirs) {
        return None;
    }
    let message =
        format!("{} is classified {}, but its base {} is {}", subject.version.name, own.value, base.name, theirs.value);
    let help = format!("write “classification: {}”: the modification shows the text of its base", theirs.value);
    Some(Diagnostic::warning(Code::LooserClassification, message).at(own.origin.location()).help(help))
}
