//! The changes of a redline, counted as a reader goes from one to the next, and whose each revision is.

use super::text::attribute;
use crate::document::{Block, Document, Kind, Mark, Paragraph, Run, Style, Table, TableRow};
use crate::writer::view::RevisionView;
use std::collections::BTreeMap;

/// What is revised, with the number of the change that it belongs to.
#[derive(Debug, Default)]
pub(super) struct Changes {
    numbers: BTreeMap<(usize, Option<usize>), usize>,
    /// How many there are.
    pub count: usize,
    last: Option<Mark>,
}

impl Changes {
    /// The changes of a document. What comes or goes whole is one with what stands beside it and does the same.
    pub fn new(document: &Document) -> Self {
        let mut changes = Self::default();
        for (index, block) in document.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(paragraph) => {
                    changes.count((index, None), whole_paragraph(paragraph), is_revised(paragraph));
                }
                Block::Table(table) => {
                    for (at, row) in table.rows.iter().enumerate() {
                        let whole = (row.mark != Mark::Kept).then_some(row.mark);
                        changes.count((index, Some(at)), whole, is_revised_row(table, row));
                    }
                }
                Block::Furniture(_) => {}
            }
        }
        changes
    }

    fn count(&mut self, place: (usize, Option<usize>), whole: Option<Mark>, is_revised: bool) {
        if is_revised {
            self.count += usize::from(whole.is_none() || whole != self.last);
            self.numbers.insert(place, self.count);
        }
        self.last = whole.filter(|_| is_revised);
    }

    /// The number of the change that a paragraph or row belongs to, from 1.
    pub fn of(&self, block: usize, row: Option<usize>) -> Option<usize> {
        self.numbers.get(&(block, row)).copied()
    }
}

/// The mark that a paragraph and all its words have, if it comes or goes.
pub(super) fn whole_paragraph(paragraph: &Paragraph) -> Option<Mark> {
    let mark = paragraph.mark;
    (mark != Mark::Kept && paragraph.runs.iter().all(|run| run.mark == mark)).then_some(mark)
}

fn is_revised(paragraph: &Paragraph) -> bool {
    paragraph.mark != Mark::Kept || paragraph.kind.was.is_some() || paragraph.runs.iter().any(shows_revision)
}

fn is_revised_row(table: &Table, row: &TableRow) -> bool {
    let comes_or_goes = row.mark == Mark::Kept && table.columns.iter().any(|column| column.mark != Mark::Kept);
    row.mark != Mark::Kept || comes_or_goes || row.cells.iter().any(|cell| cell.runs.iter().any(shows_revision))
}

/// Whether a reader sees a revision of a run; that it leads elsewhere isn't seen.
fn shows_revision(run: &Run) -> bool {
    run.is_revised() && (run.mark != Mark::Kept || run.style.was.is_none() || was_otherwise(run).is_some())
        || run.style.now.note.as_ref().is_some_and(|note| note.runs.iter().any(shows_revision))
}

/// How a run looked, if it looked otherwise.
pub(super) fn was_otherwise(run: &Run) -> Option<&Style> {
    let seen = |style: &Style| (style.strong, style.emphasis, style.script);
    run.style.was.as_ref().filter(|was| seen(was) != seen(&run.style.now))
}

/// Where the words of a paragraph stand in one of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// In a paragraph of their own.
    Stands,
    /// At the beginning of the next paragraph.
    RunsOn,
    /// Nowhere: it has none there.
    Absent,
}

/// Where the words of each paragraph stand, in the earlier text and in the later.
pub(super) fn standings(blocks: &[Block]) -> [Vec<Standing>; 2] {
    RevisionView::BOTH.map(|view| {
        let mut carried = false;
        let standing = |(index, block): (usize, &Block)| {
            let Block::Paragraph(paragraph) = block else {
                carried = false;
                return Standing::Stands;
            };
            let has_words = carried || paragraph.runs.iter().any(|run| view.holds(run.mark));
            let has_next = matches!(blocks.get(index + 1), Some(Block::Paragraph(_)));
            let standing = match (view.holds(paragraph.mark), has_words, has_next) {
                (true, ..) | (false, true, false) => Standing::Stands,
                (false, true, true) => Standing::RunsOn,
                (false, false, _) => Standing::Absent,
            };
            carried = standing == Standing::RunsOn;
            standing
        };
        blocks.iter().enumerate().map(standing).collect()
    })
}

/// Whose the revisions of a document are, and when they were made.
#[derive(Debug)]
pub(super) struct Hands<'d> {
    document: &'d Document,
    of_whole: BTreeMap<(usize, Option<usize>, Option<usize>), usize>,
    author: &'d str,
    date: Option<&'d str>,
}

impl<'d> Hands<'d> {
    /// Whose they are is said of some; the others are all of one author.
    pub fn new(document: &'d Document, author: &'d str, date: Option<&'d str>) -> Self {
        let whole = document.hands.iter().enumerate().filter(|(_, hand)| !hand.words);
        let of_whole = whole.map(|(index, hand)| ((hand.block, hand.row, hand.cell), index)).collect();
        Self { document, of_whole, author, date }
    }

    /// The authors, each once, in the order in which their revisions stand.
    pub fn authors(&self) -> Vec<&'d str> {
        let mut authors: Vec<&str> = Vec::new();
        for hand in &self.document.hands {
            if !authors.contains(&hand.author.as_str()) {
                authors.push(&hand.author);
            }
        }
        authors
    }

    /// Appends the attributes that say whose a revision is: of a run, by itself or with its cell, row or paragraph.
    pub fn sign(&self, out: &mut String, (block, row, cell): Place, run: Option<&Run>) {
        let of_place = |place: Place| self.of_whole.get(&place).copied();
        let hand = run.and_then(|run| run.style.now.by);
        let hand = hand.or_else(|| of_place((block, row, cell))).or_else(|| of_place((block, row, None)));
        let hand = hand.and_then(|index| self.document.hands.get(index));
        let (author, date) = match hand {
            Some(hand) => (hand.author.as_str(), hand.date.as_deref()),
            None => (self.author, self.date),
        };
        attribute(out, "data-by", author);
        if let Some(date) = date {
            attribute(out, "datetime", date);
        }
    }
}

/// A block, and of a table a row and a cell of it.
pub(super) type Place = (usize, Option<usize>, Option<usize>);

/// What a kind of paragraph has before its words, if it is something that is written.
pub(super) fn label(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Item { marker: crate::document::Marker::Label(label), .. } => Some(label.as_str()),
        _ => None,
    }
}

/// The element that holds what bears a mark.
pub(super) fn element(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Kept => None,
        Mark::Inserted => Some("ins"),
        Mark::Deleted => Some("del"),
    }
}

/// What an element that comes or goes whole is called.
pub(super) fn word(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Kept => None,
        Mark::Inserted => Some("inserted"),
        Mark::Deleted => Some("deleted"),
    }
}

/// The class of an element that is absent from the earlier text, or from the later.
pub(super) fn absence(absent: [bool; 2]) -> &'static str {
    match absent {
        [false, false] => "",
        [true, false] => "inserted",
        [false, true] => "deleted",
        [true, true] => "inserted deleted",
    }
}
