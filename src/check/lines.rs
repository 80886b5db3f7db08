//! The rule on lines that were meant as paragraphs of their own, and run into the line above.

use super::reading::{Reading, Slip};
use super::subject::Subject;
use crate::diagnostic::Code;

pub(super) fn check(_: &Subject<'_>, reading: &Reading<'_>, slips: &mut Vec<Slip>) {
    for (index, passage) in reading.passages.iter().enumerate() {
        for start in passage.line_starts() {
            let (before, line) = (passage.text.get(..start), passage.text.get(start..));
            if let Some(label) = before.zip(line).and_then(|(before, line)| label(before, line)) {
                let message = format!("the line that begins with “{label}” runs into the line above");
                let help = "leave an empty line above it".to_owned();
                slips.push(Slip::warning(Code::JoinedLines, index, start..start + label.len(), message, help));
            }
        }
    }
}

/// The label of a paragraph that a line begins with. A reference can stand there too, so what is around it counts:
/// a letter in brackets is a label after the end of a clause, a number before a capital.
fn label<'t>(before: &str, line: &'t str) -> Option<&'t str> {
    let (label, rest) = line.split_once(' ')?;
    let letters = label.strip_prefix('(').and_then(|label| label.strip_suffix(')'));
    let is_bracketed =
        letters.is_some_and(|l| (1..=4).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_alphanumeric()));
    let before = before.trim_end();
    let ends_clause = before.ends_with([':', ';', '.', ',']) || before.ends_with(" and") || before.ends_with(" or");
    let parts = || label.split('.');
    let is_number =
        parts().count() > 1 && parts().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let is_label = (is_bracketed && ends_clause) || (is_number && rest.starts_with(char::is_uppercase));
    is_label.then_some(label)
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn labels_are_told_from_references() {
        assert_eq!(label("as follows: ", "(a) the first;"), Some("(a)"));
        assert_eq!(label("the first; and ", "(ii) the second."), Some("(ii)"));
        assert_eq!(label("The end. ", "5.4.1 The next"), Some("5.4.1"));
        assert_eq!(label("in paragraph ", "(a) or (b)"), None);
        assert_eq!(label("as set out in clause ", "4.3 of the UTSAD"), None);
        assert_eq!(label("tests: ", "(additional) ones"), None);
    }
}
