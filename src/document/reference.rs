//! What a text refers to: "clause 4.3", "Section 5.4" and "Table 8.1.8" name parts of the document that they stand in,
//! or of another. Links and checks know it from here.

use super::{Block, Document, Kind, Mark, Part, PartKind, Run, TextRole, anchor, parts, text_of};
use std::collections::BTreeMap;
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
    /// The word and the number, in bytes.
    pub at: Range<usize>,
    /// What it is.
    pub kind: PartKind,
    /// What the text calls it, such as `clause`.
    pub word: &'t str,
    /// Its number, such as `5.4`.
    pub number: &'t str,
}

/// The parts of its own document that a text names, in order. Those of another are named with it: “SEC Section H14”,
/// “clause 4.3 of the UTSAD”.
pub fn named_parts<'t>(text: &'t str, words: &PartWords) -> Vec<NamedPart<'t>> {
    let sections = words.section.iter().map(|word| (word, PartKind::Section));
    let all = sections.chain(words.table.iter().map(|word| (word, PartKind::Table)));
    let mut found = Vec::new();
    for (word, kind) in all.filter(|(word, _)| !word.is_empty()) {
        for at in whole_words(text, word) {
            let Some(rest) = text[at.end..].strip_prefix(' ') else { continue };
            let number = number_at(rest);
            let end = at.end + 1 + number.len();
            if !number.is_empty() && !is_after(&text[..at.start], &words.code) && !is_of_another(&text[end..], words) {
                found.push(NamedPart { at: at.start..end, kind, word: &text[at], number });
            }
        }
    }
    found.sort_by_key(|named| named.at.start);
    found
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
    let mut after = after;
    while let Some((_, rest)) = after.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        after = rest;
    }
    let Some(rest) = after.strip_prefix(" of ") else { return false };
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let names = |own: &String| whole_words(rest, own).next().is_some_and(|at| at.start == 0);
    rest.starts_with(char::is_uppercase) && !words.own.iter().any(names)
}

/// Makes each reference to a part of the document a link to it. Headings, captions, instructions and what is linked
/// already stay as they are.
pub fn link_references(document: &mut Document, words: &PartWords) {
    let targets = targets(document);
    if targets.is_empty() {
        return;
    }
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(paragraph) if !names_itself(&paragraph.kind.now) => {
                link_runs(&mut paragraph.runs, &targets, words);
            }
            Block::Paragraph(_) | Block::Furniture(_) => {}
            Block::Table(table) => {
                table
                    .rows
                    .iter_mut()
                    .flat_map(|row| &mut row.cells)
                    .for_each(|cell| link_runs(&mut cell.runs, &targets, words));
            }
        }
    }
}

fn names_itself(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Heading { .. }
            | Kind::Role(TextRole::Title | TextRole::Subtitle | TextRole::Instruction | TextRole::Caption)
    )
}

/// The anchor of each part that can be referred to, by kind and number.
type Targets = BTreeMap<(PartKind, String), String>;

fn targets(document: &Document) -> Targets {
    let number = |part: &Part| match document.blocks.get(part.blocks.start) {
        Some(Block::Paragraph(p)) => number_in(&text_of(&p.runs)).map(str::to_owned),
        _ => None,
    };
    let target = |part: &Part| {
        let number = number(part).unwrap_or_else(|| part.id.clone());
        ((part.kind, number), format!("#{}", anchor(part.kind, &part.id)))
    };
    parts(document).iter().map(target).collect()
}

/// The first section number in some text.
fn number_in(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

fn link_runs(runs: &mut Vec<Run>, targets: &Targets, words: &PartWords) {
    // A number has a figure; most cells of a table have none.
    if !runs.iter().any(|run| run.text.bytes().any(|byte| byte.is_ascii_digit())) {
        return;
    }
    let links = links(runs, targets, words);
    if links.iter().all(Vec::is_empty) {
        return;
    }
    let mut linked = Vec::with_capacity(runs.len() + 2);
    for (run, links) in runs.drain(..).zip(links) {
        let mut from = 0;
        for (range, target) in links {
            push_slice(&mut linked, &run, from..range.start, None);
            push_slice(&mut linked, &run, range.clone(), Some(target));
            from = range.end;
        }
        push_slice(&mut linked, &run, from..run.text.len(), None);
    }
    *runs = linked;
}

/// Of each run, the stretches that name a part that is here, with its anchor.
///
/// What stands before and after a run says what it refers to, so the text is read as a whole: as it is now, and for
/// what is deleted, as it was.
fn links<'a>(runs: &[Run], targets: &'a Targets, words: &PartWords) -> Vec<Vec<(Range<usize>, &'a str)>> {
    let mut links = vec![Vec::new(); runs.len()];
    for (other, own) in [(Mark::Deleted, None), (Mark::Inserted, Some(Mark::Deleted))] {
        let is_own = |run: &Run| own.is_none_or(|own| run.mark == own);
        if !runs.iter().any(|run| run.mark != other && is_own(run)) {
            continue;
        }
        let read: Vec<usize> = (0..runs.len()).filter(|&index| runs[index].mark != other).collect();
        let text: String = read.iter().map(|&index| runs[index].text.as_str()).collect();
        let mut named = named_parts(&text, words).into_iter().peekable();
        let mut start = 0;
        for index in read {
            let (run, end) = (&runs[index], start + runs[index].text.len());
            while let Some(part) = named.next_if(|part| part.at.start < end) {
                // What goes on in another style is no one link.
                let whole = part.at.start >= start && part.at.end <= end;
                let target = targets.get(&(part.kind, part.number.to_owned()));
                if let (true, Some(target)) = (whole && is_own(run) && run.style.now.link.is_none(), target) {
                    links[index].push((part.at.start - start..part.at.end - start, target.as_str()));
                }
            }
            start = end;
        }
    }
    links
}

fn push_slice(runs: &mut Vec<Run>, run: &Run, range: Range<usize>, link: Option<&str>) {
    let text = &run.text[range];
    if text.is_empty() {
        return;
    }
    let mut piece = Run { text: text.to_owned(), ..run.clone() };
    if let Some(link) = link {
        piece.style.now.link = Some(link.to_owned());
        if let Some(was) = &mut piece.style.was {
            was.link = Some(link.to_owned());
        }
    }
    runs.push(piece);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Paragraph, markdown};

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
    fn without_words_a_text_names_nothing() {
        assert_eq!(named_parts("Section 5.4", &PartWords::default()), []);
    }

    fn document(paragraph: Vec<Run>) -> Document {
        let headings = "## 4.3 Other {#section-4.3}\n\n## 5.4 Heading {#section-5.4}\n\nText.\n";
        let mut document = markdown::read(headings).unwrap();
        let Some(Block::Paragraph(last)) = document.blocks.last_mut() else { panic!("no paragraph") };
        last.runs = paragraph;
        document
    }

    /// Each run after linking; what is linked has its target after a bar.
    fn linked(runs: &[(&str, Mark)]) -> Vec<String> {
        let run = |(text, mark): &(&str, Mark)| Run { text: (*text).to_owned(), mark: *mark, ..Run::default() };
        let mut document = document(runs.iter().map(run).collect());
        link_references(&mut document, &words());
        let Some(Block::Paragraph(Paragraph { runs, .. })) = document.blocks.pop() else { panic!("no paragraph") };
        let shown = |run: Run| run.text + &run.style.now.link.map(|link| format!("|{link}")).unwrap_or_default();
        runs.into_iter().map(shown).collect()
    }

    #[test]
    fn a_reference_to_a_section_that_is_here_leads_there() {
        assert_eq!(linked(&[("See Section 5.4.", Mark::Kept)]), ["See ", "Section 5.4|#section-5.4", "."]);
    }

    #[test]
    fn a_reference_to_what_is_elsewhere_stays_text() {
        for text in ["See Section 5.44.", "See SEC Section 5.4.", "as in clause 4.3 of the UTSAD", "clause 4.3A"] {
            assert_eq!(linked(&[(text, Mark::Kept)]), [text]);
        }
    }

    #[test]
    fn what_says_that_it_is_elsewhere_can_stand_in_another_run() {
        use Mark::{Deleted, Inserted, Kept};
        assert_eq!(linked(&[("SEC ", Inserted), ("Section 5.4.", Kept)]), ["SEC ", "Section 5.4."]);
        // Deleted, it no longer says so.
        let now = linked(&[("clause 4.3", Kept), (" of the UTSAD", Deleted)]);
        assert_eq!(now, ["clause 4.3|#section-4.3", " of the UTSAD"]);
        // What is deleted is read as it stood.
        let was = linked(&[("SEC ", Deleted), ("Section 5.4", Deleted), ("Section 4.3", Inserted)]);
        assert_eq!(was, ["SEC ", "Section 5.4", "Section 4.3|#section-4.3"]);
        // A number that goes on in the next run isn't cut short.
        let longer = linked(&[("Section 5.", Kept), ("4", Deleted), ("5", Inserted)]);
        assert_eq!(longer, ["Section 5.", "4", "5"]);
    }
}
