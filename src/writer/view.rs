//! The two views of a marked tree: what a reader has before its revisions, and what they propose.

use crate::document::{Mark, Revised};

/// One of the texts that a marked tree holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevisionView {
    /// The earlier text: all revisions rejected.
    Original,
    /// The later text: all revisions accepted.
    Proposed,
}

impl RevisionView {
    /// Both, the earlier first.
    pub const BOTH: [Self; 2] = [Self::Original, Self::Proposed];

    /// Whether what bears this mark stands in this text.
    pub fn holds(self, mark: Mark) -> bool {
        match self {
            Self::Original => mark != Mark::Inserted,
            Self::Proposed => mark != Mark::Deleted,
        }
    }

    /// The mark of what stands in this text alone.
    pub fn mark(self) -> Mark {
        match self {
            Self::Original => Mark::Deleted,
            Self::Proposed => Mark::Inserted,
        }
    }

    /// The other text.
    pub fn other(self) -> Self {
        match self {
            Self::Original => Self::Proposed,
            Self::Proposed => Self::Original,
        }
    }

    /// What a value is in this text.
    pub fn of<T>(self, value: &Revised<T>) -> &T {
        match self {
            Self::Original => value.before(),
            Self::Proposed => &value.now,
        }
    }
}
