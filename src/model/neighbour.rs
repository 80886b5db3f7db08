//! Beside what something shall stand.

use super::origin::Placed;

/// Beside what something shall stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// On which side of it.
    pub beside: Beside,
    /// The number of a section or a table, or the key of a row.
    pub key: Placed<String>,
    /// Whether a section is to stand beside a table.
    pub is_table: bool,
}

impl Neighbour {
    /// Beside a section or a row.
    pub fn new(beside: Beside, key: Placed<String>) -> Self {
        Self { beside, key, is_table: false }
    }

    /// Beside a table, which only a section can be.
    pub fn of_table(beside: Beside, number: Placed<String>) -> Self {
        Self { beside, key: number, is_table: true }
    }
}

/// On which side of a neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// In front of it.
    Before,
    /// Behind it.
    After,
}
