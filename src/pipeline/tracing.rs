//! The journey of the trace: who said each piece of a version, and when it came into force.

use super::Desk;
use crate::compose::{self, Blame, BlamedTable};
use crate::diagnostic::Failure;
use crate::model::Version;
use crate::suggest::did_you_mean;

/// Of what to say who said it; of all, if nothing is named.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// The number or identity of a section.
    pub section: Option<String>,
    /// The number or identity of a table.
    pub table: Option<String>,
    /// The key or variant of a row of that table.
    pub row: Option<String>,
}

impl Desk {
    /// Who said each word of the sections, and each row and cell of the tables, that are asked for.
    ///
    /// # Errors
    /// If there is no such section, table or row.
    pub fn blame(&self, version: &Version, piece: &Piece) -> Result<Blame, Failure> {
        let mut blame = compose::blame(&self.project, version);
        if let Some(asked) = &piece.section {
            let numbers: Vec<&str> = version.sections().map(|section| section.number.as_str()).collect();
            blame.tables.clear();
            blame.sections.retain(|section| section.number.text == *asked || section.id == *asked);
            found(&blame.sections, || none(version, "section", asked, &numbers))?;
        }
        if let Some(asked) = &piece.table {
            let numbers: Vec<&str> = version.matrices().map(|matrix| matrix.number.as_str()).collect();
            blame.sections.clear();
            blame.tables.retain(|table| table.number.text == *asked || table.id == *asked);
            found(&blame.tables, || none(version, "table", asked, &numbers))?;
        }
        if let (Some(asked), [table]) = (&piece.row, blame.tables.as_mut_slice()) {
            only_row(table, version, asked)?;
        }
        Ok(blame)
    }
}

fn only_row(table: &mut BlamedTable, version: &Version, asked: &str) -> Result<(), Failure> {
    let Some(matrix) = version.matrix(&table.id) else { return Ok(()) };
    let is_asked = |row: &crate::model::Row| row.key.value == asked || row.variant.value == asked;
    let mut keep = matrix.rows().map(is_asked);
    table.rows.retain(|_| keep.next().unwrap_or_default());
    let keys = matrix.rows.iter().map(|row| row.key.as_str());
    found(&table.rows, || {
        let help = did_you_mean(asked, keys, "it has");
        Failure::refused(format!("Table {} of {} has no row “{asked}”; {help}", table.number.text, version.name))
    })
}

fn found<T>(pieces: &[T], none: impl FnOnce() -> Failure) -> Result<(), Failure> {
    if pieces.is_empty() { Err(none()) } else { Ok(()) }
}

fn none(version: &Version, what: &str, asked: &str, there: &[&str]) -> Failure {
    let help = did_you_mean(asked, there.iter().copied(), "it has");
    Failure::refused(format!("{} has no {what} “{asked}”; {help}", version.name))
}
