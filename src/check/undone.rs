//! The rule on another's work: what a modification takes back of what its base has done, in the same place.
//!
//! A section that was restated from an older text, and then put on a newer base, reads as if its drafter had struck what
//! that base brings. What is asked for by name, such as a row to remove, is meant.

use super::subject::Subject;
use crate::align::agreements;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AmendedRow, Matrix, Placed, Row, Text, Version};

/// So many characters of what is undone are told.
const SHOWN: usize = 60;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let (Some(below), Some(stated)) = (&subject.below, subject.project.stated(&subject.version.id)) else { return };
    for section in subject.version.sections() {
        let Some(old) = below.section(&section.id) else { continue };
        let part = format!("Section {}", section.number.value);
        words(subject, &part, &section.heading, &old.heading, |v| Some(&v.section(&section.id)?.heading), findings);
        words(subject, &part, &section.body, &old.body, |v| Some(&v.section(&section.id)?.body), findings);
    }
    for statement in stated.tables().iter().filter(|statement| !statement.insert) {
        let Some(old) = below.matrix_numbered(&statement.number) else { continue };
        let Some(matrix) = subject.own.matrix(&old.id) else { continue };
        if let Some(rows) = &statement.rows {
            lost_rows(subject, matrix, old, rows, findings);
        }
        for amended in &statement.operations.amend {
            row(subject, amended, matrix, old, findings);
        }
    }
}

/// Who wrote a text of the base, and what that one was drafted against: what could be undone.
fn author<'a>(subject: &Subject<'a>, id: Option<&str>) -> Option<(&'a Version, &'a Version)> {
    let author = subject.project.version(id?)?;
    Some((author, subject.project.version_below(author)?))
}

/// Words that the version states itself, held against those of its base and those that its base was made of.
fn words<'a>(
    subject: &Subject<'a>,
    part: &str,
    own: &Text,
    old: &Text,
    of: impl Fn(&'a Version) -> Option<&'a Text>,
    findings: &mut Vec<Diagnostic>,
) {
    let is_own = own.origin.version().is_some_and(|id| id.eq_ignore_ascii_case(&subject.version.id));
    let Some((author, below)) = author(subject, old.origin.version()).filter(|_| is_own && own != old) else { return };
    let Some(before) = of(below) else { return };
    for undone in agreements(&old.text, &own.text, &before.text) {
        let (was, is) = (shown(&undone.base), shown(&undone.made));
        let message = match (was.is_empty(), is.is_empty()) {
            (false, true) => format!("{} inserted “{was}” in {part}, and this takes it out", author.name),
            (true, false) => format!("{} deleted “{is}” in {part}, and this puts it back", author.name),
            (false, false) => format!("{} wrote “{was}” for “{is}” in {part}, and this takes it back", author.name),
            (true, true) => continue,
        };
        let at = own.locate(undone.at, undone.made.trim_end().chars().count());
        findings.push(told(&message, author, part, subject).at(at));
    }
}

/// Rows that the base has brought, and that a table that is stated whole hasn't.
fn lost_rows<T>(
    subject: &Subject<'_>,
    matrix: &Matrix,
    old: &Matrix,
    rows: &Placed<T>,
    findings: &mut Vec<Diagnostic>,
) {
    let part = format!("Table {}", matrix.number.value);
    let has = |matrix: &Matrix, row: &Row| matrix.rows.iter().any(|other| other.key == row.key);
    for row in old.rows.iter().filter(|row| !has(matrix, row)) {
        let Some((author, below)) = author(subject, row.origin.version()) else { continue };
        if below.matrix(&old.id).is_some_and(|before| !has(before, row)) {
            let message =
                format!("{} inserted the row {} in {part}, and this leaves it out", author.name, row.key.value);
            findings.push(told(&message, author, &part, subject).at(rows.origin.location()));
        }
    }
}

/// A row that is amended to what it was before the base amended it.
fn row(subject: &Subject<'_>, amended: &AmendedRow, matrix: &Matrix, old: &Matrix, findings: &mut Vec<Diagnostic>) {
    let find = |matrix: &'_ Matrix| matrix.rows.iter().position(|row| row.key == amended.key);
    let (Some(was), Some(is)) = (find(old), find(matrix)) else { return };
    let (was, is) = (&old.rows[was], &matrix.rows[is]);
    let part = format!("the row {} of Table {}", was.key.value, matrix.number.value);
    let before = |id: Option<&str>| {
        let (author, below) = author(subject, id)?;
        let matrix = below.matrix(&old.id)?;
        Some((author, matrix.rows.iter().find(|row| row.key == amended.key)?))
    };
    let mut tell = |author: &Version, new: &str, older: &str, at| {
        let message = format!("{} wrote “{new}” for “{older}” in {part}, and this takes it back", author.name);
        findings.push(told(&message, author, &part, subject).at(at));
    };
    for (at, (cell, now)) in was.cv.iter().zip(&is.cv).enumerate() {
        let older = before(cell.origin.version()).and_then(|(author, row)| Some((author, row.cv.get(at)?)));
        if let Some((author, older)) = older.filter(|(_, older)| *older == now && cell != now) {
            tell(author, &cell.value, &older.value, now.origin.location());
        }
    }
    if let Some((author, older)) = before(was.name.origin.version())
        && older.name == is.name
        && was.name != is.name
    {
        tell(author, &was.name, &older.name, is.name.origin.location());
    }
}

fn told(message: &str, author: &Version, part: &str, subject: &Subject<'_>) -> Diagnostic {
    let help = format!(
        "restate it from the text of {}, or leave it so if {} shall be taken back",
        subject.base.map_or("the base", |base| &base.name),
        author.name
    );
    let cause = format!("{} takes back what {} did in {part}", subject.version.name, author.name);
    Diagnostic::warning(Code::UndoneWork, message).help(help).cause(cause)
}

/// Words on one line, and no more than a reader needs.
fn shown(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", words[..end].trim_end()),
        None => words,
    }
}
