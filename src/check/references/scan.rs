//! Finding what a text refers to.

use crate::check::terms::words;
use crate::document::PartKind;
use crate::model::ReferenceWords;
use std::ops::Range;

/// A section or a table that a text names.
#[derive(Debug)]
pub(super) struct Named<'t> {
    pub at: Range<usize>,
    pub kind: PartKind,
    /// What the text calls it, such as "clause".
    pub word: &'t str,
    pub number: &'t str,
}

/// A Service Request that a text names.
#[derive(Debug)]
pub(super) struct Mention<'t> {
    pub at: Range<usize>,
    pub variant: &'t str,
}

/// The parts of this document that a text names. Those of another are named with it: “SEC Section H14”, “clause 4.3
/// of the UTSAD”.
pub(super) fn parts<'t>(text: &'t str, wording: &ReferenceWords, code: &str) -> Vec<Named<'t>> {
    let sections = std::iter::once(&wording.section).chain(&wording.section_also);
    let kinds = sections.map(|word| (word, PartKind::Section)).chain([(&wording.table, PartKind::Table)]);
    let mut found = Vec::new();
    for (word, kind) in kinds.filter(|(word, _)| !word.is_empty()) {
        for at in words(text, word) {
            let Some(rest) = text.get(at.end..).and_then(|rest| rest.strip_prefix(' ')) else { continue };
            let number = number(rest);
            let end = at.end + 1 + number.len();
            let elsewhere = names_another(text.get(end..).unwrap_or_default());
            let of_code = text.get(..at.start).is_some_and(|before| before.trim_end().ends_with(code));
            if !number.is_empty() && !elsewhere && !of_code {
                found.push(Named { at: at.start..end, kind, word: &text[at], number });
            }
        }
    }
    found.sort_by_key(|named| named.at.start);
    found
}

/// Whether what follows a reference says that it is to another document: “of the UTSAD”, “of SEC”.
fn names_another(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(" of ") else { return false };
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    rest.starts_with(char::is_uppercase)
}

/// The Service Requests that a text names: numbers after the words for one, after a dash, a colon or a bracket, and
/// the further ones of an enumeration.
pub(super) fn requests<'t>(text: &'t str, wording: &ReferenceWords) -> Vec<Mention<'t>> {
    let says = |phrase: &String| words(text, phrase).next().is_some();
    if !wording.service_request.iter().any(says) {
        return Vec::new();
    }
    let mut found: Vec<Mention<'t>> = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let start = from + start;
        let number = number(&text[start..]);
        from = start + number.len().max(1);
        let before = &text[..start];
        let follows = found.last().is_some_and(|last| enumerates(&text[last.at.end..start]));
        if number.contains('.') && (follows || opens(before, wording)) {
            found.push(Mention { at: start..start + number.len(), variant: number });
        }
    }
    found
}

/// Whether a number that follows this text is a Service Request's.
fn opens(before: &str, wording: &ReferenceWords) -> bool {
    let trimmed = before.trim_end();
    let after_word = wording.service_request.iter().any(|word| trimmed.ends_with(word.as_str()));
    before.ends_with('(') || (before.ends_with(' ') && (after_word || trimmed.ends_with(['–', '—', '-', ':'])))
}

/// Whether two numbers with this between them belong to one enumeration.
fn enumerates(between: &str) -> bool {
    let between = between.trim().trim_start_matches([',', ';', '(', ')']).trim();
    matches!(between, "" | "and" | "or" | "to" | "&")
}

/// The number that a text begins with: digits and letters with points between.
fn number(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(text.len());
    let number = text[..end].trim_end_matches('.');
    if number.chars().any(|c| c.is_ascii_digit()) { number } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording() -> ReferenceWords {
        ReferenceWords {
            section: "Section".into(),
            section_also: vec!["clause".into(), "Clause".into()],
            table: "Table".into(),
            service_request: vec!["Service Request".into(), "Service Requests".into()],
            obligation: Vec::new(),
        }
    }

    fn variants(text: &str) -> Vec<&str> {
        requests(text, &wording()).into_iter().map(|mention| mention.variant).collect()
    }

    #[test]
    fn service_requests_are_told_from_other_numbers() {
        assert_eq!(variants("Service Requests for Dual Band Hubs – 6.28, 6.29 and 6.30"), ["6.28", "6.29", "6.30"]);
        assert_eq!(variants("the Service Request 6.2.10 (or 7.7) of 2019"), ["6.2.10", "7.7"]);
        assert_eq!(variants("the R2.0 Service Request in testing for Release 2.0."), [""; 0]);
        assert_eq!(variants("see clause 4.3 – 6.28"), [""; 0], "nothing speaks of a Service Request");
        assert_eq!(variants("Service Request –"), [""; 0]);
        assert_eq!(variants("Service Requests: 6..28. 19"), ["6..28"]);
    }

    #[test]
    fn parts_of_this_document_are_told_from_those_of_others() {
        let named = |text: &str| -> Vec<String> {
            parts(text, &wording(), "SEC").iter().map(|named| format!("{} {}", named.word, named.number)).collect()
        };
        assert_eq!(named("Clause 8, Section 5.4. and Table 8.1.8"), ["Clause 8", "Section 5.4", "Table 8.1.8"]);
        assert_eq!(named("SEC Section H14, clause 4.3 of the UTSAD"), [""; 0]);
        assert_eq!(named("Section 5.4 of this document"), ["Section 5.4"]);
        assert_eq!(named("the Section, each clause, Tables 3"), [""; 0]);
    }
}
