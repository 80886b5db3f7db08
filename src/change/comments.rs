//! What reviewers said of a version, in the document that goes out again: at the part, the row or the words that it is on.

use crate::document::{Block, Comment, Document, RowKind, Said, Table, text_of};
use crate::model::{self, Version};
use std::ops::Range;

/// Puts the comments that aren't resolved on the document, each with its answers.
pub(super) fn put(document: &mut Document, comments: &[model::Comment], version: &Version) {
    for comment in comments.iter().filter(|comment| comment.is_open()) {
        let place = place(document, comment, version);
        let (block, row) = place.unwrap_or_default();
        let about = match place {
            Some(_) => String::new(),
            // The document doesn't show what it is on.
            None => on(comment),
        };
        let thread = document.comments.len();
        let said = |author: &str, date: &Option<String>, text: String, answers: Option<usize>| Comment {
            block,
            row,
            text,
            by: Some(Said { author: author.to_owned(), date: date.clone() }),
            answers,
        };
        let first = said(&comment.author, &comment.date, format!("{about}{}", comment.text.text.trim_end()), None);
        let answer = |it: &model::Answer| said(&it.author, &it.date, it.text.text.trim_end().to_owned(), Some(thread));
        let answers = comment.answers.iter().map(answer);
        let all: Vec<Comment> = [first].into_iter().chain(answers).collect();
        document.comments.extend(all);
    }
}

/// What a comment is on, before what it says.
fn on(comment: &model::Comment) -> String {
    let number = comment.section.as_ref().or(comment.table.as_ref());
    number.map(|number| format!("[{}] ", number.value)).unwrap_or_default()
}

/// The block and the row that a comment is on, if they are shown.
fn place(document: &Document, comment: &model::Comment, version: &Version) -> Option<(usize, Option<usize>)> {
    let words = comment.words.as_deref().map(folded).filter(|words| !words.is_empty());
    if let Some(table) = &comment.table {
        let id = &version.matrix_numbered(table)?.id;
        let is_it = |block: &Block| matches!(block, Block::Table(table) if table.id.now.as_ref() == Some(id));
        let at = document.blocks.iter().position(is_it)?;
        let Block::Table(table) = &document.blocks[at] else { return None };
        return Some((at, row(table, comment.row.as_deref().map(String::as_str), words.as_deref())));
    }
    let Some(section) = &comment.section else {
        let is_text = |block: &Block| matches!(block, Block::Paragraph(_));
        return document.blocks.iter().position(is_text).map(|at| (at, None));
    };
    let shown = section_blocks(document, &version.section_numbered(section)?.id)?;
    let holds = |at: &usize| words.as_deref().is_some_and(|words| holds(&document.blocks[*at], words));
    let at = shown.clone().find(holds).unwrap_or(shown.start);
    let row = match &document.blocks[at] {
        Block::Table(table) => row(table, None, words.as_deref()),
        _ => None,
    };
    Some((at, row))
}

/// The blocks of a section, from what opens it.
fn section_blocks(document: &Document, id: &str) -> Option<Range<usize>> {
    let opens = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.kind.now.section_id().map(str::to_owned),
        Block::Table(table) => table.id.now.as_ref().map(|_| String::new()),
        Block::Furniture(_) => None,
    };
    let start = document.blocks.iter().position(|block| opens(block).as_deref() == Some(id))?;
    let rest = document.blocks[start + 1..].iter().position(|block| opens(block).is_some());
    Some(start..rest.map_or(document.blocks.len(), |length| start + 1 + length))
}

/// The row of that key, else the first that holds the words.
fn row(table: &Table, key: Option<&str>, words: Option<&str>) -> Option<usize> {
    let of_key = |key: &str| {
        let is_it = |row: &crate::document::TableRow| {
            row.kind == RowKind::Data
                && (row.key.now == key || row.cells.iter().any(|cell| text_of(&cell.runs).trim() == key))
        };
        table.rows.iter().position(is_it)
    };
    let of_words = |words: &str| {
        table.rows.iter().position(|row| row.cells.iter().any(|cell| folded(&text_of(&cell.runs)).contains(words)))
    };
    key.and_then(of_key).or_else(|| words.and_then(of_words))
}

fn holds(block: &Block, words: &str) -> bool {
    match block {
        Block::Paragraph(paragraph) => folded(&paragraph.text()).contains(words),
        Block::Table(table) => row(table, None, Some(words)).is_some(),
        Block::Furniture(_) => false,
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
