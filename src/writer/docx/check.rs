//! Characters that XML can't carry: a file with one in it opens nowhere.

use crate::document::markdown::is_forbidden;
use crate::document::{Block, Document, Meta, Run};
use crate::writer::Problem;

/// A problem for every text that holds such a character.
pub fn problems(document: &Document, author: &str) -> Vec<Problem> {
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
    for meta in [Some(&document.meta.now), document.meta.was.as_ref()].into_iter().flatten() {
        texts(meta).for_each(|text| check(None, text));
    }
    for (index, block) in document.blocks.iter().enumerate() {
        runs(block).for_each(|run| check(Some(index), &run.text));
    }
    for comment in &document.comments {
        check(Some(comment.block), &comment.text);
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

fn runs(block: &Block) -> impl Iterator<Item = &Run> {
    let (paragraph, table) = match block {
        Block::Paragraph(paragraph) => (Some(paragraph), None),
        Block::Table(table) => (None, Some(table)),
        Block::Furniture(_) => (None, None),
    };
    let cells = table.into_iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    paragraph.into_iter().flat_map(|paragraph| &paragraph.runs).chain(cells.flat_map(|cell| &cell.runs))
}
