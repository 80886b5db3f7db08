//! Whose each revision of a change document is, where several made it: of those who, by themselves, revise the same
//! paragraph, row or cell.

use crate::compose::Author;
use crate::document::{Block, Cell, Document, Hand, Mark, Paragraph, Run, Table, TableRow, accept, markdown, reject};
use std::collections::{BTreeMap, BTreeSet};

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
    /// The keys of the rows of each table, in their order, those that he deletes too.
    rows: BTreeMap<Option<String>, Vec<String>>,
}

impl Reviser {
    /// The one who made a redline by himself.
    pub fn new(author: Author, redline: &Document) -> Self {
        let tables =
            redline.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        let keys = |table: &Table| table.rows.iter().map(|row| row.key.now.clone()).collect();
        Self {
            author,
            keys: revised(redline).into_iter().flat_map(|it| it.keys).collect(),
            rows: tables.map(|table| (table.id.now.clone(), keys(table))).collect(),
        }
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

/// Parts each row that is one modification's deleted and another's inserted row in one, as a redline of two texts pairs
/// what stands in one place: nobody made the one of the other. Then each new row stands where its own modification has it.
pub(super) fn part_rows(document: &mut Document, revisers: &[Reviser]) {
    if revisers.len() < 2 {
        return;
    }
    for (block, content) in document.blocks.iter_mut().enumerate() {
        let Block::Table(table) = content else { continue };
        let id = table.id.now.clone();
        let is_whole = |key: &String| {
            let key = Key::Row(id.clone(), key.clone());
            revisers.iter().any(|reviser| reviser.keys.contains(&key))
        };
        let mut at = 0;
        while let Some(row) = table.rows.get(at) {
            let was =
                row.key.was.clone().filter(|was| row.mark == Mark::Kept && is_whole(was) && is_whole(&row.key.now));
            if let Some(was) = was {
                let (old, new) =
                    (one_sided(row, was, Mark::Deleted), one_sided(row, row.key.now.clone(), Mark::Inserted));
                table.rows.splice(at..=at, [old, new]);
                let comments = document.comments.iter_mut().filter(|comment| comment.block == block);
                comments.filter_map(|comment| comment.row.as_mut()).filter(|row| **row > at).for_each(|row| *row += 1);
                at += 1;
            }
            at += 1;
        }
        let order = placed(&table.rows, |row| {
            let key = Key::Row(id.clone(), row.key.now.clone());
            let owner = revisers.iter().find(|reviser| reviser.keys.contains(&key))?;
            owner.rows.get(&id).map(Vec::as_slice)
        });
        let mut rows: Vec<Option<TableRow>> = table.rows.drain(..).map(Some).collect();
        table.rows = order.iter().filter_map(|&at| rows[at].take()).collect();
        let comments = document.comments.iter_mut().filter(|comment| comment.block == block);
        for row in comments.filter_map(|comment| comment.row.as_mut()) {
            *row = order.iter().position(|at| at == row).unwrap_or(*row);
        }
    }
}

/// The order of rows in which an inserted row stands to those beside it that another deletes as it does in the table of
/// whoever inserts it, which has them still.
fn placed<'a>(rows: &[TableRow], table_of: impl Fn(&TableRow) -> Option<&'a [String]>) -> Vec<usize> {
    let all: Vec<usize> = (0..rows.len()).collect();
    let stays = |at: usize| rows[at].mark == Mark::Kept;
    let mut order = Vec::with_capacity(rows.len());
    for gap in all.chunk_by(|&a, &b| stays(a) == stays(b)) {
        let (deleted, others): (Vec<usize>, Vec<usize>) = gap.iter().partition(|&&at| rows[at].mark == Mark::Deleted);
        let mut before = 0;
        for at in others {
            let row = &rows[at];
            let passed = table_of(row).map_or(deleted.len(), |keys| {
                let place = |key: &String| keys.iter().position(|other| other == key);
                let own = place(&row.key.now);
                deleted
                    .iter()
                    .rposition(|&at| place(&rows[at].key.now).is_none_or(|it| Some(it) < own))
                    .map_or(0, |at| at + 1)
            });
            let next = if stays(at) { before } else { passed.max(before) };
            order.extend(&deleted[before..next]);
            order.push(at);
            before = next;
        }
        order.extend(&deleted[before..]);
    }
    order
}

/// A row as it stands in one of the texts alone.
fn one_sided(row: &TableRow, key: String, mark: Mark) -> TableRow {
    let stands = |run: &&Run| run.mark == Mark::Kept || run.mark == mark;
    let run = |run: &Run| {
        let style = if mark == Mark::Deleted { run.style.before() } else { &run.style.now };
        Run { text: run.text.clone(), style: style.clone().into(), mark }
    };
    let cell = |cell: &Cell| Cell { span: cell.span, runs: cell.runs.iter().filter(stands).map(run).collect() };
    TableRow { key: key.into(), kind: row.kind, mark, cells: row.cells.iter().map(cell).collect() }
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
