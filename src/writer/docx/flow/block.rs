//! The blocks of a Word document: paragraphs, tables and tables of contents.

use crate::document::{Kind, Mark, Revised, Run, Table, TextRole};
use crate::ooxml::styles;
use crate::writer::keeping::leads;
use crate::writer::view::RevisionView;
use std::borrow::Cow;
use std::ops::Range;

/// The mark of what stands in the texts for which `stands` is true; none where it stands in neither.
pub(super) fn mark_of(stands: impl Fn(RevisionView) -> bool) -> Option<Mark> {
    match (stands(RevisionView::Original), stands(RevisionView::Proposed)) {
        (true, true) => Some(Mark::Kept),
        (false, true) => Some(Mark::Inserted),
        (true, false) => Some(Mark::Deleted),
        (false, false) => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    Portrait,
    Landscape,
}

/// What a paragraph of the Word document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form<'a> {
    Kind(&'a Kind),
    /// An empty line of no height: Word wants a paragraph where the tree has none.
    Gap,
}

impl Form<'_> {
    /// Whether it must not be parted from what stands below it.
    pub(super) fn keeps_with_next(self) -> bool {
        match self {
            Self::Kind(kind) => leads(kind),
            Self::Gap => false,
        }
    }

    /// The id of its style.
    pub fn style(self) -> String {
        match self {
            Self::Kind(kind) => styles::of(kind),
            Self::Gap => styles::GAP.to_owned(),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Para<'a> {
    /// The blocks whose text it holds: one, more where paragraphs were joined, none for a gap.
    pub blocks: Range<usize>,
    pub form: Revised<Form<'a>>,
    pub mark: Mark,
    /// The block whose revision its mark is, where that is another's: what follows in one of the texts parts it from that.
    pub marked_with: Option<usize>,
    pub runs: Cow<'a, [Run]>,
    /// It starts a page.
    pub starts_page: bool,
    /// The section that ends with it.
    pub ends_section: Option<Orientation>,
    /// It stays on the page of the next, though its style doesn't say so.
    pub keeps_next: bool,
    /// It stands on a turned page, as a drafter says.
    pub is_turned: bool,
    /// It is an item of a list within what a term means.
    pub in_meaning: bool,
    /// It stands in neither text: its mark is inserted and deleted at once.
    pub nowhere: bool,
}

impl<'a> Para<'a> {
    pub(super) fn gap(mark: Mark) -> Self {
        Self {
            blocks: 0..0,
            form: Form::Gap.into(),
            mark,
            marked_with: None,
            runs: Cow::Borrowed(&[]),
            starts_page: false,
            ends_section: None,
            keeps_next: false,
            is_turned: false,
            in_meaning: false,
            nowhere: false,
        }
    }

    /// A page break that has a gap to itself.
    pub(super) fn page_break(block: usize, mark: Mark) -> Self {
        Self { blocks: block..block + 1, starts_page: true, ..Self::gap(mark) }
    }

    /// A gap that only the redline has.
    pub(super) fn gap_nowhere() -> Self {
        Self { nowhere: true, ..Self::gap(Mark::Deleted) }
    }

    /// Whether text of it stands in the view where its mark doesn't, and so runs on into the next paragraph.
    pub(super) fn runs_on(&self) -> bool {
        RevisionView::BOTH.iter().any(|view| !view.holds(self.mark) && self.has_text(*view))
    }

    pub fn is_note(&self) -> bool {
        self.form.now == Form::Kind(&Kind::Role(TextRole::Note))
    }

    /// Whether its text and its mark are of one revision.
    pub(super) fn is_whole(&self, mark: Mark) -> bool {
        self.mark == mark && self.runs.iter().all(|run| run.mark == mark)
    }

    /// Changes what it is in one of the texts.
    pub(super) fn set_form(&mut self, view: RevisionView, form: Form<'a>) {
        let other = *view.other().of(&self.form);
        self.form = match view {
            RevisionView::Original => Revised::from_pair(form, other),
            RevisionView::Proposed => Revised::from_pair(other, form),
        };
    }

    pub fn has_text(&self, view: RevisionView) -> bool {
        self.runs.iter().any(|run| view.holds(run.mark))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum WordBlock<'a> {
    Paragraph(Para<'a>),
    /// The table of a block, and one of another that takes its place: neither text has both, and Word has one table.
    Table {
        tables: Vec<(usize, &'a Table)>,
        orientation: Orientation,
    },
    Contents {
        block: usize,
        mark: Mark,
    },
}

impl WordBlock<'_> {
    /// Whether it is there in one of the two texts.
    pub fn stands(&self, view: RevisionView) -> bool {
        match self {
            Self::Paragraph(para) => !para.nowhere && view.holds(para.mark),
            Self::Contents { mark, .. } => view.holds(*mark),
            Self::Table { tables, .. } => tables.iter().any(|(_, table)| table_stands(table, view)),
        }
    }

    /// Takes a table in, if neither text has both; else gives it back.
    pub(super) fn take_in(&mut self, below: Self) -> Option<Self> {
        let both = RevisionView::BOTH.iter().any(|view| self.stands(*view) && below.stands(*view));
        match (self, below) {
            (Self::Table { tables, orientation }, Self::Table { tables: others, orientation: other }) if !both => {
                tables.extend(others);
                if other == Orientation::Landscape {
                    *orientation = other;
                }
                None
            }
            (_, below) => Some(below),
        }
    }
}

/// A table with no row, or with no column, isn't there.
pub fn table_stands(table: &Table, view: RevisionView) -> bool {
    table.columns.iter().any(|column| view.holds(column.mark))
        && table.rows.iter().any(|row| view.holds(row.mark) && !row.cells.is_empty())
}

/// Whether a table is written as its two texts, all of the former deleted and all of the latter inserted: Word can't
/// track a column in a way that other readers resolve.
pub fn is_written_twice(table: &Table) -> bool {
    table.columns.iter().any(|column| column.mark != Mark::Kept)
}

/// The marks with which a row is written: its own or, in a table that is written twice, that of each text it stands in.
pub fn marks_of_row(table: &Table, mark: Mark) -> impl Iterator<Item = Mark> {
    let twice = is_written_twice(table);
    let of_texts = RevisionView::BOTH.into_iter().filter(move |view| twice && view.holds(mark)).map(RevisionView::mark);
    of_texts.chain((!twice).then_some(mark))
}
