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
    pub classification: Classification,
    /// In ISO form, such as `2019-06-01`.
    pub date: Option<String>,
    /// Why not all of the appendix is here, if it isn't.
    pub extract: Option<Text>,
    pub provenance: Option<Text>,
    pub columns: Arc<[Column]>,
    /// Sections and tables, in the order of the document.
    pub parts: Vec<Part>,
}

impl Version {
    /// The form of its id that file names use.
    pub fn file_name(&self) -> String {
        self.id.to_lowercase()
    }

    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.parts.iter().filter_map(|part| match part {
            Part::Section(section) => Some(section),
            Part::Matrix(_) => None,
        })
    }

    pub fn matrices(&self) -> impl Iterator<Item = &Matrix> {
        self.parts.iter().filter_map(|part| match part {
            Part::Matrix(matrix) => Some(matrix),
            Part::Section(_) => None,
        })
    }
}

/// A section or a table. Templates tell them apart by `kind`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[expect(clippy::large_enum_variant, reason = "a version has some hundred parts, and most hold more than they are")]
pub enum Part {
    Section(Section),
    Matrix(Matrix),
}

impl Part {
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
    pub number: Placed<String>,
    /// How deep its number stands: 1 for `5`, 2 for `5.4`.
    pub level: usize,
    pub heading: Text,
    /// Markdown; empty for a section that has only subsections.
    pub body: Text,
    pub provenance: Option<Text>,
    /// Where the section was last restated, and by which version.
    #[serde(skip)]
    pub origin: Origin,
}

/// A table of Service Requests for one User Role.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Matrix {
    /// The identity that outlives its number.
    pub id: String,
    pub number: Placed<String>,
    pub title: Option<Text>,
    /// The role's code and name.
    pub role: Placed<String>,
    pub role_name: String,
    pub columns: Arc<[Column]>,
    pub rows: Vec<Row>,
    pub omitted: Omitted,
    /// The count rows as they were once printed. Nothing is rendered from them.
    pub published: Option<Published>,
    pub provenance: Option<Text>,
    /// Where the table was last restated or operated on, and by which version.
    #[serde(skip)]
    pub origin: Origin,
}

impl Matrix {
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
    pub reference: Placed<String>,
    pub variant: Placed<String>,
    pub name: Text,
    pub critical: Placed<bool>,
    /// The applicabilities, one for each command-variant column.
    pub cv: Vec<Placed<Arc<str>>>,
    pub role: Placed<String>,
    pub provenance: Option<Text>,
    /// Where the row was first written, and by which version.
    #[serde(skip)]
    pub origin: Origin,
}

/// The rows of a table that an extract leaves out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Omitted {
    /// The table is whole.
    #[default]
    Nothing,
    /// So many rows are left out, and their cells are known.
    Counted { rows: Placed<u32>, counts: Vec<OmittedCount>, provenance: Option<Text> },
    /// Nothing says what is left out, so nothing can be counted. The reason is for readers.
    Unknown { reason: Text },
}

/// How many cells of each command-variant column hold an applicability, in the rows left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OmittedCount {
    pub applicability: Arc<str>,
    pub cv: Vec<Placed<u32>>,
}

/// Count rows as a document printed them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Published {
    pub counts: Vec<PublishedCount>,
    pub total_tests: Option<Placed<u32>>,
    pub provenance: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublishedCount {
    pub applicability: Arc<str>,
    pub cv: Vec<Placed<u32>>,
    pub total: Option<Placed<u32>>,
}
