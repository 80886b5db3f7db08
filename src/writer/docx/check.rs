//! Characters that XML can't carry: a file with one in it opens nowhere.

use crate::document::markdown::is_forbidden;
use crate::document::{Block, Document, Kind, Meta, Revised, Run};
use crate::ooxml::trace::Trace;
use crate::writer::{Problem, limits};

/// A problem for every text that holds such a character.
pub fn problems(document: &Document, author: &str, trace: &Trace) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut check = |block: Option<usize>, text: &str| {
        if let Some(found) = text.chars().find(|c| !is_carried(*c)) {
            problems.push(Problem {
                block,
                character: Some(found),
                message: format!("Word can't hold the character U+{:04X}", u32::from(found)),
                help: "take it out of the text: it is a control character, which no reader would see".to_owned(),
            });
        }
    };
    check(None, author);
    let Trace { tool, base, target, authors, sent: _ } = trace;
    check(None, tool);
    authors.iter().for_each(|author| check(None, author));
    for version in base.iter().chain(target) {
        check(None, &version.id);
    }
    for meta in document.meta.both() {
        texts(meta).for_each(|text| check(None, text));
    }
    for (index, block) in document.blocks.iter().enumerate() {
        runs(block).for_each(|run| check(Some(index), &run.text));
        limits::figures(block).for_each(|figure| check(Some(index), &figure.alt));
        identities(block).for_each(|identity| check(Some(index), identity));
    }
    for comment in &document.comments {
        check(Some(comment.block), &comment.text);
        comment.by.iter().for_each(|by| check(Some(comment.block), &by.author));
    }
    problems
}

/// XML 1.0's characters, but for the carriage return: an XML reader turns it into something else.
fn is_carried(c: char) -> bool {
    c != '\r' && !is_forbidden(c)
}

fn texts(meta: &Meta) -> impl Iterator<Item = &str> {
    let Meta { title, subject, language, classification, header, footer } = meta;
    [title, subject, language, classification, header].into_iter().chain(footer).map(String::as_str)
}

/// What a block and its rows are known by, in both texts.
fn identities(block: &Block) -> impl Iterator<Item = &str> {
    let (kind, table) = match block {
        Block::Paragraph(paragraph) => (Some(&paragraph.kind), None),
        Block::Table(table) => (None, Some(table)),
        Block::Furniture(_) => (None, None),
    };
    let sections = kind.into_iter().flat_map(Revised::both).filter_map(Kind::section_id);
    let tables = table.into_iter().flat_map(|table| table.id.both()).filter_map(Option::as_deref);
    let keys = table.into_iter().flat_map(|table| &table.rows).flat_map(|row| row.key.both()).map(String::as_str);
    sections.chain(tables).chain(keys)
}

fn runs(block: &Block) -> impl Iterator<Item = &Run> {
    let (paragraph, table) = match block {
        Block::Paragraph(paragraph) => (Some(paragraph), None),
        Block::Table(table) => (None, Some(table)),
        Block::Furniture(_) => (None, None),
    };
    let cells = table.into_iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    paragraph.into_iter().flat_map(|paragraph| &paragraph.runs).chain(cells.flat_map(|cell| &cell.runs))
}
