//! What the files of a version state: a release its whole text, a modification what it does to its base.
//!
//! Nothing is laid over anything here: every value is as its drafter wrote it, with its place.

use super::appendix::{Classification, Column};
use super::cells::Cells;
use super::figures::{OmittedStatement, PublishedStatement};
use super::neighbour::Neighbour;
use super::origin::{Origin, Placed, Standing, Text};
use super::sides::{OpenRow, OpenSection, OpenTable, Sides};
use std::sync::Arc;

/// What the files of one version state.
#[derive(Clone, Debug, PartialEq)]
pub enum Stated {
    /// A version of the code, whole by itself.
    Release(Release),
    /// What is done to another version.
    Modification(Modification),
}

/// A version of the code that rests on no other.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// What the release is, apart from its text.
    pub head: Head,
    /// Its sections, each stated whole, in no order.
    pub sections: Vec<SectionStatement>,
    /// Its tables, each stated whole, in no order.
    pub tables: Vec<TableStatement>,
}

/// A modification as its files state it, before it is laid over its base.
#[derive(Clone, Debug, PartialEq)]
pub struct Modification {
    /// What the modification is, apart from its text.
    pub head: Head,
    /// The id of the version that it is drafted against.
    pub base: Placed<String>,
    /// The ids of the modifications that it puts together, in order: then it is a release of its base, and its own
    /// statements decide where they collide, or keep house.
    pub includes: Vec<Placed<String>>,
    /// What it does to sections, in no order.
    pub sections: Vec<SectionStatement>,
    /// What it does to tables, in no order.
    pub tables: Vec<TableStatement>,
}

impl Stated {
    /// What the version is, apart from its text.
    pub fn head(&self) -> &Head {
        match self {
            Self::Release(release) => &release.head,
            Self::Modification(modification) => &modification.head,
        }
    }

    /// The id of the version that it is drafted against; none for a release.
    pub fn base(&self) -> Option<&Placed<String>> {
        match self {
            Self::Release(_) => None,
            Self::Modification(modification) => Some(&modification.base),
        }
    }

    /// The ids of the modifications that it puts together, in order.
    pub fn includes(&self) -> &[Placed<String>] {
        match self {
            Self::Release(_) => &[],
            Self::Modification(modification) => &modification.includes,
        }
    }

    /// Whether it is a version of the code, be it one that puts modifications together.
    pub fn is_release(&self) -> bool {
        self.base().is_none() || !self.includes().is_empty()
    }

    /// The day from which it is in force, once that is known; of a version of the code, its date where nothing else is
    /// said.
    pub fn in_force(&self) -> Option<&str> {
        let head = self.head();
        let date = head.date.as_deref().filter(|_| self.is_release());
        head.effective.as_ref().map(|day| day.value.as_str()).or(date)
    }

    /// What it states of sections.
    pub fn sections(&self) -> &[SectionStatement] {
        match self {
            Self::Release(release) => &release.sections,
            Self::Modification(modification) => &modification.sections,
        }
    }

    /// What it states of tables.
    pub fn tables(&self) -> &[TableStatement] {
        match self {
            Self::Release(release) => &release.tables,
            Self::Modification(modification) => &modification.tables,
        }
    }
}

/// What a version is, apart from its text, as its `version.yaml` states it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// As written, such as `MP089`; matched without case.
    pub id: Placed<String>,
    /// As documents print it, such as "SEC Version 6.18".
    pub name: String,
    /// What a modification calls itself.
    pub title: Option<Text>,
    /// The version of a modification's legal text, such as `0.1`.
    pub legal_text_version: Option<String>,
    /// Under the policy that the appendix names; its base's, where a modification doesn't say.
    pub classification: Option<Classification>,
    /// In ISO form, such as `2019-06-01`.
    pub date: Option<String>,
    /// Why not all of the appendix is here, if it isn't.
    pub extract: Option<Text>,
    /// Where this comes from, and what is inferred or unverified.
    pub provenance: Option<Text>,
    /// How far it has come.
    pub status: Option<Status>,
    /// The day from which it is in force, in ISO form, once that is known.
    pub effective: Option<Placed<String>>,
    /// The columns of its tables, if they aren't its base's or the appendix's.
    pub columns: Option<Arc<[Column]>>,
    /// What all sides say of those, where that isn't settled.
    pub open_columns: Option<Sides<Arc<[Column]>>>,
}

/// How far a modification has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Being written.
    Draft,
    /// Out for others to say what they think of it.
    Consultation,
    /// To be implemented.
    Approved,
    /// In force.
    Implemented,
    /// Taken back by those who raised it.
    Withdrawn,
    /// Refused.
    Rejected,
}

impl Status {
    /// Every status, in the order in which a modification comes to it.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Consultation, Self::Approved, Self::Implemented, Self::Withdrawn, Self::Rejected];

    /// As content writes it, such as `approved`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Consultation => "consultation",
            Self::Approved => "approved",
            Self::Implemented => "implemented",
            Self::Withdrawn => "withdrawn",
            Self::Rejected => "rejected",
        }
    }
}

/// What a statement decides: in a release, between which modifications, and what they said when it was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// The ids of the modifications that collide there.
    pub between: Vec<Placed<String>>,
    /// The digest of what they said: it is void once that changes.
    pub digest: Option<Placed<String>>,
}

/// A section as its file states it: the section itself, or what a modification does to one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionStatement {
    /// Its number in the base; for one that is inserted, the number that it shall have.
    pub number: Placed<String>,
    /// Whether the modification inserts it, rather than changing one that the base has.
    pub insert: bool,
    /// The identity that outlives its number, where the number alone can't tell it.
    pub id: Option<Placed<String>>,
    /// The heading as it shall read.
    pub heading: Option<Text>,
    /// Whether a heading is stated, be it one that can't be read.
    pub has_heading: bool,
    /// The text as it shall read, in Markdown.
    pub body: Option<Text>,
    /// Where this comes from, and what is inferred.
    pub provenance: Option<Text>,
    /// Where deletion is asked for, if it is.
    pub delete: Option<Standing>,
    /// Whether the sections after a deleted one move down by one number.
    pub close_up: bool,
    /// The number that it shall have instead.
    pub renumber: Option<Placed<String>>,
    /// Where it shall stand instead.
    pub place: Option<Neighbour>,
    /// What it decides, in a release.
    pub decision: Decision,
    /// The day from which it is in force, in ISO form, where that isn't the day of all that the version does.
    pub effective: Option<Placed<String>>,
    /// What isn't settled of it, since it was moved onto another base.
    pub open: Option<Box<OpenSection>>,
    /// Where the statement begins.
    pub origin: Standing,
}

impl SectionStatement {
    /// Whether it makes sense only over a base: it says what happens to a section.
    pub fn amends(&self) -> bool {
        self.insert || self.delete.is_some() || self.renumber.is_some() || self.place.is_some()
    }
}

/// A table as its file states it: the table itself, or what a modification does to one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableStatement {
    /// The number of the table.
    pub number: Placed<String>,
    /// Whether the modification inserts it, rather than changing one that the base has.
    pub insert: bool,
    /// The identity that outlives its number, where the number alone can't tell it.
    pub id: Option<Placed<String>>,
    /// The title as its caption shall print it.
    pub title: Option<Text>,
    /// The code of its User Role.
    pub role: Option<Placed<String>>,
    /// All of its rows, and where they begin.
    pub rows: Option<Placed<Vec<RowStatement>>>,
    /// What a whole table must have and this one lacks.
    pub missing: Vec<&'static str>,
    /// What happens to the rows of a table that the base has.
    pub operations: Operations,
    /// Where deletion is asked for, if it is.
    pub delete: Option<Standing>,
    /// What it decides, in a release.
    pub decision: Decision,
    /// The day from which it is in force, in ISO form, where that isn't the day of all that the version does.
    pub effective: Option<Placed<String>>,
    /// The rows that an extract leaves out.
    pub omitted: Option<OmittedStatement>,
    /// The count rows as they were printed.
    pub published: Option<PublishedStatement>,
    /// Where this comes from, and what is inferred.
    pub provenance: Option<Text>,
    /// What isn't settled of it, since it was moved onto another base.
    pub open: Option<Box<OpenTable>>,
    /// Where the statement begins.
    pub origin: Standing,
}

impl TableStatement {
    /// Whether it makes sense only over a base: it says what happens to a table or its rows.
    pub fn amends(&self) -> bool {
        self.insert || self.delete.is_some() || self.operations.first().is_some()
    }
}

/// A row that changes, and what of it does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AmendedRow {
    /// The key of the row in the base.
    pub key: Placed<String>,
    /// What of it is stated anew.
    pub row: RowStatement,
}

/// Rows that are added.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InsertedRows {
    /// Beside which row; at the end, if none is named.
    pub neighbour: Option<Neighbour>,
    /// The rows, whole.
    pub rows: Vec<RowStatement>,
}

/// A row that moves.
#[derive(Clone, Debug, PartialEq)]
pub struct MovedRow {
    /// The key of the row.
    pub key: Placed<String>,
    /// Beside which row.
    pub neighbour: Neighbour,
    /// Whether it moves at all, where that isn't settled.
    pub conflict: Option<Sides<Text>>,
}

/// A row that goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemovedRow {
    /// The key of the row.
    pub key: Placed<String>,
    /// Whether it goes at all, where that isn't settled.
    pub conflict: Option<Sides<Text>>,
}

impl From<Placed<String>> for RemovedRow {
    fn from(key: Placed<String>) -> Self {
        Self { key, conflict: None }
    }
}

/// What a modification does to the rows of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operations {
    /// Rows that change, by their keys, and what of them does.
    pub amend: Vec<AmendedRow>,
    /// Rows that are added, beside which other; at the end, if none is named.
    pub insert: Vec<InsertedRows>,
    /// Rows that move, by their keys.
    pub moves: Vec<MovedRow>,
    /// Rows that go.
    pub remove: Vec<RemovedRow>,
}

impl Operations {
    /// Where the first of them stands, if there is any.
    pub fn first(&self) -> Option<&Origin> {
        let amended = self.amend.first().map(|amended| &amended.key.origin);
        let inserted = self.insert.first().and_then(|inserted| inserted.rows.first()).map(|row| &*row.origin);
        let moved = self.moves.first().map(|moved| &moved.key.origin);
        amended.or(inserted).or(moved).or(self.remove.first().map(|removed| &removed.key.origin))
    }
}

/// A row as written: whole, or as far as it is amended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowStatement {
    /// A key of its own, where two rows bear one variant.
    pub id: Option<Placed<String>>,
    /// The Service Reference.
    pub reference: Option<Placed<String>>,
    /// The Service Reference Variant.
    pub variant: Option<Placed<String>>,
    /// The name of the Service Request.
    pub name: Option<Text>,
    /// Whether the Service Request is critical.
    pub critical: Option<Placed<bool>>,
    /// The applicabilities, as far as they are stated.
    pub cells: Option<Cells<Arc<str>>>,
    /// The code of the User Role, if it isn't the table's.
    pub role: Option<Placed<String>>,
    /// Where this comes from, and what is inferred.
    pub provenance: Option<Text>,
    /// What isn't settled of it, since it was moved onto another base.
    pub open: Option<Box<OpenRow>>,
    /// Where the statement begins.
    pub origin: Standing,
}

impl RowStatement {
    /// What tells the row from the others, where it is stated whole: its own id, or its variant.
    pub fn key(&self) -> Option<&Placed<String>> {
        self.id.as_ref().or(self.variant.as_ref())
    }
}
