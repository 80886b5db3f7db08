//! The rule on what reviewers say: each comment that isn't resolved is told, and each on what isn't there.

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Comment;

/// So many characters of a comment are told.
const SHOWN: usize = 80;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let comments = subject.standards.comments.get(&subject.version.id.to_lowercase());
    for comment in comments.into_iter().flatten().filter(|comment| comment.is_open()) {
        let answers = match comment.answers.len() {
            0 => String::new(),
            1 => " (answered once)".to_owned(),
            count => format!(" (answered {count} times)"),
        };
        let at = comment.text.locate(0, comment.text.lines().next().map_or(0, |line| line.chars().count()));
        let message = format!("{}{} says: “{}”{answers}", comment.author, on(comment), shown(&comment.text));
        let finding = Diagnostic::new(Severity::Note, Code::OpenComment, message).at(at.clone());
        let finding = match missing(subject, comment) {
            None => finding.help("once it is done with, add “state: resolved”"),
            Some(what) => finding.help(format!("{what}: say what it is on now, or add “state: resolved”")),
        };
        findings.push(finding);
    }
}

/// What a comment is on, behind who makes it.
fn on(comment: &Comment) -> String {
    let row = comment.row.as_ref().map(|row| format!(", row {}", row.value)).unwrap_or_default();
    match (&comment.section, &comment.table) {
        (Some(section), _) => format!(", on Section {}{row},", section.value),
        (None, Some(table)) => format!(", on Table {}{row},", table.value),
        (None, None) => String::new(),
    }
}

/// What a comment is on and isn't there.
fn missing(subject: &Subject<'_>, comment: &Comment) -> Option<String> {
    let version = subject.version;
    if let Some(section) = comment.section.as_ref().filter(|number| version.section_numbered(number).is_none()) {
        return Some(format!("there is no Section {}", section.value));
    }
    let table = comment.table.as_ref()?;
    let Some(matrix) = version.matrix_numbered(table) else {
        return Some(format!("there is no Table {}", table.value));
    };
    let row = comment.row.as_ref()?;
    let is_there = matrix.rows.iter().any(|known| known.key == *row || known.variant == *row);
    (!is_there).then(|| format!("Table {} has no row {}", table.value, row.value))
}

fn shown(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", words[..end].trim_end()),
        None => words,
    }
}
