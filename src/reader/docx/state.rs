//! What is known while a document is read, and the little that everything which reads it does.

use super::numbering::{Counters, Numbering};
use super::properties::{ParagraphProperties, Section, Tracked};
use super::styles::Styles;
use super::threads::Comments;
use crate::diagnostic::Failure;
use crate::document::Revised;
use crate::reader::marked::{
    Block, Marked, Marks, Page, Paragraph, Place, Remark, Revision, RevisionKind, Run, RunLook, Table, beginning,
};
use crate::reader::refusal::refuse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many paragraphs, runs, rows and cells a document may have. A thousand pages of tables have about a tenth of it.
const MOST_PIECES: usize = 250_000;

/// Where in the file we are: what may stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Here {
    Blocks,
    Table,
    Row,
    Paragraph,
    Equation,
}

/// A field that is open.
#[derive(Debug)]
pub(super) struct Field {
    pub number: usize,
    pub code: String,
    /// Whether its code is over, and what it shows has begun.
    pub shows: bool,
    /// Whether what it shows is left out, since something else stands for it.
    pub replaced: bool,
    /// Where what it shows leads.
    pub link: Option<Arc<str>>,
}

#[derive(Debug)]
pub(super) struct Reading<'r> {
    pub styles: &'r Styles,
    pub numbering: &'r Numbering,
    /// The addresses that the part's links lead to, by relationship.
    pub links: BTreeMap<String, String>,
    /// The parts of the pictures that are shown, by the file that figures name.
    pub shown: BTreeMap<String, String>,
    /// The footnotes (`false`) and endnotes by id, as indexes into [`Marked::notes`].
    pub notes: BTreeMap<(bool, String), usize>,
    /// Whether it is the head or foot of a page that is read.
    pub in_margin: bool,
    pub out: Marked,
    /// The sections of the document, as they end.
    pub sections: Vec<Section>,
    pub counters: Revised<Counters>,
    /// The blocks of the body, and of each cell that is open in it.
    pub flow: Vec<Vec<Block>>,
    pub tables: Vec<Table>,
    pub paragraph: Option<Paragraph>,
    pub properties: Option<ParagraphProperties>,
    /// The bookmarks that begin before a paragraph does.
    pub bookmarks: Vec<String>,
    pub comments: Comments,
    /// The revisions around the words that are read.
    pub marks: Marks,
    /// The revisions of the rows and cells that we are in.
    pub around: Marks,
    pub link: Option<Arc<str>>,
    pub fields: Vec<Field>,
    /// Whether each field that was begun was ended too.
    pub ended: Vec<bool>,
    pub page: Page,
    /// The remarks whose place is still to be told, with their page.
    pending: Vec<usize>,
    pages: Vec<Page>,
    /// How the last paragraph with words begins.
    last: String,
    pieces: usize,
}

impl<'r> Reading<'r> {
    pub fn new(styles: &'r Styles, numbering: &'r Numbering) -> Self {
        Self {
            styles,
            numbering,
            links: BTreeMap::new(),
            shown: BTreeMap::new(),
            notes: BTreeMap::new(),
            in_margin: false,
            out: Marked::default(),
            sections: Vec::new(),
            counters: Revised { now: Counters::default(), was: Some(Counters::default()) },
            flow: Vec::new(),
            tables: Vec::new(),
            paragraph: None,
            properties: None,
            bookmarks: Vec::new(),
            comments: Comments::default(),
            marks: Marks::default(),
            around: Marks::default(),
            link: None,
            fields: Vec::new(),
            ended: Vec::new(),
            page: Page::default(),
            pending: Vec::new(),
            pages: Vec::new(),
            last: String::new(),
            pieces: 0,
        }
    }

    /// Takes account of one more piece.
    pub fn piece(&mut self) -> Result<(), Failure> {
        self.pieces += 1;
        match self.pieces > MOST_PIECES {
            true => Err(refuse(format!(
                "it has more than {MOST_PIECES} paragraphs, cells and runs, which no document needs"
            ))),
            false => Ok(()),
        }
    }

    /// A revision that something stands in.
    pub fn enter(&mut self, tracked: Tracked) -> Marks {
        let Tracked { id, author, date, kind } = tracked;
        let revision = Revision { id, author, date, kind };
        let at = match self.out.revisions.last() {
            Some(last) if *last == revision => self.out.revisions.len() - 1,
            _ => {
                self.out.revisions.push(revision);
                self.out.revisions.len() - 1
            }
        };
        match kind {
            RevisionKind::Insertion | RevisionKind::MovedTo => Marks { inserted: Some(at), deleted: None },
            RevisionKind::Deletion | RevisionKind::MovedFrom => Marks { inserted: None, deleted: Some(at) },
        }
    }

    /// Words, in the paragraph that is open.
    pub fn say(&mut self, text: &str, look: &Revised<RunLook>, marks: Marks) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        let code = self.fields.iter().find(|field| !field.shows || field.replaced).map(|field| field.number);
        self.push(Run { text: text.to_owned(), look: look.clone(), marks, code, ..Run::default() })
    }

    /// A run, in the paragraph that is open. What differs from the last one in nothing but its text goes on with it.
    pub fn push(&mut self, run: Run) -> Result<(), Failure> {
        let page = self.page;
        let paragraph = self.paragraph.get_or_insert_default();
        if paragraph.runs.is_empty() {
            paragraph.page = page;
        }
        match paragraph.runs.last_mut() {
            Some(last)
                if !last.is_object()
                    && !run.is_object()
                    && (&last.look, last.marks, last.code) == (&run.look, run.marks, run.code) =>
            {
                last.text.push_str(&run.text);
                Ok(())
            }
            _ => {
                paragraph.runs.push(run);
                self.piece()
            }
        }
    }

    /// A remark on what stands where we are.
    pub fn tell(&mut self, lost: bool, what: impl Into<String>) {
        self.pending.push(self.out.remarks.len());
        self.pages.push(self.page);
        self.out.remarks.push(Remark { place: Place::default(), lost, what: what.into() });
    }

    /// Takes back the remarks after the first `kept`.
    pub fn forget(&mut self, kept: usize) {
        self.out.remarks.truncate(kept);
        self.pages.truncate(kept);
        self.pending.retain(|at| *at < kept);
    }

    /// A paragraph ends: what was remarked in it has its place.
    pub fn settle(&mut self, text: &str) {
        let begins = beginning(text);
        let after = begins.is_empty();
        if !after {
            self.last = begins;
        }
        for at in self.pending.drain(..) {
            let place = &mut self.out.remarks[at].place;
            (place.begins, place.after) = (self.last.clone(), after);
        }
    }

    /// All is read: what was found, with the pages of the remarks.
    pub fn finish(mut self) -> Marked {
        self.settle("");
        let mut out = self.out;
        let numbers: Vec<Option<u32>> = self.pages.iter().map(|page| out.number_of(*page)).collect();
        for (remark, number) in out.remarks.iter_mut().zip(numbers) {
            remark.place.page = number;
        }
        super::threads::place(&mut out);
        let ended = self.ended;
        super::codes::drop_codes(&mut out.blocks, &ended);
        for note in &mut out.notes {
            super::codes::drop_codes(&mut note.blocks, &ended);
        }
        out
    }
}
