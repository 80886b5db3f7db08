//! What a text refers to: "clause 4.3", "Section 5.4" and "Table 8.1.8" name parts of the document that they stand in,
//! or of another. Links and checks know it from here.

use super::PartKind;
use std::ops::Range;

/// How a document's text names its own parts, and itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartWords {
    /// What sections are called, such as `Section` and `clause`.
    pub section: Vec<String>,
    /// What tables are called, such as `Table`.
    pub table: Vec<String>,
    /// The document's own names: “Section 5.4 of Appendix R” is here.
    pub own: Vec<String>,
    /// What the document belongs to, which has sections of its own: “SEC Section H14” isn't here.
    pub code: String,
}

/// A part of its own document that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPart<'t> {
    /// The word and the number, in bytes; of the further parts of an enumeration, the number.
    pub at: Range<usize>,
    /// What it is.
    pub kind: PartKind,
    /// What the text calls one of them, such as `clause`.
    pub word: &'t str,
    /// Its number, such as `5.4`.
    pub number: &'t str,
    /// The first and the last of the range that it is an end of: “Sections 1.2 to 1.5”.
    pub range: Option<(&'t str, &'t str)>,
}

impl NamedPart<'_> {
    /// Whether it goes on from another: the word stands before that.
    pub fn is_further(&self) -> bool {
        self.at.len() == self.number.len()
    }
}

/// The parts of its own document that a text names, in order: “Section 1.2”, “Sections 1.2, 1.3(b) and 1.4”, “clauses 1.2
/// to 1.5”. Those of another are named with it: “SEC Section H14”, “clauses 4.3 and 4.4 of the UTSAD”.
pub fn named_parts<'t>(text: &'t str, words: &PartWords) -> Vec<NamedPart<'t>> {
    let mut found: Vec<NamedPart<'t>> = Vec::new();
    // A number has a figure; most texts have none.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return found;
    }
    let sections = words.section.iter().map(|word| (word, PartKind::Section));
    let all = sections.chain(words.table.iter().map(|word| (word, PartKind::Table)));
    for (word, kind) in all.filter(|(word, _)| !word.is_empty()) {
        for at in word_starts(text, word).map(|start| start..start + word.len()) {
            let numbers = numbers_after(text, at.end);
            let Some(last) = numbers.last() else { continue };
            if is_after(&text[..at.start], &words.code) || is_of_another(&text[last.at.end..], words) {
                continue;
            }
            let word = &text[at.clone()];
            let number = |nth: usize| numbers.get(nth).map(|numbered| &text[numbered.at.clone()]);
            found.extend(numbers.iter().enumerate().filter_map(|(nth, numbered)| {
                let start = if nth == 0 { at.start } else { numbered.at.start };
                let ends = match numbers.get(nth + 1) {
                    Some(next) if next.ends_range => number(nth).zip(number(nth + 1)),
                    _ if numbered.ends_range => number(nth.checked_sub(1)?).zip(number(nth)),
                    _ => None,
                };
                Some(NamedPart { at: start..numbered.at.end, kind, word, number: number(nth)?, range: ends })
            }));
        }
    }
    found.sort_by_key(|named| named.at.start);
    found
}

/// Where a word begins in a text, whatever it ends in there.
fn word_starts<'t>(text: &'t str, word: &str) -> impl Iterator<Item = usize> + use<'t> {
    let starts = word.starts_with(char::is_alphanumeric);
    let found: Vec<usize> = text.match_indices(word).map(|(at, _)| at).collect();
    found.into_iter().filter(move |&at| !(starts && text[..at].ends_with(char::is_alphanumeric)))
}

/// A number of an enumeration.
struct Numbered {
    at: Range<usize>,
    /// Whether it is the end of a range that the number before it begins.
    ends_range: bool,
}

/// The number that stands after a word, or the numbers after its plural.
fn numbers_after(text: &str, from: usize) -> Vec<Numbered> {
    let space = |from: usize| text[from..].strip_prefix(char::is_whitespace).map(|rest| text.len() - rest.len());
    if let Some(start) = space(from) {
        let end = start + number_at(&text[start..]).len();
        return if start < end { vec![Numbered { at: start..end, ends_range: false }] } else { Vec::new() };
    }
    let plural = text[from..].starts_with('s').then_some(from + 1);
    let numbers = plural.and_then(space).map(|start| enumeration(text, start)).unwrap_or_default();
    if numbers.len() > 1 { numbers } else { Vec::new() }
}

/// The numbers of an enumeration or a range.
fn enumeration(text: &str, from: usize) -> Vec<Numbered> {
    let mut found = Vec::new();
    let (mut start, mut joint, mut had_last) = (from, Joint::Comma, false);
    loop {
        let number = number_at(&text[start..]);
        // After the last there may be figures of another sort: “Sections 1 and 2, and 30 days”.
        if number.is_empty() || (had_last && !number.contains('.')) {
            return found;
        }
        found.push(Numbered { at: start..start + number.len(), ends_range: joint == Joint::To });
        had_last |= joint == Joint::And;
        let rest = without_paragraphs(&text[start + number.len()..]);
        let Some((next, with)) = joined(rest) else { return found };
        (start, joint) = (text.len() - next.len(), with);
    }
}

/// What stands between two numbers of an enumeration.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Comma,
    /// The second is the last.
    And,
    /// They are the ends of a range.
    To,
}

/// What follows what joins two numbers, and that.
fn joined(text: &str) -> Option<(&str, Joint)> {
    let after_comma = text.strip_prefix(',').unwrap_or(text);
    let rest = after_comma.trim_start();
    let is_parted = rest.len() < after_comma.len();
    let word = ["and/or", "and", "or", "to"].into_iter().find_map(|word| {
        let after = rest.strip_prefix(word).filter(|after| is_parted && after.starts_with(char::is_whitespace))?;
        Some((after.trim_start(), if word == "to" { Joint::To } else { Joint::And }))
    });
    let dash = || rest.strip_prefix(['–', '-']).map(|after| (after.trim_start(), Joint::To));
    let comma = || (is_parted && after_comma.len() < text.len()).then_some((rest, Joint::Comma));
    word.or_else(dash).or_else(comma)
}

/// What follows the paragraphs that a number goes on with: “(b)(ii)”.
fn without_paragraphs(mut text: &str) -> &str {
    while let Some((_, rest)) = text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        text = rest;
    }
    text
}

/// Where some words stand in a text, whole.
pub fn whole_words<'t>(text: &'t str, words: &str) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let length = words.len();
    let (starts, ends) = (words.starts_with(char::is_alphanumeric), words.ends_with(char::is_alphanumeric));
    text.match_indices(words).map(|(at, _)| at).collect::<Vec<_>>().into_iter().filter_map(move |at| {
        let joined_before = starts && text[..at].ends_with(char::is_alphanumeric);
        let joined_after = ends && text[at + length..].starts_with(char::is_alphanumeric);
        (!joined_before && !joined_after).then_some(at..at + length)
    })
}

/// The number that a text begins with: figures and letters with full stops between, some figure among them.
pub fn number_at(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(text.len());
    let number = text[..end].trim_end_matches('.');
    if number.contains(|c: char| c.is_ascii_digit()) { number } else { "" }
}

/// Whether a text ends with the code, as a word.
fn is_after(before: &str, code: &str) -> bool {
    let rest = before.trim_end().strip_suffix(code).filter(|_| !code.is_empty());
    rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// Whether what follows a reference says that it is to another document: “of the UTSAD”, “(b) of SEC”.
fn is_of_another(after: &str, words: &PartWords) -> bool {
    let Some(rest) = without_paragraphs(after).strip_prefix(" of ") else { return false };
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let names = |own: &String| whole_words(rest, own).next().is_some_and(|at| at.start == 0);
    rest.starts_with(char::is_uppercase) && !words.own.iter().any(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> PartWords {
        let all = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        PartWords {
            section: all(&["Section", "section", "Clause", "clause"]),
            table: all(&["Table"]),
            own: all(&["Appendix R"]),
            code: "SEC".into(),
        }
    }

    fn named(text: &str) -> Vec<String> {
        named_parts(text, &words()).iter().map(|part| format!("{} {}", part.word, part.number)).collect()
    }

    #[test]
    fn parts_of_this_document_are_told_from_those_of_others() {
        assert_eq!(named("Clause 8, Section 5.4. and Table 8.1.8"), ["Clause 8", "Section 5.4", "Table 8.1.8"]);
        assert_eq!(named("SEC Section H14, clause 4.3 of the UTSAD, clause 4.3(b)(ii) of SEC"), [""; 0]);
        assert_eq!(named("Section 5.4 of this document, clause 1 of Appendix R"), ["Section 5.4", "clause 1"]);
        assert_eq!(named("Section 5.4 of Appendix RS; MUSEC Section 5"), ["Section 5"]);
        assert_eq!(named("the Section, each clause, Tables 3, Subsection 5.4"), [""; 0]);
    }

    #[test]
    fn enumerations_and_ranges_name_each_part() {
        assert_eq!(named("Sections 1.2 and 1.3"), ["Section 1.2", "Section 1.3"]);
        assert_eq!(
            named("Sections 1.2, 1.3(b)(ii) or 1.4. Clauses 8 to 9."),
            ["Section 1.2", "Section 1.3", "Section 1.4", "Clause 8", "Clause 9"]
        );
        assert_eq!(
            named("Tables 8.1.1, 8.1.2, and 8.1.3–8.1.5"),
            ["8.1.1", "8.1.2", "8.1.3", "8.1.5"].map(|n| format!("Table {n}"))
        );
        assert_eq!(
            named("Sections 1.2 and 1.3 and Section\u{a0}5.4(b)"),
            ["Section 1.2", "Section 1.3", "Section 5.4"]
        );
        assert_eq!(named("Sections 5.4 and 8, and 30 days, or 1 and/or 2"), ["Section 5.4", "Section 8"]);
        assert_eq!(
            named("clauses 4.3(b) and 4.4(a) of the UTSAD; SEC Sections H14 and H15; Sectionss 1 and 2"),
            [""; 0]
        );
        let range = |text| named_parts(text, &words()).iter().map(|part| part.range).collect::<Vec<_>>();
        assert_eq!(range("Sections 1.2, 1.3 to 1.5 and 1.7"), [None, Some(("1.3", "1.5")), Some(("1.3", "1.5")), None]);
        assert_eq!(named("Sections 1.2 and1.3, Sections 1.2,1.3"), [""; 0], "one is none");
    }

    #[test]
    fn without_words_a_text_names_nothing() {
        assert_eq!(named_parts("Section 5.4", &PartWords::default()), []);
    }
}
