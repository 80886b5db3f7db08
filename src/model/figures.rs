//! Figures of a table as its file states them: what is left out, and what was printed.

use super::cells::Cells;
use super::origin::{Placed, Text};
use std::sync::Arc;

/// The rows that an extract leaves out, as its file states them.
#[derive(Clone, Debug, PartialEq)]
pub enum OmittedStatement {
    /// So many rows, and for each applicability how many of their cells hold it.
    Counted {
        /// How many rows.
        rows: Placed<u32>,
        /// The counts by applicability.
        counts: Vec<(Placed<Arc<str>>, Cells<u32>)>,
        /// Where this comes from, and what is inferred.
        provenance: Option<Text>,
    },
    /// Nobody knows what is left out, for this reason.
    Unknown {
        /// Why, for readers.
        reason: Text,
        /// Where this comes from, and what is inferred.
        provenance: Option<Text>,
    },
}

/// Count rows as a document printed them, as the file states them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublishedStatement {
    /// A count row for each applicability that the document counts.
    pub rows: Vec<(Placed<Arc<str>>, PublishedRowStatement)>,
    /// The grand total.
    pub total_tests: Option<Placed<u32>>,
    /// Where the figures were published.
    pub provenance: Option<Text>,
}

/// The printed figures of one applicability.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublishedRowStatement {
    /// A figure for each command-variant column.
    pub cells: Cells<u32>,
    /// The row's total, if one was printed.
    pub total: Option<Placed<u32>>,
}
