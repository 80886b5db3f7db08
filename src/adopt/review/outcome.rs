//! What is told of a copy: of each part, what became of each change.

use crate::document::PartKind;
use std::collections::BTreeSet;

/// What reviewers did to a redline in one copy of it.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// The parts in which something is proposed, or was changed or remarked, in their order.
    pub parts: Vec<ReviewedPart>,
}

/// A part, and what became of it.
#[derive(Clone, Debug)]
pub struct ReviewedPart {
    /// What part it is.
    pub site: Site,
    /// Whether the redline amends it.
    pub is_amended: bool,
    /// What became of each change, and what was changed besides.
    pub changes: Vec<Change>,
    /// The comments that stand in it, as indexes into [`Marked::comments`](crate::reader::marked::Marked::comments).
    pub comments: Vec<usize>,
}

/// A part of a redline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// A section or a table; neither, on the cover and in instructions.
    pub kind: Option<PartKind>,
    /// Its identity.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its heading or caption, without the number.
    pub heading: String,
}

/// A change, and what became of it.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where in the redline it is, as indexes of words: copies of one redline have it at the same place.
    pub at: std::ops::Range<usize>,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether the redline has a change there.
    pub is_change: bool,
    /// Whether it is of a figure that is counted: it follows from the rows, whatever becomes of it here.
    pub is_counted: bool,
    /// What tells the row of a table that it is in.
    pub row: Option<String>,
    /// The words before the redline.
    pub was: String,
    /// The words that it proposes.
    pub sent: String,
    /// The words that the copy has.
    pub now: String,
    /// Whose tracked changes are in it, apart from the drafter's. What wasn't tracked is nobody's.
    pub by: Vec<By>,
}

impl Change {
    /// Which words are now which others: in a row, cell by cell; those that are the same aren't told.
    pub fn edits(&self) -> Vec<(&str, &str)> {
        let whole = || vec![(self.sent.as_str(), self.now.as_str())];
        let (sent, now) = (cells(&self.sent), cells(&self.now));
        if self.row.is_none() || sent.len() != now.len() {
            return whole();
        }
        let edits: Vec<_> = sent.into_iter().zip(now).filter(|(sent, now)| sent != now).collect();
        if edits.is_empty() { whole() } else { edits }
    }

    /// Whether the copy has no word there that the redline hadn't, struck out or not.
    pub(super) fn has_only_what_was_sent(&self) -> bool {
        let sent: BTreeSet<&str> = [&self.was, &self.sent].into_iter().flat_map(|it| it.split_whitespace()).collect();
        self.now.split_whitespace().all(|word| sent.contains(word))
    }
}

/// The cells of rows, as they are told.
fn cells(rows: &str) -> Vec<&str> {
    rows.split(['|', '\n']).map(str::trim).collect()
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is text.
    Accepted,
    /// It is gone.
    Rejected,
    /// It is still marked.
    Open,
    /// There are other words.
    Edited,
}

/// Who changed something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// By name.
    pub author: String,
    /// In ISO 8601, if that is known.
    pub date: Option<String>,
}
