//! What isn't settled of a modification: where it and the version that it was moved onto say different things.

use super::figures::{OmittedStatement, PublishedStatement};
use super::neighbour::Neighbour;
use super::origin::{Placed, Standing, Text};
use std::sync::Arc;

/// What all sides say of one thing, of which an editor keeps one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sides<V> {
    /// What it was; none where it is new.
    pub was: Option<V>,
    /// What the modification says.
    pub ours: Option<V>,
    /// What the version says that it shall be laid over.
    pub theirs: Option<V>,
    /// Where they stand.
    pub origin: Standing,
}

impl<V> Sides<V> {
    /// Each side that says something, by the name that content gives it.
    pub fn each(&self) -> impl Iterator<Item = (&'static str, &V)> {
        let sides = [("was", &self.was), ("ours", &self.ours), ("theirs", &self.theirs)];
        sides.into_iter().filter_map(|(name, side)| Some((name, side.as_ref()?)))
    }
}

/// What isn't settled of a section.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenSection {
    /// Its heading.
    pub heading: Option<Sides<Text>>,
    /// Its text.
    pub body: Option<Sides<Text>>,
    /// The number that it shall have.
    pub renumber: Option<Sides<Placed<String>>>,
    /// Where it shall stand.
    pub place: Option<Sides<Neighbour>>,
    /// Whether what the statement says happens at all: the sides tell, in words, what would.
    pub conflict: Option<Sides<Text>>,
}

/// What isn't settled of a table as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenTable {
    /// Its title.
    pub title: Option<Sides<Text>>,
    /// The code of its User Role.
    pub role: Option<Sides<Placed<String>>>,
    /// What an extract leaves out of it.
    pub omitted: Option<Sides<OmittedStatement>>,
    /// The count rows as they were printed.
    pub published: Option<Sides<PublishedStatement>>,
    /// Whether what the statement says happens at all: the sides tell, in words, what would.
    pub conflict: Option<Sides<Text>>,
}

/// What isn't settled of cells, by the keys of their columns.
pub type OpenCells = Vec<(Placed<String>, Sides<Placed<Arc<str>>>)>;

/// What isn't settled of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenRow {
    /// The Service Reference.
    pub reference: Option<Sides<Placed<String>>>,
    /// The Service Reference Variant.
    pub variant: Option<Sides<Placed<String>>>,
    /// The name of the Service Request.
    pub name: Option<Sides<Text>>,
    /// Whether the Service Request is critical.
    pub critical: Option<Sides<Placed<bool>>>,
    /// Its cells, by the keys of their columns.
    pub cells: OpenCells,
    /// The code of the User Role.
    pub role: Option<Sides<Placed<String>>>,
    /// Whether what the statement says happens at all: the sides tell, in words, what would.
    pub conflict: Option<Sides<Text>>,
}
