//! What is told of a document that becomes content.

use super::vocabulary::Proposed;
use crate::model::Release;
use crate::reader::Carried;
use crate::reader::marked::{Place, Remark};

/// A version from a document, and what is to be known of how it came about.
#[derive(Clone, Debug)]
pub struct Adopted {
    /// The version.
    pub release: Release,
    /// What its tables say that the vocabulary of the appendix hasn't.
    pub proposed: Vec<Proposed>,
    /// What was guessed, changed or left out, each with its place, in the order of the document.
    pub remarks: Vec<Remark>,
    /// Its words, counted.
    pub words: Words,
}

/// How many words there were, and what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Those of the document's body.
    pub read: usize,
    /// Those that the content has.
    pub content: usize,
    /// Those that the content says in other words: empty cells that are now a default, a name that was spelt otherwise.
    pub furniture: Vec<(&'static str, usize)>,
}

impl Words {
    /// How many of those that were read are neither in the content nor named as left out. Below zero, if the content has
    /// words that nobody read.
    pub fn missing(&self) -> i64 {
        let left_out: usize = self.furniture.iter().map(|(_, count)| count).sum();
        let count = |words: usize| i64::try_from(words).unwrap_or(i64::MAX);
        count(self.read) - count(self.content) - count(left_out)
    }
}

/// What is told while a document is gone through.
#[derive(Debug)]
pub(super) struct Told<'c> {
    carried: &'c Carried,
    remarks: Vec<(usize, Remark)>,
    words: Words,
}

impl<'c> Told<'c> {
    pub fn new(carried: &'c Carried) -> Self {
        let read = carried.document.blocks.iter().map(words_of_block).sum::<usize>() + carried.contents;
        let mut told = Self { carried, remarks: Vec::new(), words: Words { read, ..Words::default() } };
        told.left_out("the list of contents", carried.contents);
        told
    }

    /// What was read in one way and could have been in another.
    pub fn guess(&mut self, at: usize, what: String) {
        self.tell(at, false, what);
    }

    /// What is lost or changed.
    pub fn warn(&mut self, at: usize, what: String) {
        self.tell(at, true, what);
    }

    /// What belongs to no block of the text that is gone through.
    pub fn remark(&mut self, remark: Remark) {
        self.remarks.push((usize::MAX, remark));
    }

    fn tell(&mut self, at: usize, lost: bool, what: String) {
        let place = self.carried.places.get(at).cloned().unwrap_or_else(Place::default);
        self.remarks.push((at, Remark { place, lost, what }));
    }

    /// Words that are in the content.
    pub fn carried(&mut self, text: &str) {
        self.words.content += count(text);
    }

    /// Words that are in the content.
    pub fn counted(&mut self, words: usize) {
        self.words.content += words;
    }

    /// Words that aren't, and what they are.
    pub fn left_out(&mut self, what: &'static str, words: usize) {
        if words == 0 {
            return;
        }
        match self.words.furniture.iter_mut().find(|(known, _)| *known == what) {
            Some((_, count)) => *count += words,
            None => self.words.furniture.push((what, words)),
        }
    }

    pub fn adopted(mut self, release: Release, proposed: Vec<Proposed>) -> Adopted {
        self.remarks.sort_by_key(|(at, _)| *at);
        let mut remarks = self.carried.remarks.clone();
        remarks.extend(self.remarks.into_iter().map(|(_, remark)| remark));
        Adopted { release, proposed, remarks, words: self.words }
    }
}

/// How many words a text has.
pub(super) fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// How many words a block has.
pub(super) fn words_of_block(block: &crate::document::Block) -> usize {
    use crate::document::{Block, text_of};
    match block {
        Block::Paragraph(paragraph) => count(&paragraph.text()),
        Block::Table(table) => {
            table.rows.iter().flat_map(|row| &row.cells).map(|cell| count(&text_of(&cell.runs))).sum()
        }
        Block::Furniture(_) => 0,
    }
}
