//! A workbook, as far as its tables go.

use super::cell::{Address, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// Its sheets, in their order.
    pub sheets: Vec<Sheet>,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// As its tab says.
    pub name: String,
    /// Whether its tab is hidden.
    pub is_hidden: bool,
    /// What its cells hold, those that hold something: by row and column, from 0.
    pub rows: BTreeMap<u32, BTreeMap<u32, Value>>,
    /// The stretches of cells that are one.
    pub merged: Vec<(Address, Address)>,
    /// The rows that hold something and are hidden, be it by a filter.
    pub hidden_rows: BTreeSet<u32>,
    /// The columns that are hidden, from each to each.
    pub hidden_columns: Vec<(u32, u32)>,
}

/// How many bytes the cells of all sheets may come to. Those of seven tables come to about one megabyte.
pub(super) const MOST: usize = 12 << 20;
