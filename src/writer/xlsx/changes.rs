//! What a comparison says of each row that stands now, and which rows are gone.

use super::around;
use super::look::Shade;
use crate::document::{Block, Document, Mark, Run, Table, TableRow};
use std::collections::HashMap;

/// What changed in every table.
#[derive(Debug, Default)]
pub(super) struct Changes<'a> {
    /// By the identity of the table: a list of rows as they stand now.
    tables: HashMap<&'a str, Vec<Row>>,
    /// What the tables were compared with.
    pub base: &'a str,
    /// The rows that are gone, by the caption that they stood under.
    pub gone: Vec<(String, Vec<Vec<String>>)>,
}

/// What changed in a row that stands now.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    is_new: bool,
    /// What each cell held, where that was something else.
    was: Vec<Option<String>>,
}

impl<'a> Changes<'a> {
    pub fn of(compared: Option<&'a (Document, String)>) -> Self {
        let Some((document, base)) = compared else { return Self::default() };
        let mut changes = Self { base, ..Self::default() };
        for (at, block) in document.blocks.iter().enumerate() {
            let Block::Table(table) = block else { continue };
            let (now, was) = (table.id.now.as_deref(), table.id.before().as_deref());
            let gone: Vec<Vec<String>> =
                table.rows.iter().filter(|row| row.mark == Mark::Deleted).map(|row| texts(&row.cells, false)).collect();
            if now.or(was).is_some() && !gone.is_empty() {
                changes.gone.push((around::caption(&document.blocks, at), gone));
            }
            let rows: Vec<Row> =
                table.rows.iter().filter(|row| row.mark != Mark::Deleted).map(|row| Row::of(table, row)).collect();
            if let Some(id) = now.filter(|_| !rows.is_empty()) {
                changes.tables.insert(id, rows);
            }
        }
        changes
    }

    /// What changed in the rows of a table, which has so many.
    pub fn rows(&self, id: &str, count: usize) -> Vec<Row> {
        self.tables.get(id).filter(|rows| rows.len() == count).cloned().unwrap_or_else(|| vec![Row::default(); count])
    }
}

impl Row {
    fn of(table: &Table, row: &TableRow) -> Self {
        let columns: Vec<usize> = table.grid(row.mark).collect();
        let mut was = Vec::new();
        let mut at = 0;
        for cell in &row.cells {
            let covered = &columns[at.min(columns.len())..(at + cell.span).min(columns.len())];
            at += cell.span;
            let (before, after) = (text(&cell.runs, false), text(&cell.runs, true));
            let mut first = Some(before).filter(|before| *before != after);
            let stays = covered.iter().filter(|column| table.columns[**column].mark != Mark::Deleted);
            was.extend(stays.map(|_| first.take()));
        }
        Self { is_new: row.mark == Mark::Inserted, was }
    }

    pub fn shade(&self, column: usize) -> Shade {
        match (self.is_new, self.was(column)) {
            (true, _) => Shade::New,
            (false, Some(_)) => Shade::Other,
            (false, None) => Shade::Plain,
        }
    }

    /// What a cell held, where that was something else.
    pub fn was(&self, column: usize) -> Option<&str> {
        self.was.get(column)?.as_deref().filter(|_| !self.is_new)
    }
}

fn texts(cells: &[crate::document::Cell], now: bool) -> Vec<String> {
    cells.iter().map(|cell| text(&cell.runs, now)).collect()
}

/// What some words say in the later or in the earlier text.
fn text(runs: &[Run], now: bool) -> String {
    let other = if now { Mark::Deleted } else { Mark::Inserted };
    runs.iter().filter(|run| run.mark != other).map(|run| run.said().into_owned()).collect()
}
