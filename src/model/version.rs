//! A version of the appendix: its parts in document order.

use super::appendix::{Classification, Column, ColumnKind};
use super::origin::{Origin, Placed, Text};
use serde::Serialize;
use std::sync::Arc;

/// A whole version, be it a version of the code or one with a modification laid over it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Version {
    /// As written, such as `MP089`; matched without case.
    pub id: Placed<String>,
    /// As documents print it, such as "SEC Version 6.18".
    pub name: String,
    /// What a modification calls itself.
    pub title: Option<Text>,
    /// The id of the version that a modification is drafted against.
    pub base: Option<Placed<String>>,
    /// The version of a modification's legal text, such as `0.1`.
    pub legal_text_version: Option<String>,
    /// Who may read it.
    pub classification: Classification,
    /// In ISO form, such as `2019-06-01`.
    pub date: Option<String>,
    /// Why not all of the appendix is here, if it isn't.
    pub extract: Option<Text>,
    /// Where it comes from, and what is unverified in it.
    pub provenance: Option<Text>,
    /// The columns of its tables, from left to right.
    pub columns: Arc<[Column]>,
    /// Sections and tables, in the order of the document.
    pub parts: Vec<Part>,
    /// The versions of the code that led to it, from the first.
    pub record: Vec<Recorded>,
}

/// A version of the code, in the record of what amended the appendix.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// Its id.
    pub id: String,
    /// As documents print it.
    pub name: String,
    /// The day from which it is in force, in ISO form, once that is known.
    pub date: Option<String>,
    /// What it puts together.
    pub modifications: Vec<RecordedModification>,
}

/// A modification, in the record of what amended the appendix.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordedModification {
    /// Its id.
    pub id: String,
    /// As documents print it.
    pub name: String,
    /// What it calls itself.
    pub title: Option<String>,
}

impl Version {
    /// The form of its id that file names use.
    pub fn file_name(&self) -> String {
        self.id.to_lowercase()
    }

    /// Whether another version has the same parts with the same text, wherever that is written.
    pub fn reads_as(&self, other: &Self) -> bool {
        self.parts.len() == other.parts.len() && self.parts.iter().zip(&other.parts).all(|(a, b)| a.reads_as(b))
    }

    /// The section that bears a number.
    pub fn section_numbered(&self, number: &str) -> Option<&Section> {
        self.sections().find(|section| section.number.value == number)
    }

    /// The section of an identity.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections().find(|section| section.id == id)
    }

    /// The table that bears a number.
    pub fn matrix_numbered(&self, number: &str) -> Option<&Matrix> {
        self.matrices().find(|matrix| matrix.number.value == number)
    }

    /// The table of an identity.
    pub fn matrix(&self, id: &str) -> Option<&Matrix> {
        self.matrices().find(|matrix| matrix.id == id)
    }

    /// The sections, in their order.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.parts.iter().filter_map(|part| match part {
            Part::Section(section) => Some(&**section),
            Part::Matrix(_) => None,
        })
    }

    /// The tables, in their order.
    pub fn matrices(&self) -> impl Iterator<Item = &Matrix> {
        self.parts.iter().filter_map(|part| match part {
            Part::Matrix(matrix) => Some(&**matrix),
            Part::Section(_) => None,
        })
    }
}

/// A section or a table, shared with the other versions that have it as it is. Templates tell them apart by `kind`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Part {
    /// Text under a heading.
    Section(Arc<Section>),
    /// A table of Service Requests.
    Matrix(Arc<Matrix>),
}

impl Part {
    /// Whether it is a table, and what tells it from the others, whatever its number.
    pub fn identity(&self) -> (bool, &str) {
        match self {
            Self::Section(section) => (false, &section.id),
            Self::Matrix(matrix) => (true, &matrix.id),
        }
    }

    /// Whether another part has the same text.
    pub fn reads_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Section(a), Self::Section(b)) => {
                (&a.number, &a.heading, &a.body) == (&b.number, &b.heading, &b.body)
            }
            (Self::Matrix(a), Self::Matrix(b)) => {
                (&a.number, &a.title, &a.role, &a.columns, &a.omitted)
                    == (&b.number, &b.title, &b.role, &b.columns, &b.omitted)
                    && a.rows.len() == b.rows.len()
                    && a.rows.iter().zip(&b.rows).all(|(a, b)| a.reads_as(b))
            }
            _ => false,
        }
    }

    /// Its number as it is printed.
    pub fn number(&self) -> &str {
        match self {
            Self::Section(section) => &section.number,
            Self::Matrix(matrix) => &matrix.number,
        }
    }
}

/// A numbered section, without its subsections.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Section {
    /// The identity that outlives its number.
    pub id: String,
    /// Such as "5.4".
    pub number: Placed<String>,
    /// How deep its number stands: 1 for `5`, 2 for `5.4`.
    pub level: usize,
    /// What stands after the number; empty for a section without a heading, whose text does.
    pub heading: Text,
    /// Markdown; empty for a section that has only subsections.
    pub body: Text,
    /// Where it comes from, and what is unverified in it.
    pub provenance: Option<Text>,
    /// Where the section was last restated, and by which version.
    #[serde(skip)]
    pub origin: Origin,
}

impl Section {
    /// Whether its text stands after its number, without a heading.
    pub fn is_clause(&self) -> bool {
        self.heading.text.is_empty()
    }

    /// What tells it from others for a drafter: its heading, else the first line of its text.
    pub fn title(&self) -> &str {
        if self.is_clause() { self.body.text.lines().next().unwrap_or_default() } else { &self.heading.text }
    }

    /// Its heading, if it has one.
    pub fn own_heading(&self) -> Option<Text> {
        (!self.is_clause()).then(|| self.heading.clone())
    }
}

/// A table of Service Requests for one User Role.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Matrix {
    /// The identity that outlives its number.
    pub id: String,
    /// Such as "8.1.8".
    pub number: Placed<String>,
    /// What its caption says, if that isn't the name of its User Role.
    pub title: Option<Text>,
    /// The role's code and name.
    pub role: Placed<String>,
    /// The name of its User Role.
    pub role_name: String,
    /// Its columns, from left to right.
    pub columns: Arc<[Column]>,
    /// The rows that it shows, shared with the other versions that have them as they are.
    pub rows: Vec<Arc<Row>>,
    /// Those that it doesn't show.
    pub omitted: Omitted,
    /// The count rows as they were once printed. Nothing is rendered from them.
    pub published: Option<Published>,
    /// Where it comes from, and what is unverified in it.
    pub provenance: Option<Text>,
    /// Where the table was last restated or operated on, and by which version.
    #[serde(skip)]
    pub origin: Origin,
}

impl Matrix {
    /// The rows that it shows, from the first.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &Row> + ExactSizeIterator + Clone {
        self.rows.iter().map(|row| &**row)
    }

    /// How many command-variant cells a row has.
    pub fn cv_columns(&self) -> usize {
        self.columns.iter().filter(|column| column.kind == ColumnKind::Cv).count()
    }
}

/// A Service Request in a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// Its variant, or an id of its own where two rows share one. Two rows may still bear the same.
    pub key: Placed<String>,
    /// The Service Reference, such as "6.2".
    pub reference: Placed<String>,
    /// The Service Reference Variant, such as "6.2.7".
    pub variant: Placed<String>,
    /// The name of the Service Request.
    pub name: Text,
    /// Whether the Service Request is critical.
    pub critical: Placed<bool>,
    /// The applicabilities, one for each command-variant column.
    pub cv: Vec<Placed<Arc<str>>>,
    /// The code of its User Role.
    pub role: Placed<String>,
    /// Where it comes from, and what is unverified in it.
    pub provenance: Option<Text>,
    /// Where the row was first written, and by which version.
    #[serde(skip)]
    pub origin: Origin,
}

impl Row {
    /// Whether another row says the same, wherever the two stand.
    pub fn reads_as(&self, other: &Self) -> bool {
        (&self.reference, &self.variant, &self.name, &self.critical, &self.cv, &self.role)
            == (&other.reference, &other.variant, &other.name, &other.critical, &other.cv, &other.role)
    }
}

/// The rows of a table that an extract leaves out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Omitted {
    /// The table is whole.
    #[default]
    Nothing,
    /// So many rows are left out, and their cells are known.
    Counted {
        /// How many rows.
        rows: Placed<u32>,
        /// What their cells hold.
        counts: Vec<OmittedCount>,
        /// Where the figures come from, and what is unverified in them.
        provenance: Option<Text>,
    },
    /// Nothing says what is left out, so nothing can be counted. The reason is for readers.
    Unknown {
        /// Why it isn't known.
        reason: Text,
    },
}

/// How many cells of each command-variant column hold an applicability, in the rows left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OmittedCount {
    /// What the cells hold.
    pub applicability: Arc<str>,
    /// How many do, in each command variant from left to right.
    pub cv: Vec<Placed<u32>>,
}

/// Count rows as a document printed them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Published {
    /// The count rows.
    pub counts: Vec<PublishedCount>,
    /// The grand total.
    pub total_tests: Option<Placed<u32>>,
    /// Where they come from, and what is unverified in them.
    pub provenance: Option<Text>,
}

/// A count row, as it was published.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublishedCount {
    /// What is counted.
    pub applicability: Arc<str>,
    /// A figure for each command variant, from left to right.
    pub cv: Vec<Placed<u32>>,
    /// Their sum, where it was published.
    pub total: Option<Placed<u32>>,
}
