//! Rules on what a modification does to its base.

use super::subject::Subject;
use crate::compose::{self, Agreement, Project};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AmendedRow, Matrix, Placed, Section, SectionStatement, Stated, Status, TableStatement, Version};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let stated = subject.project.stated(&subject.version.id);
    let (Some(base), Some(below), Some(Stated::Modification(stated))) = (subject.base, &subject.below, stated) else {
        return;
    };
    findings.extend(classification(subject));
    findings.extend(compose::agreements(subject.project, subject.version).into_iter().map(agreement));
    findings.extend(stated.includes.iter().filter_map(|included| withdrawn(subject.project, included)));
    for statement in stated.sections.iter().filter(|statement| !statement.insert && statement.delete.is_none()) {
        let old = below.section_numbered(&statement.number);
        let new = old.and_then(|old| subject.own.section(&old.id));
        findings.extend(old.zip(new).and_then(|(old, new)| unchanged_section(statement, new, old, &base.name)));
        findings.extend(old.and_then(|old| unmoved_section(statement, old, base, subject.version)));
    }
    for statement in stated.tables.iter().filter(|statement| !statement.insert && statement.delete.is_none()) {
        let old = below.matrix_numbered(&statement.number);
        let new = old.and_then(|old| subject.own.matrix(&old.id));
        if let Some((old, new)) = old.zip(new) {
            findings.extend(statement.operations.amend.iter().filter_map(|amended| unchanged_row(amended, new, old)));
            findings.extend(unchanged_table(statement, new, old, &base.name));
        }
    }
}

/// A modification that a release includes, and that was given up.
fn withdrawn(project: &Project, included: &Placed<String>) -> Option<Diagnostic> {
    let status = project.stated(&included.value)?.head().status;
    let status = status.filter(|status| matches!(status, Status::Withdrawn | Status::Rejected))?;
    let message = format!("{} is {}, and its text is part of this release", included.value, status.name());
    let help = format!("take it out of “includes”, or mend the “status” of {}", included.value);
    Some(Diagnostic::warning(Code::WithdrawnIncluded, message).at(included.origin.location()).help(help))
}

/// What two modifications of a release both say.
fn agreement(it: Agreement) -> Diagnostic {
    let message = format!("{} says what one before it says too: {}", it.included.value, it.what);
    Diagnostic::note(Code::Agreement, message)
        .at(it.included.origin.location())
        .help("it stands once: nothing is to be done")
}

fn unchanged_section(statement: &SectionStatement, section: &Section, old: &Section, base: &str) -> Option<Diagnostic> {
    let is_moved = statement.place.is_some() || statement.renumber.is_some();
    if is_moved || (&section.heading, &section.body, &section.number) != (&old.heading, &old.body, &old.number) {
        return None;
    }
    let message = format!("Section {} is restated, and reads as it does in {base}", section.number.value);
    let help = match statement.provenance {
        None => "delete the file, or write in it what changes",
        Some(_) => "delete the file, or write in its “body” what changes: words under “provenance” are a note",
    };
    Some(Diagnostic::warning(Code::RestatedUnchanged, message).at(statement.origin.location()).help(help))
}

/// A section that is moved to where it stands: between the same two as in the base.
fn unmoved_section(
    statement: &SectionStatement,
    section: &Section,
    base: &Version,
    version: &Version,
) -> Option<Diagnostic> {
    let place = statement.place.as_ref().filter(|_| statement.renumber.is_none())?;
    if beside(base, &section.id) != beside(version, &section.id) {
        return None;
    }
    let message = format!("Section {} is moved to where it stands in {}", section.number.value, base.name);
    let help = "take the “move” out, or write where else it shall stand";
    Some(Diagnostic::warning(Code::RestatedUnchanged, message).at(place.key.origin.location()).help(help))
}

/// The sections before and after one.
fn beside<'v>(version: &'v Version, id: &str) -> [Option<&'v str>; 2] {
    let ids: Vec<&str> = version.sections().map(|section| section.id.as_str()).collect();
    let at = ids.iter().position(|other| *other == id);
    [at.and_then(|at| at.checked_sub(1)), at.map(|at| at + 1)].map(|at| ids.get(at?).copied())
}

fn unchanged_table(statement: &TableStatement, matrix: &Matrix, old: &Matrix, base: &str) -> Option<Diagnostic> {
    let says = |m: &Matrix| (m.title.clone(), m.role.clone(), m.rows.clone(), m.omitted.clone(), m.number.clone());
    if statement.published.is_some() || says(matrix) != says(old) {
        return None;
    }
    let message = format!("the file changes nothing: Table {} is as it is in {base}", matrix.number.value);
    let help = "delete the file, or write in it what changes";
    Some(Diagnostic::warning(Code::RestatedUnchanged, message).at(statement.origin.location()).help(help))
}

/// A row that is amended to what it was.
fn unchanged_row(amended: &AmendedRow, matrix: &Matrix, old: &Matrix) -> Option<Diagnostic> {
    let was = old.rows.iter().find(|row| row.key == amended.key)?;
    if !matrix.rows.iter().any(|row| row == was) {
        return None;
    }
    let message = format!("the row {} of Table {} is amended to what it was", was.key.value, matrix.number.value);
    let help = "delete it from “amend”, or write what changes";
    Some(Diagnostic::warning(Code::RestatedUnchanged, message).at(amended.row.origin.location()).help(help))
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
