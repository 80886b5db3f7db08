//! The document: one tree for the clean text of a version and for a redline of two.
//!
//! Every room after the templates works on this tree: the Markdown hub is read into it, the redline compares two
//! of them and gives a third, and each writer is a leaf that turns one into bytes. It is flat where legal text is
//! flat: a document is a sequence of paragraphs and tables, a list item is a paragraph of a kind, and a run is a
//! stretch of text in one style. That is also how Word sees a document, so a revision has the same four places in
//! both: words, paragraph marks, table rows and properties.
//!
//! A *clean* tree has every mark [`Mark::Kept`] and no former values. A *marked* tree holds two clean trees at
//! once: [`accept`] gives the later one, [`reject`] the earlier.
//!
//! This room doesn't know where a document comes from, what it looks like, or any file format but Markdown.

mod label;
mod link;
pub mod markdown;
mod numerals;
mod part;
mod reference;
mod resolve;

pub use label::{Enclosure, Label, Series};
pub use link::link_references;
pub use numerals::{goes_on_number, in_words, number_end, number_of};
pub use part::{Part, PartKind, parts};
pub use reference::{NamedPart, PartWords, named_parts, number_at, whole_words};
pub use resolve::{accept, accept_showing_new, is_clean, join_runs, reject};

use serde::{Deserialize, Serialize};

/// What a redline says of a thing: it stands in both texts, only in the later, or only in the earlier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// It stands in both texts.
    #[default]
    Kept,
    /// It stands only in the later text.
    Inserted,
    /// It stands only in the earlier text.
    Deleted,
}

/// A value, and what it was before where a redline changed it.
///
/// It is for what can't be struck through and underlined: a list level, an emphasis, the identity of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Revised<T> {
    /// In the later text.
    pub now: T,
    /// In the earlier text, where it was another.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub was: Option<T>,
}

fn none<T>() -> Option<T> {
    None
}

impl<T> Revised<T> {
    /// The same in both texts.
    pub const fn new(now: T) -> Self {
        Self { now, was: None }
    }

    /// The value in the earlier text.
    pub fn before(&self) -> &T {
        self.was.as_ref().unwrap_or(&self.now)
    }

    /// The value in the later text, and the one in the earlier where that was another.
    pub fn both(&self) -> impl Iterator<Item = &T> {
        [Some(&self.now), self.was.as_ref()].into_iter().flatten()
    }
}

impl<T: PartialEq> Revised<T> {
    /// The value `now`, which was `was`; equal values are no change.
    pub fn from_pair(was: T, now: T) -> Self {
        let was = (was != now).then_some(was);
        Self { now, was }
    }
}

impl<T> From<T> for Revised<T> {
    fn from(now: T) -> Self {
        Self::new(now)
    }
}

/// A whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What is true of it as a whole.
    pub meta: Revised<Meta>,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
    /// Remarks for reviewers; they are no part of the text, and Markdown doesn't carry them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// Whose its revisions are, where they aren't all of one; they are no part of the text either.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hands: Vec<Hand>,
    /// Whose they are, told at length, where the text itself can't say it: what is printed of it has it under the cover.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legend: Vec<Block>,
}

/// Who made the revisions of one paragraph, of one row that comes or goes, or of one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Index into [`Document::blocks`].
    pub block: usize,
    /// Index into [`Table::rows`], where the block is a table.
    pub row: Option<usize>,
    /// Index into [`TableRow::cells`], where the row stays.
    pub cell: Option<usize>,
    /// Whether it made only the revisions of the words that name it ([`Style::by`]).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub words: bool,
    /// By name.
    pub author: String,
    /// When, as a day in ISO form, if that is known.
    pub date: Option<String>,
}

/// What stands on every page and in a file's properties, as the templates worded it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Meta {
    /// As a reader shows it in the title bar.
    pub title: String,
    /// What it is about, for catalogues.
    pub subject: String,
    /// A BCP 47 tag, such as `en-GB`.
    pub language: String,
    /// Its name under the Panel Information Policy, such as `White`.
    pub classification: String,
    /// The line at the head of each page; empty for none.
    pub header: String,
    /// The lines at the foot of each page, from the top down. `{page}` and `{pages}` stand for the numbers.
    pub footer: Vec<String>,
}

/// A remark on one block, or on one row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Index into [`Document::blocks`].
    pub block: usize,
    /// Index into [`Table::rows`], where the block is a table.
    pub row: Option<usize>,
    /// What it says.
    pub text: String,
    /// Who says it, where that isn't whoever made the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Said>,
    /// Index into [`Document::comments`] of the one that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<usize>,
}

/// Who says something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// By name.
    pub author: String,
    /// In ISO 8601, if that is known.
    pub date: Option<String>,
}

/// A piece of a document, from margin to margin.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// Words.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// What is put there by whoever lays the document out.
    Furniture(Furniture),
}

impl Block {
    /// Its words, apart as they stand: those of a paragraph, or those of each cell of a table.
    pub fn texts_mut(&mut self) -> Vec<&mut Vec<Run>> {
        match self {
            Self::Paragraph(paragraph) => vec![&mut paragraph.runs],
            Self::Table(table) => {
                table.rows.iter_mut().flat_map(|row| &mut row.cells).map(|cell| &mut cell.runs).collect()
            }
            Self::Furniture(_) => Vec::new(),
        }
    }
}

/// What a template asks for that isn't text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Furniture {
    /// What it is.
    pub kind: FurnitureKind,
    /// Which of the texts it stands in.
    pub mark: Mark,
}

/// What stands in a document without being its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FurnitureKind {
    /// What follows starts a page.
    PageBreak,
    /// What follows stands on turned pages, within its section.
    Landscape,
    /// What follows stands on upright pages again.
    Portrait,
    /// The table of contents stands here.
    Contents,
}

/// A paragraph, a heading or a list item: whatever ends in a paragraph mark.
///
/// As in Word, an inserted mark means that the text up to it ran on into the next paragraph before, and a deleted
/// one that it does so now; what runs on takes the kind of the paragraph that it runs into. A paragraph that is
/// inserted whole has its mark and all its runs inserted.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Paragraph {
    /// What it is, in each of the texts.
    pub kind: Revised<Kind>,
    /// Which of the texts it stands in.
    pub mark: Mark,
    /// Its words.
    pub runs: Vec<Run>,
}

/// What a paragraph is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Ordinary text.
    #[default]
    Body,
    /// `level` is 1 to 6. `id` is the identity of the section that the heading opens, which outlives its number;
    /// a heading within a section has none.
    Heading {
        /// From 1, the greatest.
        level: u8,
        /// The section that it begins, if it begins one.
        id: Option<String>,
    },
    /// `level` is 1 for the outermost list.
    Item {
        /// From 1, the outermost.
        level: u8,
        /// What stands before it.
        marker: Marker,
    },
    /// The first paragraph of a section without a heading: its number, and the words that follow it.
    Clause {
        /// From 1 to [`CLAUSE_LEVELS`].
        level: u8,
        /// The section that it begins.
        id: String,
    },
    /// Something that documents have a style for.
    Role(TextRole),
}

/// How deep a section without a heading can stand.
pub const CLAUSE_LEVELS: u8 = 9;

/// What stands before a list item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// What the drafter wrote.
    Label(Label),
    /// A further paragraph of the item above.
    Continued,
}

/// What a paragraph outside the sections is for. A style sheet says how each looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextRole {
    /// The title of the document.
    Title,
    /// What stands below the title.
    Subtitle,
    /// The line that opens an amended part: "Amend Section 5.4 as follows:".
    Instruction,
    /// The line over a table.
    Caption,
    /// A remark in small print, such as why a table has no count rows.
    Note,
    /// The classification and its meaning, on the cover.
    Classification,
    /// A picture, and its caption from the next line on.
    Figure,
    /// A term that is defined, at the left of what it means.
    Term,
    /// A paragraph of what the term above it means. Items of lists from the second level on stand within it, as within an
    /// item of the first.
    Meaning,
}

impl TextRole {
    /// Every one of them.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Subtitle,
        Self::Instruction,
        Self::Caption,
        Self::Note,
        Self::Classification,
        Self::Figure,
        Self::Term,
        Self::Meaning,
    ];
}

/// A stretch of text in one style and with one mark. `\n` is a line break within the paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Run {
    /// Its words.
    pub text: String,
    /// How they look, in each of the texts.
    #[serde(default, skip_serializing_if = "is_plain")]
    pub style: Revised<Style>,
    /// Which of the texts they stand in.
    pub mark: Mark,
}

fn is_plain(style: &Revised<Style>) -> bool {
    *style == Revised::default()
}

/// How words stand out.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Style {
    /// Whether they are bold.
    pub strong: bool,
    /// Whether they are slanted.
    pub emphasis: bool,
    /// Whether they are raised or lowered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub script: Option<Script>,
    /// Where the text leads: `#` and an [`anchor`] for a place in this document, else an address.
    pub link: Option<String>,
    /// The note that is referred to here; the text is [`NOTE`] then. It is none of the style's former values: what changed
    /// in a note is marked within it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Box<Note>>,
    /// The picture that stands here; the text is [`FIGURE`] then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<Box<Figure>>,
    /// In a redline, whether they are new within a section that moved, which is inserted whole where it stands now.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub fresh: bool,
    /// In a redline that several made, whose revision they are, where others revise the same paragraph: an index into
    /// [`Document::hands`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<usize>,
}

/// Stands in a text where a note is referred to.
pub const NOTE: &str = "\u{fffc}";

/// Stands in a text where a picture does.
pub const FIGURE: &str = NOTE;

/// A picture from a file. Its file is what it is: what another file shows is another picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Figure {
    /// Below the folder of the content, such as `figures/flow.png`.
    pub file: String,
    /// What it shows, in words, for readers who can't see it.
    pub alt: String,
}

/// A note at the foot of the page. Its number is that of its place among the notes of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Note {
    /// Its words. Of a note that comes or goes whole, only the reference says so.
    pub runs: Vec<Run>,
}

/// To which side of the line words are set, smaller than those beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// Above, as in m².
    Superscript,
    /// Below, as in CO₂.
    Subscript,
}

/// A table. Its columns are a grid: each cell of a row covers one or more of those that stand in the row's text.
///
/// A row that is kept covers all columns. A deleted row covers only those that aren't inserted, an inserted row
/// those that aren't deleted; so a column's mark says all there is to say of its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Table {
    /// The identity of a matrix, such as `8.1.8`; a table in a section's body has none.
    pub id: Revised<Option<String>>,
    /// From left to right.
    pub columns: Vec<Column>,
    /// From top to bottom.
    pub rows: Vec<TableRow>,
    /// Whether the first column heads the rows.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub header_column: bool,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Column {
    /// Tells the column from its neighbours when tables are compared, in each of the texts.
    pub key: Revised<String>,
    /// To which side its words are set.
    pub align: Align,
    /// Its share of the width, where a drafter says how wide the columns are; else 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub share: u16,
    /// Which of the texts it stands in.
    pub mark: Mark,
}

fn is_zero(share: &u16) -> bool {
    *share == 0
}

/// To which side words are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// To the left.
    #[default]
    Left,
    /// To the middle.
    Centre,
    /// To the right.
    Right,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TableRow {
    /// Tells the row from its neighbours when tables are compared; two rows may share one.
    pub key: Revised<String>,
    /// What it is for.
    pub kind: RowKind,
    /// Which of the texts it stands in.
    pub mark: Mark,
    /// From left to right.
    pub cells: Vec<Cell>,
}

#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
/// What a row is for.
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// Repeated at the head of each page. Header rows stand first.
    Header,
    /// What the table is about.
    #[default]
    Data,
    /// Computed: set off from the rows that it counts.
    Count,
}

/// A cell of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cell {
    /// How many columns it covers, at least 1.
    pub span: usize,
    /// Whether it is more of the cell above, which covers the same columns; it has no words of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub above: bool,
    /// Its words.
    pub runs: Vec<Run>,
}

impl Run {
    /// Words that don't stand out, in both texts.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Whether a redline says anything of it: that it comes or goes, that it looked otherwise, or that its note did.
    pub fn is_revised(&self) -> bool {
        let note = self.style.now.note.as_ref();
        self.mark != Mark::Kept
            || self.style.was.is_some()
            || note.is_some_and(|note| note.runs.iter().any(Run::is_revised))
    }

    /// A reference to a note, in both texts.
    pub fn reference_to(note: Note) -> Self {
        let style = Style { note: Some(Box::new(note)), ..Style::default() };
        Self { text: NOTE.to_owned(), style: style.into(), mark: Mark::Kept }
    }

    /// A picture, in both texts.
    pub fn showing(figure: Figure) -> Self {
        let style = Style { figure: Some(Box::new(figure)), ..Style::default() };
        Self { text: FIGURE.to_owned(), style: style.into(), mark: Mark::Kept }
    }

    /// Whether it is no words, but a reference to a note or a picture.
    pub fn is_object(&self) -> bool {
        self.style.now.note.is_some() || self.style.now.figure.is_some()
    }

    /// What it says; of a reference to a note, that note, and of a picture, what it shows.
    pub fn said(&self) -> std::borrow::Cow<'_, str> {
        match (&self.style.now.note, &self.style.now.figure) {
            (Some(note), _) => format!("^[{}]", text_of(&note.runs)).into(),
            (None, Some(figure)) => format!("[{}: {}]", figure.file, figure.alt).into(),
            (None, None) => self.text.as_str().into(),
        }
    }
}

impl Style {
    /// How words of the style look in either text by itself, without what a redline says of them.
    pub fn look(&self) -> Self {
        Self { fresh: false, by: None, ..self.clone() }
    }
}

impl Kind {
    /// The level and the identity of the section that it opens, if it opens one.
    pub fn opens(&self) -> Option<(u8, &str)> {
        match self {
            Self::Heading { level, id } => Some((*level, id.as_deref()?)),
            Self::Clause { level, id } => Some((*level, id)),
            Self::Body | Self::Item { .. } | Self::Role(_) => None,
        }
    }

    /// Whether it is a term that is defined, or what one means.
    pub fn defines(&self) -> bool {
        matches!(self, Self::Role(TextRole::Term | TextRole::Meaning))
    }

    /// The identity of the section that it opens, if it opens one.
    pub fn section_id(&self) -> Option<&str> {
        self.opens().map(|(_, id)| id)
    }

    /// Whether a number can stand before its words, apart from them.
    pub fn is_numbered(&self) -> bool {
        matches!(self, Self::Heading { .. } | Self::Clause { .. })
    }
}

impl Paragraph {
    /// A paragraph in both texts.
    pub fn new(kind: Kind, runs: Vec<Run>) -> Self {
        Self { kind: kind.into(), mark: Mark::Kept, runs }
    }

    /// All the text, whatever its marks, without its notes and pictures.
    pub fn text(&self) -> String {
        text_of(&self.runs)
    }
}

/// All the text of some runs, whatever their marks, without their notes and pictures.
pub fn text_of(runs: &[Run]) -> String {
    runs.iter().filter(|run| !run.is_object()).map(|run| run.text.as_str()).collect()
}

impl TableRow {
    /// Whether some of its cells are more of those above.
    pub fn is_tied(&self) -> bool {
        self.cells.iter().any(|cell| cell.above)
    }
}

impl Table {
    /// Whether it has cells that cover several rows.
    pub fn is_tied(&self) -> bool {
        self.rows.iter().any(TableRow::is_tied)
    }

    /// The columns that the cells of a row with this mark cover, in order, as indexes into [`Table::columns`].
    pub fn grid(&self, mark: Mark) -> impl Iterator<Item = usize> + '_ {
        self.columns
            .iter()
            .enumerate()
            .filter(move |(_, column)| mark == Mark::Kept || column.mark == Mark::Kept || column.mark == mark)
            .map(|(index, _)| index)
    }
}

/// The name of the place that a section or table is, for links, bookmarks and file anchors.
pub fn anchor(kind: PartKind, id: &str) -> String {
    match kind {
        PartKind::Section => format!("section-{id}"),
        PartKind::Table => format!("table-{id}"),
    }
}
