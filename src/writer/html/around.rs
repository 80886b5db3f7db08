//! What a page of matrices knows beside its tables: what their cells can hold, and which clauses name which rows.

use crate::document::{Block, Document, Paragraph, PartKind, PartWords, Run, named_parts, number_at, parts};
use crate::model::Applicability;
use crate::writer::view::RevisionView;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a page of matrices knows beside the document.
#[derive(Clone, Debug)]
pub(super) struct Around<'d> {
    values: &'d [Applicability],
    /// The page that has the text around them, if there is one.
    pub text: Option<&'d str>,
    /// The sections, in order, with the rows that each names.
    pub sections: Vec<Naming>,
    /// What stands over the column that says which clauses name a row.
    pub named_in: &'d str,
}

/// A section, and in each of its texts what it is called and what its own words name.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    pub id: String,
    pub labels: [String; 2],
    pub numbers: [BTreeSet<String>; 2],
}

/// What a cell can hold, as the template of the page sees it.
#[derive(Debug, Serialize)]
pub(super) struct ValueContext<'d> {
    name: &'d str,
    /// Tells its colour.
    class: String,
}

impl<'d> Around<'d> {
    /// What is known of the tables of a document.
    pub fn new(document: &Document, values: &'d [Applicability], words: &PartWords) -> Self {
        let sections = parts(document).into_iter().filter(|part| part.kind == PartKind::Section).map(|part| {
            let blocks = &document.blocks[part.blocks];
            let texts = RevisionView::BOTH.map(|view| said(blocks, view));
            let label = |texts: &Vec<String>| label(texts.first().map_or("", String::as_str));
            let labels = texts.each_ref().map(label);
            Naming { id: part.id, labels, numbers: texts.map(|texts| numbers(&texts, words)) }
        });
        Self { values, text: None, sections: sections.collect(), named_in: "" }
    }

    pub fn with(self, text: Option<&'d str>, named_in: &'d str) -> Self {
        Self { text, named_in, ..self }
    }

    /// Each thing that a cell can hold, with its colour.
    pub fn values(&self) -> Vec<ValueContext<'d>> {
        let context = |value: &'d Applicability| ValueContext {
            name: &value.name,
            class: format!("heat-{}", self.heat(&value.name).unwrap_or_default()),
        };
        self.values.iter().map(context).collect()
    }

    /// Its place among what counts as a test, from 1; 0, if it doesn't.
    pub fn heat(&self, text: &str) -> Option<usize> {
        let known = self.values.iter().find(|value| *value.name == *text)?;
        let tests = self.values.iter().filter(|value| value.counts_as_test);
        Some(tests.zip(1..).find(|(value, _)| value.name == known.name).map_or(0, |(_, at)| at))
    }
}

/// The text of each paragraph, so far as it stands in a view.
fn said(blocks: &[Block], view: RevisionView) -> Vec<String> {
    let paragraphs = blocks.iter().filter_map(paragraph);
    paragraphs.map(|paragraph| text_in(&paragraph.runs, view)).collect()
}

/// What a block says, if it is words.
pub(super) fn paragraph(block: &Block) -> Option<&Paragraph> {
    match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) | Block::Furniture(_) => None,
    }
}

/// What some runs say in a view.
pub(super) fn text_in(runs: &[Run], view: RevisionView) -> String {
    runs.iter().filter(|run| view.holds(run.mark)).map(|run| run.text.as_str()).collect()
}

/// What a section is called beside a row: its number, or if it has none its heading.
fn label(heading: &str) -> String {
    let number = number_at(heading);
    if number.is_empty() { heading.to_owned() } else { number.to_owned() }
}

/// The numbers with a full stop in them that a text has, without those of its own parts.
fn numbers(texts: &[String], words: &PartWords) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // The first is the heading, with its own number.
    for text in texts.iter().skip(1).filter(|text| text.bytes().any(|byte| byte.is_ascii_digit())) {
        let own: BTreeMap<usize, usize> =
            named_parts(text, words).into_iter().map(|it| (it.at.start, it.at.end)).collect();
        let is_number = |c: char| c.is_ascii_digit() || c == '.';
        let mut rest = 0;
        while let Some(start) = text[rest..].find(|c: char| c.is_ascii_digit()).map(|at| rest + at) {
            let end = text[start..].find(|c: char| !is_number(c)).map_or(text.len(), |at| start + at);
            rest = end;
            let number = text[start..end].trim_end_matches('.');
            let is_part = own.range(..=start).next_back().is_some_and(|(_, part_end)| start < *part_end);
            let is_word =
                text[..start].ends_with(char::is_alphanumeric) || text[end..].starts_with(char::is_alphanumeric);
            if number.contains('.') && !is_part && !is_word {
                found.insert(number.to_owned());
            }
        }
    }
    found
}
