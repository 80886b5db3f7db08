//! Cross references: "clause 4.3", "Section 5.4" and "Table 8.1.8" lead to what they name, where it is here.

use super::{Block, Document, Kind, Part, PartKind, Role, Run, anchor, parts, text_of};
use std::collections::BTreeMap;
use std::ops::Range;

/// The words that a reference begins with, and what they name.
const NAMES: [(&str, PartKind); 6] = [
    ("Section ", PartKind::Section),
    ("section ", PartKind::Section),
    ("Clause ", PartKind::Section),
    ("clause ", PartKind::Section),
    ("Table ", PartKind::Table),
    ("table ", PartKind::Table),
];

/// Makes each reference to a part of the document a link to it. Headings, captions, instructions and what is linked already stay
/// as they are.
pub fn link_references(document: &mut Document) {
    let targets = targets(document);
    if targets.is_empty() {
        return;
    }
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(paragraph) if !names_itself(&paragraph.kind.now) => {
                link_runs(&mut paragraph.runs, &targets);
            }
            Block::Paragraph(_) | Block::Furniture(_) => {}
            Block::Table(table) => {
                table
                    .rows
                    .iter_mut()
                    .flat_map(|row| &mut row.cells)
                    .for_each(|cell| link_runs(&mut cell.runs, &targets));
            }
        }
    }
}

fn names_itself(kind: &Kind) -> bool {
    matches!(kind, Kind::Heading { .. } | Kind::Role(Role::Title | Role::Subtitle | Role::Instruction | Role::Caption))
}

/// What can be referred to, by kind and number.
fn targets(document: &Document) -> BTreeMap<(PartKind, String), String> {
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

fn link_runs(runs: &mut Vec<Run>, targets: &BTreeMap<(PartKind, String), String>) {
    if !runs.iter().any(|run| run.style.now.link.is_none() && references(&run.text, targets).next().is_some()) {
        return;
    }
    let mut linked = Vec::with_capacity(runs.len() + 2);
    for run in runs.drain(..) {
        if run.style.now.link.is_some() {
            linked.push(run);
            continue;
        }
        let mut from = 0;
        for (range, target) in references(&run.text, targets) {
            push_slice(&mut linked, &run, from..range.start, None);
            push_slice(&mut linked, &run, range.clone(), Some(target));
            from = range.end;
        }
        push_slice(&mut linked, &run, from..run.text.len(), None);
    }
    *runs = linked;
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

/// Where a text refers to a part that is here, and its anchor.
fn references<'a>(
    text: &'a str,
    targets: &'a BTreeMap<(PartKind, String), String>,
) -> impl Iterator<Item = (Range<usize>, &'a str)> {
    let mut hits: Vec<(Range<usize>, &str)> = NAMES
        .iter()
        .flat_map(|&(name, kind)| {
            text.match_indices(name).filter_map(move |(at, _)| {
                let begins_word = !text[..at].ends_with(char::is_alphanumeric);
                let number = number_at(&text[at + name.len()..]);
                let target = targets.get(&(kind, number.to_owned()))?;
                begins_word.then(|| (at..at + name.len() + number.len(), target.as_str()))
            })
        })
        .collect();
    hits.sort_by_key(|(range, _)| range.start);
    hits.into_iter()
}

/// The digits and inner full stops that a text begins with.
fn number_at(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Paragraph, markdown};

    fn linked(text: &str) -> Vec<(String, Option<String>)> {
        let source = format!("## 5.4 Heading {{#section-5.4}}\n\n{text}\n");
        let mut document = markdown::read(&source).unwrap();
        link_references(&mut document);
        let Some(Block::Paragraph(Paragraph { runs, .. })) = document.blocks.pop() else { panic!("no paragraph") };
        runs.into_iter().map(|run| (run.text, run.style.now.link)).collect()
    }

    #[test]
    fn a_reference_to_a_section_that_is_here_leads_there() {
        let wanted = [("See ", None), ("Section 5.4", Some("#section-5.4")), (".", None)];
        assert_eq!(linked("See Section 5.4."), wanted.map(|(t, l)| (t.to_owned(), l.map(str::to_owned))));
    }

    #[test]
    fn a_reference_to_what_is_elsewhere_stays_text() {
        assert_eq!(linked("See clause 4.3 and Section 5.44."), [("See clause 4.3 and Section 5.44.".to_owned(), None)]);
    }
}
