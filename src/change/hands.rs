//! Whose each revision of a change document is, where several made it: of those who, by themselves, revise the same
//! paragraph, row or cell.

use crate::compose::Author;
use crate::document::{Block, Document, Hand, Mark, Paragraph, Run, Table, accept, markdown, reject};
use std::collections::BTreeSet;

/// Something that is revised, by what tells it from the rest in any document that holds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// A paragraph as it was.
    Was(String),
    /// A paragraph as it is now.
    Is(String),
    /// A row that comes or goes, by its table and its key.
    Row(Option<String>, String),
    /// A cell, by its table, its row and its column.
    Cell(Option<String>, String, usize),
}

/// A revised paragraph, row or cell of a document.
struct Revised {
    block: usize,
    row: Option<usize>,
    cell: Option<usize>,
    keys: Vec<Key>,
}

/// Someone who made revisions, and what they are of.
#[derive(Debug)]
pub struct Reviser {
    author: Author,
    keys: BTreeSet<Key>,
}

impl Reviser {
    /// The one who made a redline by himself.
    pub fn new(author: Author, redline: &Document) -> Self {
        Self { author, keys: revised(redline).into_iter().flat_map(|it| it.keys).collect() }
    }
}

/// Whose each revision is; one of the target itself, or of nobody known, isn't said.
pub(super) fn hands(document: &Document, revisers: &[Reviser], target: &str) -> Vec<Hand> {
    let mut hands = Vec::new();
    for it in revised(document).into_iter().filter(|_| !revisers.is_empty()) {
        let is_its = |reviser: &&Reviser| it.keys.iter().any(|key| reviser.keys.contains(key));
        let found: Vec<&Author> = revisers.iter().filter(is_its).map(|reviser| &reviser.author).collect();
        if found.iter().all(|author| author.id == target) {
            continue;
        }
        let names: Vec<&str> = found.iter().map(|author| author.name.as_str()).collect();
        hands.push(Hand {
            block: it.block,
            row: it.row,
            cell: it.cell,
            author: names.join(", "),
            date: found.iter().filter_map(|author| author.date.clone()).max(),
        });
    }
    hands
}

fn revised(document: &Document) -> Vec<Revised> {
    let mut found = Vec::new();
    for (at, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Paragraph(paragraph) if is_revised(paragraph) => {
                let alone = Document { blocks: vec![block.clone()], ..Document::default() };
                let text = |document: Document| markdown::write_blocks(&document.blocks).trim().to_owned();
                let (was, is) = (text(reject(&alone)), text(accept(&alone)));
                let keys = [(was, Key::Was as fn(String) -> Key), (is, Key::Is)];
                let keys = keys.into_iter().filter(|(text, _)| !text.is_empty()).map(|(text, key)| key(text)).collect();
                found.push(Revised { block: at, row: None, cell: None, keys });
            }
            Block::Table(table) => of_table(at, table, &mut found),
            _ => {}
        }
    }
    found
}

fn is_revised(paragraph: &Paragraph) -> bool {
    paragraph.mark != Mark::Kept || paragraph.kind.was.is_some() || paragraph.runs.iter().any(Run::is_revised)
}

fn of_table(block: usize, table: &Table, found: &mut Vec<Revised>) {
    // Word has the rows of a table with other columns twice, and their cells in other places.
    if table.columns.iter().any(|column| column.mark != Mark::Kept) {
        return;
    }
    let id = &table.id.now;
    for (at, row) in table.rows.iter().enumerate() {
        let key = &row.key.now;
        if row.mark != Mark::Kept {
            let keys = vec![Key::Row(id.clone(), key.clone())];
            found.push(Revised { block, row: Some(at), cell: None, keys });
            continue;
        }
        let cells = row.cells.iter().enumerate();
        for (column, _) in cells.filter(|(_, cell)| cell.runs.iter().any(Run::is_revised)) {
            let keys = vec![Key::Cell(id.clone(), key.clone(), column)];
            found.push(Revised { block, row: Some(at), cell: Some(column), keys });
        }
    }
}
