//! The two readings of a marked tree.

use crate::document::{Mark, Revised};

/// One of the texts that a marked tree holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The earlier text: all revisions rejected.
    Before,
    /// The later text: all revisions accepted.
    Now,
}

impl Reading {
    /// Both, the earlier first.
    pub const BOTH: [Self; 2] = [Self::Before, Self::Now];

    /// Whether what bears this mark stands in this text.
    pub fn holds(self, mark: Mark) -> bool {
        match self {
            Self::Before => mark != Mark::Inserted,
            Self::Now => mark != Mark::Deleted,
        }
    }

    /// The mark of what stands in this text alone.
    pub fn mark(self) -> Mark {
        match self {
            Self::Before => Mark::Deleted,
            Self::Now => Mark::Inserted,
        }
    }

    /// The other text.
    pub fn other(self) -> Self {
        match self {
            Self::Before => Self::Now,
            Self::Now => Self::Before,
        }
    }

    /// What a value is in this text.
    pub fn of<T>(self, value: &Revised<T>) -> &T {
        match self {
            Self::Before => value.before(),
            Self::Now => &value.now,
        }
    }
}
