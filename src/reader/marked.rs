//! The marked document: what a Word document says, with each of its revisions.
//!
//! It is nearer to Word than [`crate::document`] is: a revision keeps its author and date, a label is what Word would
//! print, a cell holds blocks. [`super::document`] makes a tree of the dialect of it.

use crate::document::{Align, Figure, Revised, Script};
use crate::ooxml::trace::{Landmark, Trace};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Stands in a run for a break of the page; text can't hold it.
pub const PAGE_BREAK: char = '\u{c}';
/// The same, as a text.
pub(super) const PAGE_BREAK_TEXT: &str = "\u{c}";

/// A Word document, with its revisions.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// What its body says, from top to bottom.
    pub blocks: Vec<Block>,
    /// Who changed what; marks point to them.
    pub revisions: Vec<Revision>,
    /// Footnotes and endnotes; runs point to them.
    pub notes: Vec<Note>,
    /// Remarks of reviewers.
    pub comments: Vec<Comment>,
    /// The bytes of the pictures that it shows, by the file that figures name.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// What stands around the text.
    pub about: About,
    /// What it was made from, if the desk wrote it.
    pub trace: Option<Trace>,
    /// What its bookmarks stand for, if the desk wrote it.
    pub landmarks: BTreeMap<String, Landmark>,
    /// Whether the pages of its last section lie on their sides.
    pub landscape: bool,
    /// What couldn't be read.
    pub remarks: Vec<Remark>,
    /// Whether whoever laid it out last noted where pages ended.
    pub paged: bool,
}

/// What stands around the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// As the file's properties have it.
    pub title: String,
    /// As the file's properties have it.
    pub subject: String,
    /// Who made it, as the file's properties have it.
    pub author: String,
    /// Who saved it last, as the file's properties have it.
    pub saved_by: String,
    /// When, in ISO 8601, as the file's properties have it.
    pub saved: String,
    /// A BCP 47 tag.
    pub language: String,
    /// A custom property of that name.
    pub classification: String,
    /// The paragraphs at the head of a page. `{page}` and `{pages}` stand for the numbers.
    pub header: Vec<Paragraph>,
    /// The paragraphs at its foot.
    pub footer: Vec<Paragraph>,
}

/// What somebody did to the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision {
    /// As the file has it. It may stand twice.
    pub id: String,
    /// Who did it.
    pub author: String,
    /// When, in ISO 8601, if that is known.
    pub date: Option<String>,
    /// What it is.
    pub kind: RevisionKind,
}

/// What kind of thing a revision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RevisionKind {
    /// New words.
    Insertion,
    /// Words that go.
    Deletion,
    /// Words that go, and stand elsewhere.
    MovedFrom,
    /// Words that stood elsewhere.
    MovedTo,
}

/// By which revisions something comes and goes, as indexes into [`Marked::revisions`].
///
/// What one reviewer inserts, another may delete: then it stands in neither text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// What brings it.
    pub inserted: Option<usize>,
    /// What takes it away.
    pub deleted: Option<usize>,
}

impl Marks {
    /// Whether it stands in the text before the revisions.
    pub fn in_original(self) -> bool {
        self.inserted.is_none()
    }

    /// Whether it stands in the text after the revisions.
    pub fn in_proposed(self) -> bool {
        self.deleted.is_none()
    }

    /// Those of something that stands in something else.
    pub fn within(self, outer: Self) -> Self {
        Self { inserted: outer.inserted.or(self.inserted), deleted: outer.deleted.or(self.deleted) }
    }
}

/// A piece of a document, from margin to margin.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all blocks are paragraphs")]
pub enum Block {
    /// Words.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph, a heading or a list item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is, in each of the texts.
    pub look: Revised<Look>,
    /// The revisions of its mark, whatever it stands in: what loses its mark runs on into the next.
    pub mark: Marks,
    /// Its words.
    pub runs: Vec<Run>,
    /// The names of the bookmarks that begin in it.
    pub bookmarks: Vec<String>,
    /// The comments that begin in it, as indexes into [`Marked::comments`].
    pub comments: Vec<usize>,
    /// Whether it starts a page.
    pub starts_page: bool,
    /// If a section ends with it, whether the pages of that lie on their sides.
    pub ends_section: Option<bool>,
    /// Whether it is an entry of a list of contents.
    pub contents: bool,
    /// The page that it begins on.
    pub page: Page,
}

/// What a paragraph is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The id of its style.
    pub style: Arc<str>,
    /// The name of its style, which is the same in every language for styles that Word brings.
    pub name: Arc<str>,
    /// From 1, if it is a heading.
    pub heading: Option<u8>,
    /// The number or bullet that Word prints before it.
    pub label: Option<Label>,
    /// To which side it is set.
    pub align: Option<Align>,
}

/// What Word prints before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// From 0: how many levels of items stand above it in its list. Levels that number sections aren't such.
    pub depth: u8,
    /// As it is printed, such as `(a)` or `5.4`. Of a bullet, the character in its font.
    pub text: String,
    /// Whether it is a bullet, and counts nothing.
    pub is_bullet: bool,
}

/// A stretch of text in one look and with one mark. `\n` is a line break, [`PAGE_BREAK`] one of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Its words.
    pub text: String,
    /// How they look, in each of the texts.
    pub look: Revised<RunLook>,
    /// By which revisions they come and go.
    pub marks: Marks,
    /// The note that is referred to here, as an index into [`Marked::notes`]; such a run has no text.
    pub note: Option<usize>,
    /// The picture that stands here; such a run has no text either.
    pub figure: Option<Figure>,
    /// The field in whose code they stand, if they do: what a code has isn't printed.
    pub(super) code: Option<usize>,
}

/// How words stand out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunLook {
    /// Whether they are bold, beyond their paragraph's style.
    pub bold: bool,
    /// Whether they are slanted, beyond their paragraph's style.
    pub italic: bool,
    /// Whether they are raised or lowered.
    pub script: Option<Script>,
    /// Whether they are struck through by hand.
    pub struck: bool,
    /// Whether they are underlined by hand.
    pub underlined: bool,
    /// Whether they are hidden.
    pub hidden: bool,
    /// Where they lead: an address, or `#` and the name of a bookmark.
    pub link: Option<Arc<str>>,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// How wide the columns of its grid are, in twentieths of a point.
    pub grid: Vec<u32>,
    /// The page that it begins on.
    pub page: Page,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// By which revisions it comes and goes.
    pub marks: Marks,
    /// Whether it is repeated at the head of each page.
    pub header: bool,
    /// How many columns of the grid are left out at its start.
    pub before: usize,
    /// How many columns of the grid are left out at its end.
    pub after: usize,
    /// From left to right.
    pub cells: Vec<Cell>,
}

/// A cell of a row.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// By which revisions it comes and goes, apart from its row.
    pub marks: Marks,
    /// How many columns of the grid it covers.
    pub span: usize,
    /// Whether it only goes on with the cell above it.
    pub goes_on: bool,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A footnote or an endnote.
#[derive(Clone, Debug, Default)]
pub struct Note {
    /// Whether it stands at the end of the document.
    pub at_end: bool,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A remark of a reviewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// Who makes it.
    pub author: String,
    /// When, in ISO 8601, if that is known.
    pub date: Option<String>,
    /// What it says.
    pub text: String,
    /// Where the words stand that it is on.
    pub place: Place,
    /// Whether it is marked as done with.
    pub resolved: bool,
    /// The comment that it answers, as an index into [`Marked::comments`].
    pub answers: Option<usize>,
}

/// The page that something begins on, counted in the two ways that a file allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// By the ends that were noted when the document was laid out.
    pub laid_out: u32,
    /// By the breaks that its author asked for.
    pub asked: u32,
}

/// Where in a document something stands, as its reader finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// From 1, if the file says so.
    pub page: Option<u32>,
    /// The first words of the paragraph.
    pub begins: String,
    /// Whether it stands after that paragraph, not in it.
    pub after: bool,
    /// Of a workbook, the sheet and what of it, such as “sheet “ED”, row 14”; else empty.
    pub sheet: String,
}

/// What couldn't be read or carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where it stands.
    pub place: Place,
    /// Whether words are lost by it.
    pub lost: bool,
    /// What it is and what was done, in a drafter's words.
    pub what: String,
}

impl Remark {
    /// What is told of the whole, by which nothing is lost.
    pub fn of_all(what: String) -> Self {
        Self { place: Place::default(), lost: false, what }
    }

    /// What is lost, told of the whole.
    pub fn loss(what: String) -> Self {
        Self { lost: true, ..Self::of_all(what) }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.sheet.is_empty() {
            return f.write_str(&self.sheet);
        }
        match (self.page, self.begins.is_empty(), self.after) {
            (Some(page), true, _) => write!(f, "page {page}"),
            (Some(page), false, false) => write!(f, "page {page}, in the paragraph that begins “{}”", self.begins),
            (Some(page), false, true) => write!(f, "page {page}, after the paragraph that begins “{}”", self.begins),
            (None, true, _) => f.write_str("at the beginning"),
            (None, false, false) => write!(f, "in the paragraph that begins “{}”", self.begins),
            (None, false, true) => write!(f, "after the paragraph that begins “{}”", self.begins),
        }
    }
}

/// Where and what.
impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// The first words of a text, on one line.
pub(super) fn beginning(text: &str) -> String {
    const LONGEST: usize = 48;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        None => words,
        Some((at, _)) => {
            let cut = words[..at].rfind(' ').filter(|cut| *cut > 0).unwrap_or(at);
            format!("{} …", &words[..cut])
        }
    }
}

impl Run {
    /// Whether it is no words, but a reference to a note or a picture.
    pub(super) fn is_object(&self) -> bool {
        self.note.is_some() || self.figure.is_some()
    }
}

impl Paragraph {
    /// All its words, whatever their marks.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

impl Marked {
    /// The comment that one comes down to, by what it answers: itself, if it answers none.
    pub fn thread_of(&self, comment: usize) -> usize {
        let above = |at: &usize| self.comments.get(*at)?.answers;
        // A file can have comments that answer each other.
        std::iter::successors(Some(comment), above).take(self.comments.len()).last().unwrap_or(comment)
    }

    /// Where a paragraph on that page stands, by its first words.
    pub(super) fn place(&self, page: Page, text: &str) -> Place {
        Place { page: self.number_of(page), begins: beginning(text), ..Place::default() }
    }

    /// The number of a page, if the file says where pages end.
    pub(super) fn number_of(&self, page: Page) -> Option<u32> {
        match self.paged {
            true => Some(page.laid_out + 1),
            false => (page.asked > 0).then_some(page.asked + 1),
        }
    }

    /// What a mark points to.
    pub fn revision(&self, at: Option<usize>) -> Option<&Revision> {
        self.revisions.get(at?)
    }
}
