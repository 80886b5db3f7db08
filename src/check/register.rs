//! Rules on rows against the registers of the specifications that define the Service Requests.

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Appendix, Matrix, Register, Request, Row};
use std::collections::BTreeSet;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for register in &subject.standards.registers {
        for matrix in subject.version.matrices() {
            let mut unlisted: Vec<&Row> = Vec::new();
            for row in &matrix.rows {
                match register.request(&row.variant) {
                    Some(request) => {
                        findings.extend(name(register, request, row));
                        findings.extend(critical(register, request, row, subject.appendix()));
                        findings.extend(role(register, request, row, matrix));
                    }
                    None => match namesake(register, row) {
                        None if !register.complete => unlisted.push(row),
                        namesake => findings.push(unknown(register, row, namesake)),
                    },
                }
            }
            findings.extend(unchecked(register, matrix, &unlisted));
        }
    }
}

/// The Service Request that bears the name of a row.
fn namesake<'r>(register: &'r Register, row: &Row) -> Option<&'r Request> {
    register.requests.iter().find(|request| plain(&request.name) == plain(&row.name))
}

fn unknown(register: &Register, row: &Row, namesake: Option<&Request>) -> Diagnostic {
    let message = format!("{} has no Service Request {}", register.name, row.variant.value);
    let help = match namesake {
        Some(request) => format!("“{}” is {} there: correct the variant", request.name, request.variant.value),
        None => "correct the variant; if it is new, add it to the register".to_owned(),
    };
    Diagnostic::warning(Code::RegisterVariant, message).at(row.variant.origin.location()).help(help)
}

/// What a register doesn't list may exist, unless it lists everything: the rows of a table that can't be checked.
fn unchecked(register: &Register, matrix: &Matrix, rows: &[&Row]) -> Option<Diagnostic> {
    let mut variants: Vec<&str> = rows.iter().map(|row| row.variant.as_str()).collect();
    let mut seen = BTreeSet::new();
    variants.retain(|variant| seen.insert(*variant));
    let message = format!(
        "{} of Table {} can't be checked: the register {} doesn't list {}, and doesn't say that it is complete",
        variants.join(", "),
        matrix.number.value,
        register.name,
        if variants.len() == 1 { "it" } else { "them" }
    );
    let file = register.requests.first().and_then(|request| request.variant.origin.location());
    let file = file.map_or_else(|| "the register".to_owned(), |location| location.file.to_string());
    let help = format!("add a line for each to {file}, or write “complete: true” there");
    let at = rows.first()?.variant.origin.location();
    Some(Diagnostic::note(Code::RegisterVariant, message).at(at).help(help))
}

/// The name of a row is its Service Request's; how it is spaced and hyphenated is another rule's business.
fn name(register: &Register, request: &Request, row: &Row) -> Option<Diagnostic> {
    if plain(&row.name) == plain(&request.name) {
        return None;
    }
    let bearer = nearest(register, &row.name).filter(|other| other.variant != request.variant);
    let named = format!("in {}, {} is “{}”", register.name, row.variant.value, request.name);
    let (message, help) = match bearer {
        Some(other) => (
            format!(
                "the row {} bears the name of {}, “{}”; {named}",
                row.variant.value, other.variant.value, row.name.text
            ),
            format!(
                "check which is meant: {} with the name “{}”, or the variant {}",
                row.variant.value, request.name, other.variant.value
            ),
        ),
        None => (
            format!("the row {} is named “{}”; {named}", row.variant.value, row.name.text),
            format!("write “{}”", request.name),
        ),
    };
    Some(Diagnostic::warning(Code::RegisterName, message).at(row.name.origin.location()).help(help))
}

/// The Service Request whose name is the most like this one.
fn nearest<'r>(register: &'r Register, name: &str) -> Option<&'r Request> {
    let words = plain(name);
    let likeness = |request: &Request| shared(&words, &plain(&request.name));
    register.requests.iter().rev().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|r| likeness(r) >= 0.7)
}

/// How much of two names is the same words, from 0 to 1.
fn shared(a: &[String], b: &[String]) -> f64 {
    let mut left: Vec<&String> = b.iter().collect();
    let common =
        a.iter().filter(|word| left.iter().position(|other| other == word).map(|at| left.remove(at)).is_some());
    2.0 * common.count() as f64 / (a.len() + b.len()).max(1) as f64
}

/// A name as its words, whatever stands between them and whatever their case.
fn plain(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn critical(register: &Register, request: &Request, row: &Row, appendix: &Appendix) -> Option<Diagnostic> {
    if row.critical.value == request.critical {
        return None;
    }
    let say = |critical: bool| if critical { &appendix.critical.yes } else { &appendix.critical.no };
    let is = |critical: bool| if critical { "critical" } else { "not critical" };
    let message = format!(
        "the row {} says {}, but in {} the Service Request is {} ({})",
        row.variant.value,
        say(row.critical.value),
        register.name,
        is(request.critical),
        say(request.critical)
    );
    let help = format!("write “critical: {}”, or correct the variant", request.critical);
    Some(Diagnostic::warning(Code::RegisterCritical, message).at(row.critical.origin.location()).help(help))
}

fn role(register: &Register, request: &Request, row: &Row, matrix: &Matrix) -> Option<Diagnostic> {
    if request.roles.contains(&row.role.value) {
        return None;
    }
    let message = format!(
        "{} stands in Table {} for {}; in {}, its User Roles are {}",
        row.variant.value,
        matrix.number.value,
        row.role.value,
        register.name,
        request.roles.join(", ")
    );
    let help = "check who may send it; the register may be of another date than the version";
    Some(Diagnostic::warning(Code::RegisterRole, message).at(row.variant.origin.location()).help(help))
}
