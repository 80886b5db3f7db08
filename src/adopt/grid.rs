//! The words of cells, as they are compared.

use crate::document::{Table, TableRow, text_of};

/// The words of a row, a text for each column of the table's grid.
pub(super) fn grid(table: &Table, row: &TableRow) -> Vec<String> {
    let mut texts = Vec::with_capacity(table.columns.len());
    for cell in &row.cells {
        texts.push(text_of(&cell.runs).trim().to_owned());
        texts.resize(texts.len() + cell.span.saturating_sub(1), String::new());
    }
    texts
}

/// A text as it is compared: in lower case, with single spaces.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
