//! Who said what: for each word of a section, each row and each cell of a table, the version that said it first.
//!
//! The text is followed from its first state to its last. What stays of a state keeps its name; what is new in one was
//! said by whoever made it.

mod trace;

use super::project::Project;
use crate::model::Version;
use serde::Serialize;
use trace::Trace;

/// A version's text, and who said each piece of it.
#[derive(Clone, Debug, Serialize)]
pub struct Blame {
    /// The id of the version.
    pub version: String,
    /// All who said something of it. What is said names them by their places here, from 0.
    pub said: Vec<Said>,
    /// Its sections, in their order.
    pub sections: Vec<BlamedSection>,
    /// Its tables, in their order.
    pub tables: Vec<BlamedTable>,
}

/// A version that said something, and when that came into force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The id of the version, such as `MP089`.
    pub by: String,
    /// The id of the release that it came through, if it came through one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// The day from which it is in force, in ISO form, once that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_force: Option<String>,
}

/// Words that one version said, with what stands between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// What is said.
    pub text: String,
    /// Who said so.
    pub said: usize,
}

/// A section.
#[derive(Clone, Debug, Serialize)]
pub struct BlamedSection {
    /// Its identity.
    pub id: String,
    /// Its number.
    pub number: Words,
    /// Its heading.
    pub heading: Vec<Words>,
    /// Its text, in Markdown.
    pub body: Vec<Words>,
}

/// A table.
#[derive(Clone, Debug, Serialize)]
pub struct BlamedTable {
    /// Its identity.
    pub id: String,
    /// Its number.
    pub number: Words,
    /// What its caption says.
    pub title: Words,
    /// Its rows, in their order.
    pub rows: Vec<BlamedRow>,
}

/// A row.
#[derive(Clone, Debug, Serialize)]
pub struct BlamedRow {
    /// What tells it from the others.
    pub key: String,
    /// Who put it there.
    pub said: usize,
    /// Its cells, from left to right.
    pub cells: Vec<BlamedCell>,
}

/// A cell of a row.
#[derive(Clone, Debug, Serialize)]
pub struct BlamedCell {
    /// The head of its column.
    pub column: String,
    /// What it holds.
    #[serde(flatten)]
    pub words: Words,
}

/// Who said each piece of a version's text.
pub fn blame(project: &Project, version: &Version) -> Blame {
    let mut trace = Trace::new(project);
    project.history(version, &mut |step, state| trace.follow(step, state));
    trace.told(version)
}
