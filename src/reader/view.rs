//! The texts of a marked document.

use super::marked::Marks;
use crate::document::{Mark, Revised};

/// Which of its texts a marked document is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The one before all revisions.
    Original,
    /// The one after them.
    Proposed,
    /// Both, with the revisions marked.
    Marked,
}

impl View {
    /// The mark of what those revisions bring and take away; none where this view doesn't show it.
    pub(super) fn mark(self, marks: Marks) -> Option<Mark> {
        let (original, proposed) = (marks.in_original(), marks.in_proposed());
        match self {
            Self::Original => original.then_some(Mark::Kept),
            Self::Proposed => proposed.then_some(Mark::Kept),
            Self::Marked => match (original, proposed) {
                (true, true) => Some(Mark::Kept),
                (false, true) => Some(Mark::Inserted),
                (true, false) => Some(Mark::Deleted),
                (false, false) => None,
            },
        }
    }

    /// A value as this view shows it.
    pub(super) fn pick<T: Clone>(self, value: &Revised<T>) -> Revised<T> {
        match self {
            Self::Original => value.before().clone().into(),
            Self::Proposed => value.now.clone().into(),
            Self::Marked => value.clone(),
        }
    }
}
