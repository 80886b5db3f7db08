//! Whose each revision of a change document is, where several made it: of those who, by themselves, revise the same
//! paragraph, row or cell.

mod paragraphs;
mod rows;
mod shares;

pub(super) use paragraphs::join_paragraphs;
pub(super) use rows::part_rows;

use crate::compose::Author;
use crate::document::{Block, Document, Hand, Mark, Paragraph, Run, Table, TableRow, accept, markdown, reject};
use std::collections::{BTreeMap, BTreeSet};

/// Something that is revised, by what tells it from the rest in any document that holds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// A paragraph as it was.
    Was(String),
    /// A paragraph as it is now.
    Is(String),
    /// A table that is revised in any way.
    Table(String),
    /// A row that comes or goes, by its table and its key.
    Row(String, String),
    /// A cell, by its table, its row and its column.
    Cell(String, String, usize),
}

/// A revised paragraph, row or cell of a document.
struct Revised {
    block: usize,
    row: Option<usize>,
    cell: Option<usize>,
    keys: Vec<Key>,
}

impl Revised {
    /// Its keys, and that of the table which it is of.
    fn all_keys(mut self) -> Vec<Key> {
        let table = self.keys.iter().find_map(|key| match key {
            Key::Row(table, _) | Key::Cell(table, ..) => Some(Key::Table(table.clone())),
            Key::Was(_) | Key::Is(_) | Key::Table(_) => None,
        });
        self.keys.extend(table);
        self.keys
    }
}

/// Someone who made revisions, and what they are of.
#[derive(Debug)]
pub struct Reviser {
    author: Author,
    keys: BTreeSet<Key>,
    /// The paragraphs that he changes: by what each was, what it is, and his marks.
    paragraphs: BTreeMap<String, Vec<(String, Vec<Run>)>>,
    /// The keys of the rows of each table, in their order, those that he deletes too.
    rows: BTreeMap<String, Vec<String>>,
}

impl Reviser {
    /// Who he is, if he made any.
    pub fn named(&self) -> Option<&Author> {
        (!self.keys.is_empty()).then_some(&self.author)
    }

    /// Whether he makes a paragraph that it is of one that it was.
    fn makes(&self, keys: &[Key]) -> bool {
        let [Key::Was(before), Key::Is(now)] = keys else { return false };
        self.paragraphs.get(before).is_some_and(|own| own.iter().any(|(is, _)| is == now))
    }

    /// His marks in a paragraph that read so.
    fn makes_of(&self, before: &str) -> Option<&[Run]> {
        self.paragraphs.get(before)?.first().map(|(_, runs)| runs.as_slice())
    }

    /// The one who made a redline by himself.
    pub fn new(author: Author, redline: &Document) -> Self {
        let tables =
            redline.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        let keys = |table: &Table| table.rows.iter().map(|row| row.key.now.clone()).collect();
        let revised = revised(redline);
        let mut paragraphs: BTreeMap<String, Vec<(String, Vec<Run>)>> = BTreeMap::new();
        for it in &revised {
            if let ([Key::Was(was), Key::Is(is)], Some(Block::Paragraph(own))) =
                (&*it.keys, redline.blocks.get(it.block))
                && is_of_words(own)
            {
                paragraphs.entry(was.clone()).or_default().push((is.clone(), own.runs.clone()));
            }
        }
        Self {
            author,
            paragraphs,
            keys: revised.into_iter().flat_map(Revised::all_keys).collect(),
            rows: tables.map(|table| (name(table), keys(table))).collect(),
        }
    }
}

/// Whose each revision is; one of the target itself, or of nobody known, isn't said. What several do to one paragraph is
/// put together of what each of them does to it, if that comes to the same.
pub(super) fn hands(document: &mut Document, revisers: &[Reviser], target: &str) -> Vec<Hand> {
    let mut hands = Vec::new();
    for it in revised(document).into_iter().filter(|_| !revisers.is_empty()) {
        let is_its = |reviser: &&Reviser| it.keys.iter().any(|key| reviser.keys.contains(key));
        let mut found: Vec<&Reviser> = revisers.iter().filter(is_its).collect();
        // Another paragraph may read as this one did.
        let exactly = |reviser: &&Reviser| reviser.author.id != target && reviser.makes(&it.keys);
        if found.iter().any(exactly) {
            found.retain(exactly);
        }
        if found.iter().all(|reviser| reviser.author.id == target) {
            continue;
        }
        let hand = |of: &[&Reviser], words: bool| {
            let names: Vec<&str> = of.iter().map(|reviser| reviser.author.name.as_str()).collect();
            let date = of.iter().filter_map(|reviser| reviser.author.date.clone()).max();
            Hand { block: it.block, row: it.row, cell: it.cell, words, author: names.join(", "), date }
        };
        match shared(document.blocks.get_mut(it.block), &found, &it.keys) {
            Some((runs, shared)) => {
                let mut said: Vec<Vec<usize>> = Vec::new();
                for (run, by) in runs.iter_mut().zip(shared).filter(|(_, by)| !by.is_empty()) {
                    let at = said.iter().position(|other| *other == by).unwrap_or_else(|| {
                        let of: Vec<&Reviser> = by.iter().map(|&at| found[at]).collect();
                        hands.push(hand(&of, true));
                        said.push(by);
                        said.len() - 1
                    });
                    run.style.now.by = Some(hands.len() - said.len() + at);
                }
            }
            None => hands.push(hand(&found, false)),
        }
    }
    hands
}

/// The runs of a paragraph that several revise, put together of theirs, and of each those who revise it.
fn shared<'d>(block: Option<&'d mut Block>, of: &[&Reviser], keys: &[Key]) -> Option<(&'d mut [Run], Vec<Vec<usize>>)> {
    let (Some(Block::Paragraph(paragraph)), [Key::Was(was), Key::Is(_)], true) = (block, keys, of.len() > 1) else {
        return None;
    };
    let of_each: Option<Vec<&[Run]>> = of.iter().map(|reviser| reviser.makes_of(was)).collect();
    let shared = shares::together(&of_each?, &paragraph.runs).filter(|_| is_of_words(paragraph))?;
    let (runs, by) = shared.into_iter().unzip();
    paragraph.runs = runs;
    Some((&mut paragraph.runs, by))
}

/// Whether a paragraph stands in both texts, as the same kind of paragraph.
fn is_of_words(paragraph: &Paragraph) -> bool {
    paragraph.mark == Mark::Kept && paragraph.kind.was.is_none()
}

fn revised(document: &Document) -> Vec<Revised> {
    let mut found = Vec::new();
    for (at, block) in document.blocks.iter().enumerate().skip(front(document)) {
        match block {
            Block::Paragraph(paragraph) if is_revised(paragraph) => {
                let alone = Document { blocks: vec![block.clone()], ..Document::default() };
                let (was, is) = (text(&reject(&alone)), text(&accept(&alone)));
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

fn text(document: &Document) -> String {
    markdown::write_blocks(&document.blocks).trim().to_owned()
}

/// What a paragraph that stands in one text alone says there.
fn text_of_block(block: &Block) -> String {
    let alone = Document { blocks: vec![block.clone()], ..Document::default() };
    let is_new = matches!(block, Block::Paragraph(paragraph) if paragraph.mark == Mark::Inserted);
    text(&if is_new { accept(&alone) } else { reject(&alone) })
}

/// How many blocks stand before the first section or table. They name the version, whoever wrote its text.
fn front(document: &Document) -> usize {
    let begins = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.kind.both().any(|kind| kind.section_id().is_some()),
        Block::Table(_) => true,
        Block::Furniture(_) => false,
    };
    document.blocks.iter().position(begins).unwrap_or_default()
}

/// What tells a table from the others: its identity, or what its first row says, or said.
fn name(table: &Table) -> String {
    let said = |row: &TableRow| -> String {
        let stands = |run: &&Run| (run.mark == Mark::Inserted) == (row.mark == Mark::Inserted);
        let runs = row.cells.iter().flat_map(|cell| &cell.runs).filter(stands);
        runs.map(|run| run.text.as_str()).collect()
    };
    let first = || table.rows.iter().find(|row| row.mark != Mark::Inserted).or(table.rows.first()).map(said);
    table.id.now.clone().or_else(first).unwrap_or_default()
}

fn is_revised(paragraph: &Paragraph) -> bool {
    paragraph.mark != Mark::Kept || paragraph.kind.was.is_some() || paragraph.runs.iter().any(Run::is_revised)
}

fn of_table(block: usize, table: &Table, found: &mut Vec<Revised>) {
    let id = &name(table);
    // Word has the rows of a table with other columns twice, and their cells in other places: it is revised as a whole.
    if table.columns.iter().any(|column| column.mark != Mark::Kept) {
        return found.push(Revised { block, row: None, cell: None, keys: vec![Key::Table(id.clone())] });
    }
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
