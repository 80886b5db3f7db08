//! Beside what something shall stand.

use super::origin::Placed;

/// Beside what something shall stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// On which side of it.
    pub beside: Beside,
    /// The number of a section, or the key of a row.
    pub key: Placed<String>,
}

/// On which side of a neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// In front of it.
    Before,
    /// Behind it.
    After,
}
